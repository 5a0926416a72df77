import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Starts the command line: finds a JDK 25, builds what is missing or out of date, and gives the JVM its flags.
 *
 * <p>Usage: {@code Launcher print HOME} writes the command as shell words for the script {@code adjoint}, which then
 * <em>becomes</em> that command: no JVM stays between the terminal and the program, so signals, exit code and streams
 * need no forwarding. {@code Launcher run HOME ARGS...}, for Windows, starts it as a child. {@code Launcher build HOME
 * MODULES [OPTION...]} builds what only those need who ask for it.
 *
 * <p>Written in Java 11, so that whichever {@code java} a machine has can run it.
 */
public final class Launcher {
    private static final int NEEDED = 25;
    private static final boolean WINDOWS = os().startsWith("windows");
    private static final boolean MAC = os().startsWith("mac");
    /** What the program is made from. Tests are not. */
    private static final List<String> MODULES =
            List.of("core", "plot", "tables", "linalg", "all", "app", "conformance", "bench");

    private static final String ARCHIVE = "adjoint.jsa";
    private static final String REHEARSAL = "linear-regression";

    private final Path home;
    /** The folder with lib/: the root of an unpacked zip, or what the build put under target. */
    private final Path dist;

    private final boolean checkout;

    private Launcher(Path home) {
        this.home = home;
        checkout = Files.exists(home.resolve("pom.xml"));
        dist = checkout ? home.resolve("app").resolve("target").resolve("dist") : home;
    }

    public static void main(String[] args) throws Exception {
        Launcher launcher = new Launcher(Path.of(args[1]).toAbsolutePath().normalize());
        try {
            if (launcher.checkout && launcher.renewed()) {
                List<String> again = new ArrayList<>(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        launcher.cache().toString(),
                        "Launcher"));
                again.addAll(Arrays.asList(args));
                System.exit(runChild(again));
            }
            Path jdk = launcher.findJdk();
            if (args[0].equals("build")) {
                launcher.run(
                        jdk, launcher.maven(args[2], Arrays.asList(args).subList(3, args.length)), "build-more.log");
                return;
            }
            if (launcher.checkout) {
                launcher.buildIfNeeded(jdk);
            }
            launcher.rehearse(jdk);
            List<String> command = launcher.command(jdk);
            if (args[0].equals("print")) {
                print(command);
            } else {
                command.addAll(Arrays.asList(args).subList(2, args.length));
                System.exit(runChild(command));
            }
        } catch (Refusal refusal) {
            stderr().println("adjoint: " + refusal.getMessage());
            System.exit(1);
        }
    }

    // ---- The command

    private List<String> command(Path jdk) throws IOException {
        Path lib = dist.resolve("lib");
        List<String> command = new ArrayList<>();
        command.add(jdk.resolve("bin").resolve(WINDOWS ? "java.exe" : "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
        command.add("-XX:+UseG1GC");
        command.addAll(archive(lib));
        if (utf8Output()) {
            command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
        }
        if (!WINDOWS
                && !MAC
                && env("DISPLAY").isEmpty()
                && env("WAYLAND_DISPLAY").isEmpty()) {
            command.add("-Djava.awt.headless=true");
        }
        command.add("-Dadjoint.home=" + home);
        command.add("-Dadjoint.lib=" + lib);
        command.add("-Dadjoint.lessons=" + home.resolve("lessons"));
        Stream.of(env("ADJOINT_JAVA_OPTS").split("\\s+"))
                .filter(s -> !s.isEmpty())
                .forEach(command::add);
        command.addAll(List.of("-cp", classPath(lib), "adjoint.app.Main"));
        return command;
    }

    /** All jars by name, so that the order (and with it the archive of classes) stays the same from run to run. */
    private static String classPath(Path lib) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path folder : List.of(lib, lib.resolve("lessons"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(f -> f.toString().endsWith(".jar")).sorted().forEach(jars::add);
                }
            }
        }
        if (jars.isEmpty()) {
            throw new Refusal("no jars in " + lib + ": this copy is not complete. Unpack the zip again.");
        }
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Class-data sharing: loaded classes lie in a file that the JVM maps, which saves a third of the time of a lesson.
     * The JVM makes the file where it is missing or does not fit the jars or the JVM, with what that run loaded, and
     * goes on silently where it can't be used.
     */
    private static List<String> archive(Path lib) {
        Path file = lib.resolve(ARCHIVE);
        if (Files.isWritable(lib)) {
            return List.of(
                    "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:disable");
        }
        // Read-only: an archive that somebody's run left there still serves.
        return Files.isReadable(file)
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:disable")
                : List.of();
    }

    /** Runs a lesson unseen, so that the archive holds what lessons load, and not what --help loads. */
    private void rehearse(Path jdk) throws IOException, InterruptedException {
        Path lib = dist.resolve("lib");
        Path done = lib.resolve("rehearsed");
        if (Files.exists(done) || !Files.isWritable(lib)) {
            return;
        }
        Files.write(done, new byte[0]);
        Files.deleteIfExists(lib.resolve(ARCHIVE));
        Path folder = Files.createTempDirectory("adjoint");
        List<String> command = command(jdk);
        command.add(1, "-Djava.awt.headless=true");
        command.addAll(List.of("lesson", REHEARSAL, "--out", folder.toString()));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
        }
        for (Path file : children(folder)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }

    /** UTF-8, unless the user's locale names another encoding or, on Windows, the console shows another. */
    private static boolean utf8Output() {
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(Launcher::env)
                .filter(s -> !s.isEmpty())
                .findFirst()
                .orElse("");
        String charset = locale.contains(".") ? locale.substring(locale.indexOf('.') + 1) : "";
        if (WINDOWS && charset.isEmpty()) {
            return env("ADJOINT_CODE_PAGE").equals("65001");
        }
        return charset.isEmpty() || charset.toLowerCase(Locale.ROOT).startsWith("utf");
    }

    private static void print(List<String> command) {
        String line =
                command.stream().map(w -> "'" + w.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
        // Paths go out in the encoding in which they came in.
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        byte[] bytes = line.getBytes(charset);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    private static int runChild(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        // Ctrl-C reaches the child too; this JVM only has to outlive it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.destroy();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        return process.waitFor();
    }

    // ---- The build

    private Path cache() {
        return home.resolve("target").resolve("launcher");
    }

    /** Compiles this file where its class is missing or old; is the class that runs now older than the new one? */
    private boolean renewed() {
        Path source = home.resolve("launcher").resolve("Launcher.java");
        try {
            boolean cached = Files.exists(cache().resolve("Launcher.class"));
            if (newer(cache().resolve("Launcher.class"), modified(source))) {
                return false;
            }
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            if (compiler == null) {
                return false;
            }
            Files.createDirectories(cache());
            String[] options = {"--release", "11", "-encoding", "UTF-8", "-d", cache().toString(), source.toString()};
            OutputStream nothing = OutputStream.nullOutputStream();
            return compiler.run(null, nothing, nothing, options) == 0 && cached;
        } catch (IOException | RuntimeException e) {
            // A read-only checkout: every start runs from source, half a second slower.
            return false;
        }
    }

    private void buildIfNeeded(Path jdk) throws IOException, InterruptedException {
        Path stamp = dist.resolve("stamp");
        if (newer(stamp, Math.max(newestSource(), newestLesson()))) {
            return;
        }
        Path folder = cache();
        if (!writable(folder)) {
            if (Files.exists(stamp)) {
                return;
            }
            throw new Refusal("nothing is built yet, and " + home + " can't be written to. Build it there as its owner,"
                    + " or use a copy of your own.");
        }
        // Two starts at once: the second waits, then finds the work done.
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!newer(stamp, Math.max(newestSource(), newestLesson()))) {
                build(jdk);
            }
        }
    }

    private void build(Path jdk) throws IOException, InterruptedException {
        Path stamp = dist.resolve("stamp");
        FileTime start = FileTime.fromMillis(System.currentTimeMillis());
        List<String> command = new ArrayList<>();
        boolean lessonsOnly = newer(stamp, newestSource());
        if (lessonsOnly) {
            stderr().println("adjoint: a lesson has changed, compiling ...");
            command.add(jdk.resolve("bin").resolve("java").toString());
            command.addAll(List.of(compileProgram().toString(), home.toString()));
            command.add(dist.getParent().toString());
        } else {
            command.addAll(maven("app,conformance,bench", List.of()));
            stderr().println(
                            Files.exists(stamp)
                                    ? "adjoint: sources have changed, building ..."
                                    : "adjoint: building, this once (Maven fetches what it lacks) ...");
        }
        run(jdk, command, "build.log");
        if (!lessonsOnly) {
            Files.deleteIfExists(dist.resolve("lib").resolve("rehearsed"));
        }
        // What changed during the build is newer than this, and is built next time.
        Files.setLastModifiedTime(stamp, start);
    }

    private List<String> maven(String modules, List<String> options) {
        List<String> command = new ArrayList<>(List.of(findMaven(), "-q", "-B", "-ntp", "-Dstyle.color=never"));
        command.addAll(List.of("-Dmaven.test.skip=true", "-Dformat.skip=true", "-Dassembly.skipAssembly=true"));
        command.addAll(options);
        command.addAll(List.of("-pl", modules, "-am", "package"));
        return command;
    }

    /** Runs a build, whose words go into a file. */
    private void run(Path jdk, List<String> command, String logName) throws IOException, InterruptedException {
        Path log = cache().resolve(logName);
        if (!writable(cache())) {
            throw new Refusal(home + " can't be written to. Build there as its owner, or use a copy of your own.");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        if (process.waitFor() != 0) {
            throw new Refusal("the build failed:\n" + errors(log) + "\nAll of it: " + log);
        }
    }

    private static String errors(Path log) throws IOException {
        List<String> all = Arrays.asList(new String(Files.readAllBytes(log), StandardCharsets.UTF_8).split("\\R"));
        List<String> errors = all.stream()
                .filter(line -> line.startsWith("[ERROR] "))
                .filter(line -> !line.equals("[ERROR] "))
                .takeWhile(line -> !line.contains("To see the full stack trace"))
                .limit(40)
                .collect(Collectors.toList());
        // The compiler's own lines say it all; Maven then says it again.
        int again = 0;
        while (again < errors.size() && !errors.get(again).startsWith("[ERROR] Failed to execute goal")) {
            again++;
        }
        errors = again > 0 ? errors.subList(0, again) : errors;
        return String.join("\n", errors.isEmpty() ? all.subList(Math.max(0, all.size() - 20), all.size()) : errors);
    }

    /** The newest time among what the program is made from; folders count too, since a deletion changes only them. */
    private long newestSource() throws IOException {
        long[] newest = {modified(home.resolve("pom.xml"))};
        for (String module : MODULES) {
            newest[0] = Math.max(newest[0], modified(home.resolve(module).resolve("pom.xml")));
            Path source = home.resolve(module).resolve("src").resolve("main");
            if (Files.isDirectory(source)) {
                Files.walkFileTree(source, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
                        newest[0] = Math.max(newest[0], a.lastModifiedTime().toMillis());
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                        newest[0] = Math.max(newest[0], a.lastModifiedTime().toMillis());
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
        }
        return Math.max(newest[0], modified(compileProgram()));
    }

    /** Of a lesson only its program is built; its pictures and texts are read where they are. */
    private long newestLesson() {
        Path lessons = home.resolve("lessons");
        long newest = modified(lessons);
        for (Path lesson : children(lessons)) {
            for (Path file : children(lesson)) {
                if (file.toString().endsWith(".java")) {
                    newest = Math.max(newest, modified(file));
                }
            }
        }
        return newest;
    }

    /** What makes classes of the lessons. */
    private Path compileProgram() {
        return home.resolve("app").resolve("src").resolve("build").resolve("Compile.java");
    }

    private static boolean newer(Path file, long than) {
        return Files.exists(file) && modified(file) >= than;
    }

    private static long modified(Path file) {
        return file.toFile().lastModified();
    }

    private static boolean writable(Path folder) {
        try {
            return Files.isWritable(Files.createDirectories(folder));
        } catch (IOException e) {
            return false;
        }
    }

    private String findMaven() {
        String name = WINDOWS ? "mvn.cmd" : "mvn";
        List<Path> candidates = new ArrayList<>();
        candidates.add(home.resolve(WINDOWS ? "mvnw.cmd" : "mvnw"));
        for (String variable : List.of("MAVEN_HOME", "M2_HOME")) {
            if (!env(variable).isEmpty()) {
                candidates.add(path(env(variable)).resolve("bin").resolve(name));
            }
        }
        for (String folder : env("PATH").split(File.pathSeparator)) {
            candidates.add(path(folder).resolve(name));
        }
        Path user = path(System.getProperty("user.home"));
        for (Path folder : List.of(
                Path.of("/usr/share/maven"),
                Path.of("/opt/maven"),
                Path.of("/opt/homebrew"),
                Path.of("/usr/local"),
                user.resolve(".sdkman/candidates/maven/current"),
                user.resolve("scoop/apps/maven/current"))) {
            candidates.add(folder.resolve("bin").resolve(name));
        }
        for (Path candidate : candidates) {
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        throw new Refusal("building needs Apache Maven 3.8 or later, and there is no `mvn` on the PATH. Install it"
                + " (Debian, Ubuntu: apt install maven; macOS: brew install maven; Windows: winget or scoop install"
                + " maven) or set MAVEN_HOME. The zip of a release needs no Maven.");
    }

    // ---- The JDK

    /** What the user names comes first; among the others the lowest version from 25 on, the one most tried. */
    private Path findJdk() {
        String named = env("ADJOINT_JAVA_HOME");
        if (!named.isEmpty() && version(path(named)) < NEEDED) {
            throw new Refusal("ADJOINT_JAVA_HOME is " + named + ", which is "
                    + (version(path(named)) == 0 ? "no JDK" : "a JDK " + version(path(named))) + "; a JDK " + NEEDED
                    + " or later is needed.");
        }
        Set<Path> preferred = new LinkedHashSet<>();
        for (String variable : List.of("ADJOINT_JAVA_HOME", "JAVA_HOME")) {
            if (!env(variable).isEmpty()) {
                preferred.add(path(env(variable)));
            }
        }
        preferred.addAll(javaOnPath());
        // Build machines name each JDK they have: JAVA_HOME_25_X64, JDK_25, ...
        System.getenv().forEach((name, value) -> {
            if (name.matches("(JAVA_HOME|JDK)_?[0-9].*|JAVA_?[0-9]+_HOME")) {
                preferred.add(path(value));
            }
        });
        preferred.add(path(System.getProperty("java.home")));
        Set<String> older = new TreeSet<>();
        for (Path candidate : preferred) {
            int version = version(candidate);
            if (version >= NEEDED) {
                return candidate;
            }
            if (version > 0) {
                older.add(version + " (" + real(candidate) + ")");
            }
        }
        Path best = null;
        for (Path candidate : installed()) {
            int version = version(candidate);
            if (version >= NEEDED && (best == null || version < version(best))) {
                best = candidate;
            } else if (version > 0 && version < NEEDED) {
                older.add(version + " (" + real(candidate) + ")");
            }
        }
        if (best != null) {
            return best;
        }
        throw new Refusal("needs a JDK " + NEEDED + " or later"
                + (older.isEmpty() ? "" : "; found only Java " + String.join(", ", older)) + ". Install one (from"
                + " adoptium.net, or macOS: brew install openjdk@25; Windows: winget install"
                + " EclipseAdoptium.Temurin.25.JDK; any: sdk install java 25-tem), or set JAVA_HOME to its folder.");
    }

    private static List<Path> javaOnPath() {
        for (String folder : env("PATH").split(File.pathSeparator)) {
            Path java = path(folder).resolve(WINDOWS ? "java.exe" : "java");
            try {
                if (Files.isExecutable(java) && java.toRealPath().getNameCount() > 2) {
                    return List.of(java.toRealPath().getParent().getParent());
                }
            } catch (IOException e) {
                // A dangling link: the next folder may have a better one.
            }
        }
        return List.of();
    }

    private static List<Path> installed() {
        Path user = path(System.getProperty("user.home"));
        List<Path> folders = new ArrayList<>();
        for (String own : List.of(
                ".sdkman/candidates/java",
                ".jdks",
                ".gradle/jdks",
                ".jabba/jdk",
                ".asdf/installs/java",
                ".local/share/mise/installs/java")) {
            folders.add(user.resolve(own));
        }
        if (WINDOWS) {
            for (String variable : List.of("ProgramFiles", "ProgramW6432", "LOCALAPPDATA")) {
                Path root = path(env(variable));
                if (variable.equals("LOCALAPPDATA")) {
                    root = root.resolve("Programs");
                }
                folders.add(root);
                folders.addAll(children(root).stream()
                        .filter(
                                c -> c.getFileName()
                                        .toString()
                                        .matches(
                                                "(?i).*(java|jdk|adoptium|temurin|microsoft|zulu|corretto|bellsoft|semeru|sapmachine).*"))
                        .collect(Collectors.toList()));
            }
            for (Path app : children(user.resolve("scoop").resolve("apps"))) {
                folders.add(app);
            }
        } else if (MAC) {
            folders.add(Path.of("/Library/Java/JavaVirtualMachines"));
            folders.add(user.resolve("Library/Java/JavaVirtualMachines"));
            folders.add(Path.of("/opt/homebrew/opt"));
            folders.add(Path.of("/usr/local/opt"));
        } else {
            for (String usual : List.of(
                    "/usr/lib/jvm",
                    "/usr/lib64/jvm",
                    "/usr/java",
                    "/opt",
                    "/opt/java",
                    "/usr/local",
                    "/usr/local/lib/jvm",
                    "/home/linuxbrew/.linuxbrew/opt")) {
                folders.add(Path.of(usual));
            }
        }
        List<Path> all = new ArrayList<>();
        for (Path folder : folders) {
            for (Path child : children(folder)) {
                all.add(child);
                all.add(child.resolve("Contents").resolve("Home"));
                all.add(child.resolve("libexec")
                        .resolve("openjdk.jdk")
                        .resolve("Contents")
                        .resolve("Home"));
                all.add(child.resolve("libexec"));
            }
        }
        return all;
    }

    /** The feature version of the JDK in a folder, from its {@code release} file; 0 where there is no JDK. */
    private static int version(Path folder) {
        Path release = folder.resolve("release");
        if (!Files.isRegularFile(release)
                || !Files.isRegularFile(folder.resolve("bin").resolve(WINDOWS ? "javac.exe" : "javac"))) {
            return 0;
        }
        try (BufferedReader lines = Files.newBufferedReader(release, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("JAVA_VERSION=")) {
                    String[] parts = line.substring("JAVA_VERSION=".length())
                            .replace("\"", "")
                            .split("[^0-9]+");
                    int first = Integer.parseInt(parts[0]);
                    return first == 1 && parts.length > 1 ? Integer.parseInt(parts[1]) : first;
                }
            }
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
        return 0;
    }

    // ---- Small things

    private static List<Path> children(Path folder) {
        File[] files = folder.toFile().listFiles();
        if (files == null) {
            return Collections.emptyList();
        }
        Arrays.sort(files);
        return Stream.of(files).map(File::toPath).collect(Collectors.toList());
    }

    /** A path from the environment, which may hold anything. */
    private static Path path(String text) {
        try {
            return Path.of(text.replace("\"", ""));
        } catch (InvalidPathException e) {
            return Path.of("");
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    private static String env(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value;
    }

    private static String os() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT);
    }

    private static PrintStream stderr() {
        return new PrintStream(System.err, true, WINDOWS ? Charset.defaultCharset() : StandardCharsets.UTF_8);
    }

    /** A reason to stop that the user can do something about. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }
}
