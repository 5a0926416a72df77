import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Compiles what Maven does not: the lessons, which are compact source files, into one jar, so that a lesson starts
 * without a compiler; and the launcher, for the zip. {@code Compile.java ROOT TARGET}.
 */
final class Compile {
    private Compile() {}

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]).toRealPath();
        Path target = Path.of(args[1]);
        Path lib = target.resolve("dist").resolve("lib");

        List<String> lessons = lessons(root.resolve("lessons"));
        Path classes = empty(target.resolve("lessons"));
        if (!lessons.isEmpty()) {
            List<String> options = List.of(
                    "--module-path",
                    lib.toString(),
                    "--add-modules",
                    "adjoint,jdk.incubator.vector",
                    "-parameters",
                    "-Xlint:-incubating");
            compile(options, lessons, classes);
        }
        jar(classes, Files.createDirectories(lib.resolve("lessons")).resolve("lessons.jar"));

        List<String> launcher = List.of(root.resolve("launcher/Launcher.java").toString());
        compile(List.of("--release", "11", "-Xlint:-options"), launcher, empty(target.resolve("launcher")));

        // The launcher builds again when a source is newer than this.
        Files.writeString(target.resolve("dist").resolve("stamp"), "");
    }

    /** The one program of each folder under lessons/. They share one unnamed package, so their names must differ. */
    private static List<String> lessons(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var byName = new HashMap<String, Path>();
        var files = new ArrayList<String>();
        for (Path lesson : list(folder)) {
            if (!Files.isDirectory(lesson)) {
                continue;
            }
            List<Path> sources = list(lesson).stream()
                    .filter(f -> f.toString().endsWith(".java"))
                    .toList();
            if (sources.size() > 1) {
                throw new IllegalStateException(lesson + ": a lesson is one program, and there are " + sources);
            }
            for (Path source : sources) {
                Path other = byName.put(source.getFileName().toString(), source);
                if (other != null) {
                    throw new IllegalStateException(other + " and " + source + ": two lessons' programs of one name");
                }
                files.add(source.toString());
            }
        }
        return files;
    }

    private static void compile(List<String> options, List<String> files, Path to) {
        var command = new ArrayList<>(List.of("-encoding", "UTF-8", "-d", to.toString()));
        command.addAll(options);
        var output = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean done = compiler.getTask(
                            output, manager, null, command, null, manager.getJavaFileObjectsFromStrings(files))
                    .call();
            if (!done) {
                System.out.println(output.toString().indent(0).replaceAll("(?m)^", "[ERROR] "));
                System.exit(1);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : list(classes)) {
                var entry = new JarEntry(file.getFileName().toString());
                entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
                out.putNextEntry(entry);
                Files.copy(file, out);
            }
        }
    }

    private static Path empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path file : list(folder)) {
            Files.delete(file);
        }
        return folder;
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.comparing(Path::toString)).toList();
        }
    }
}
