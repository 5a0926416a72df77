package adjoint.bench;

import adjoint.types.DataException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The modules under {@code bench/peers}: each is one library's code and natives, on a class path of its own, since two of
 * them can't have the same native library in two versions. They are built when they are first asked for.
 */
final class PeerModules {
    /** All that {@code --peers} may name. */
    static final List<String> NAMES = List.of("libtorch", "djl", "nd4j", CrudePeer.NAME);

    private PeerModules() {}

    /**
     * Builds those that are missing or older than their sources.
     *
     * @throws DataException if that fails
     */
    static void build(List<String> peers) throws IOException, InterruptedException {
        List<String> stale = new ArrayList<>();
        for (String peer : peers) {
            if (!peer.equals(CrudePeer.NAME) && isStale(peer)) {
                stale.add(peer);
            }
        }
        if (stale.isEmpty()) {
            return;
        }
        FileTime start = FileTime.fromMillis(System.currentTimeMillis());
        System.err.println("adjoint: building " + String.join(", ", stale)
                + " for comparison, this once (Maven fetches what it lacks, about 120 MB each) ...");
        Path root = Processes.root();
        Path launcher = root.resolve("launcher").resolve("Launcher.java");
        String modules = String.join(
                ",", stale.stream().map(peer -> "bench/peers/" + peer).toList());
        var command =
                List.of(Processes.javaProgram(), launcher.toString(), "build", root.toString(), modules, "-Ppeers");
        // What goes wrong the launcher says on the error stream.
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new DataException("--peers " + String.join(",", peers) + ": not all could be built, see above."
                    + " Maven fetches them from its repository: is it reachable?");
        }
        for (String peer : stale) {
            Files.write(stamp(peer), new byte[0]);
            Files.setLastModifiedTime(stamp(peer), start);
        }
    }

    /** What a process with this peer needs on its class path beside the benchmarks. */
    static String classPath(String peer) throws IOException {
        if (peer.equals(CrudePeer.NAME) || peer.equals(Worker.ALONE)) {
            return "";
        }
        Path target = stamp(peer).getParent();
        try (Stream<Path> files = Files.list(target)) {
            Path jar = files.filter(file -> file.getFileName().toString().matches("adjoint-bench-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("bench: " + target + " holds no jar."));
            return File.pathSeparator
                    + jar
                    + File.pathSeparator
                    + Files.readString(target.resolve("classpath")).strip();
        }
    }

    private static boolean isStale(String peer) throws IOException {
        Path stamp = stamp(peer);
        if (!Files.exists(stamp)) {
            return true;
        }
        FileTime built = Files.getLastModifiedTime(stamp);
        Path module = stamp.getParent().getParent();
        Path bench = module.getParent().getParent();
        Path work = Path.of("src", "main", "java", "adjoint", "bench", "work");
        for (Path sources : List.of(module.resolve("src"), module.resolve("pom.xml"), bench.resolve(work))) {
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.toList()) {
                    if (Files.getLastModifiedTime(file).compareTo(built) > 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Path stamp(String peer) throws IOException {
        return Processes.root()
                .resolve("bench")
                .resolve("peers")
                .resolve(peer)
                .resolve("target")
                .resolve("stamp");
    }
}
