package adjoint.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts {@link Worker}s and listens to them. */
final class Forks {
    private final Map<String, String> versions = new LinkedHashMap<>();

    /**
     * What a process is like.
     *
     * @param peer the peer in it, or {@link Worker#ALONE}
     * @param plan how thoroughly it measures
     * @param vectors whether its JVM has the vector module
     */
    record Kind(String peer, Plan plan, boolean vectors) {}

    /** The peers' own words for what they are, of those that have been started. */
    Map<String, String> versions() {
        return versions;
    }

    /** Measures these in one process; in another from there on, if it dies of one. Tells which is next. */
    List<Measured> measure(Kind kind, List<Row> rows, Consumer<Row> next) throws IOException, InterruptedException {
        List<Measured> all = new ArrayList<>();
        while (all.size() < rows.size()) {
            next.accept(rows.get(all.size()));
            String death = attend(kind, rows.subList(all.size(), rows.size()), measured -> {
                all.add(measured);
                if (all.size() < rows.size()) {
                    next.accept(rows.get(all.size()));
                }
            });
            if (all.size() < rows.size()) {
                all.add(Measured.failed(rows.get(all.size()).subject().name(), death));
            }
        }
        return all;
    }

    /** Hands over what a process says, and gives its last words, which matter if there was more to say. */
    private String attend(Kind kind, List<Row> rows, Consumer<Measured> each) throws IOException, InterruptedException {
        List<Object> args = new ArrayList<>(List.of(kind.peer(), kind.plan().name()));
        rows.forEach(row -> args.add(row.subject().name() + Worker.WITH + row.threads()));
        String classPath = Processes.classPath() + PeerModules.classPath(kind.peer());
        Object[] all = args.toArray();
        Path errors = Files.createTempFile("adjoint-bench", ".txt");
        try {
            List<String> command = kind.vectors()
                    ? Processes.java(natives(), classPath, Worker.class, all)
                    : Processes.withoutVectors(natives(), classPath, Worker.class, all);
            var builder = new ProcessBuilder(command).redirectError(errors.toFile());
            int threads = rows.stream().mapToInt(Row::threads).max().orElse(1);
            // Read when a native library is loaded, before its own way to say it can be used.
            for (String name : new String[] {"OMP", "MKL", "OPENBLAS"}) {
                builder.environment().put(name + "_NUM_THREADS", Integer.toString(threads));
            }
            builder.environment().put("OPT_OUT_TRACKING", "true"); // DJL counts its users otherwise
            Process process = builder.start();
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    take(kind.peer(), line, each);
                }
            }
            int code = process.waitFor();
            return "its process ended with code " + code + lastLine(errors);
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    private void take(String peer, String line, Consumer<Measured> each) {
        Measured measured = Measured.parse(line);
        if (measured != null) {
            each.accept(measured);
        } else if (line.startsWith("version\t")) {
            versions.put(peer, line.substring(line.indexOf('\t') + 1));
        }
    }

    /** What native libraries are unpacked into stays between runs; what is downloaded was so when they were built. */
    private static List<String> natives() {
        return List.of("-Dai.djl.offline=true", "-Dorg.bytedeco.javacpp.logger.debug=false");
    }

    private static String lastLine(Path file) throws IOException {
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty() ? "" : ": " + lines.getLast();
    }
}
