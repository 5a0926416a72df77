package adjoint.bench;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Programs started afresh, with the flags that {@code ./adjoint} gives. */
final class Processes {
    /** As in launcher/Launcher.java. */
    static final List<String> FLAGS =
            List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-XX:+UseG1GC");

    /** Those which the vector module comes with. */
    private static final int VECTOR_FLAGS = 2;

    /** The kernel's unit of processor time in /proc/self/stat: a hundredth of a second on every Linux. */
    private static final double TICK = 0.01;

    private Processes() {}

    /** What a process printed, and how long it took. {@code cpu} is NaN where the system does not tell. */
    record Outcome(List<String> lines, double wall, double cpu) {}

    /** The command for one of this program's own classes in a JVM of its own. */
    static List<String> java(List<String> extra, Class<?> main, Object... args) {
        return java(extra, classPath(), main, args);
    }

    static List<String> java(List<String> extra, String classPath, Class<?> main, Object... args) {
        return java(flags(), extra, classPath, main, args);
    }

    /** The command for a JVM without the vector module, as in a plain {@code java -jar}. */
    static List<String> withoutVectors(List<String> extra, String classPath, Class<?> main, Object... args) {
        List<String> flags = flags();
        return java(flags.subList(VECTOR_FLAGS, flags.size()), extra, classPath, main, args);
    }

    private static List<String> java(
            List<String> flags, List<String> extra, String classPath, Class<?> main, Object... args) {
        List<String> command = new ArrayList<>();
        command.add(javaProgram());
        command.addAll(flags);
        command.addAll(extra);
        command.addAll(List.of("-cp", classPath, main.getName()));
        for (Object arg : args) {
            command.add(arg.toString());
        }
        return command;
    }

    /** The launcher's flags, and what its user adds to them. */
    static List<String> flags() {
        List<String> flags = new ArrayList<>(FLAGS);
        String more = System.getenv("ADJOINT_JAVA_OPTS");
        if (more != null && !more.isBlank()) {
            flags.addAll(List.of(more.strip().split("\\s+")));
        }
        return flags;
    }

    static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Everything that this program runs from; its own jar may have come by a class loader. */
    static String classPath() {
        String path = System.getProperty("java.class.path");
        try {
            Path own = Path.of(Processes.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            boolean known = List.of(path.split(File.pathSeparator)).contains(own.toString());
            return known ? path : own + File.pathSeparator + path;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("bench: its own jar has no place among the files.", e);
        }
    }

    /** This program's class path with its folders packed into jars: an archive of classes takes jars only. */
    static String jars(Path folder) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath().split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = folder.resolve(entries.size() + ".jar");
                pack(path, jar);
                entries.add(jar.toString());
            } else {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                out.putNextEntry(new JarEntry(name));
                Files.copy(file, out);
            }
        }
    }

    /**
     * Runs a command to its end.
     *
     * @throws IOException if it can't be started or fails; the message holds what it printed
     */
    static Outcome run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("adjoint-bench", ".txt");
        Path errors = Files.createTempFile("adjoint-bench", ".txt");
        try {
            double cpu = childrensCpu();
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            int code = process.waitFor();
            double wall = (System.nanoTime() - start) / 1e9;
            cpu = childrensCpu() - cpu;
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            if (code != 0) {
                throw new IOException("bench: " + String.join(" ", command) + ": exit code " + code + "\n"
                        + String.join("\n", lines) + "\n" + Files.readString(errors));
            }
            return new Outcome(lines, wall, cpu);
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    /** Processor time of all finished child processes and theirs, in seconds; NaN where there is no /proc. */
    private static double childrensCpu() throws IOException {
        Path stat = Path.of("/proc/self/stat");
        if (!Files.isReadable(stat)) {
            return Double.NaN;
        }
        // The name, second, may hold spaces; after it the children's times are the 14th and 15th field.
        String text = Files.readString(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * TICK;
    }

    /** A process's wall time and processor time as a row. */
    static Result times(String name, List<Outcome> outcomes) {
        Spread wall = new Spread(outcomes.stream().mapToDouble(Outcome::wall).toArray());
        boolean known = outcomes.stream().noneMatch(o -> Double.isNaN(o.cpu()));
        Spread cpu =
                known ? new Spread(outcomes.stream().mapToDouble(Outcome::cpu).toArray()) : null;
        return Result.time(name, wall, cpu);
    }

    /** The checkout's root: told by the launcher, or where {@code adjoint} and {@code lessons} are, here or above. */
    static Path root() throws IOException {
        String home = System.getProperty("adjoint.home");
        if (home != null) {
            return Path.of(home);
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("adjoint")) && Files.isDirectory(folder.resolve("lessons"))) {
                return folder;
            }
        }
        throw new IOException("bench: from " + here + ": no folder with `adjoint` and `lessons` is here or above."
                + " Run it inside a checkout.");
    }
}
