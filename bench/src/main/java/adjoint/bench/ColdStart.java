package adjoint.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a beginner waits for: in a fresh JVM, the time from the start of {@code main} to the result of the first
 * regression step, drawing data and parameters included; then of the second to the tenth step. Every sample is a process
 * of its own, with the flags of {@code ./adjoint}; once as {@code ./adjoint} starts it, with an archive of loaded classes
 * (which the JVM makes at the first start, here thrown away), and once without.
 *
 * <p>Wrong: timing the first call in a process that has already run something else; taking the time from
 * {@code java.lang.management}, whose loading takes longer than the step; timing the whole process, which is mostly the
 * JVM's own start (that is {@link LessonTime}'s question).
 */
final class ColdStart implements Benchmark {
    private static final double GOAL = 0.150;

    @Override
    public String name() {
        return "cold-start";
    }

    @Override
    public List<Result> run(Plan plan) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("adjoint-bench");
        try {
            String jars = Processes.jars(folder);
            List<String> plain = Processes.java(List.of(), jars, FirstSteps.class);
            List<Result> results = new ArrayList<>(measure(plan, plain, "without archive"));
            List<String> flags = List.of(
                    "-XX:+AutoCreateSharedArchive",
                    "-XX:SharedArchiveFile=" + folder.resolve("classes.jsa"),
                    "-Xshare:auto",
                    "-Xlog:disable");
            List<String> shared = Processes.java(flags, jars, FirstSteps.class);
            Processes.run(shared);
            results.addAll(measure(plan, shared, "class archive"));
            return results;
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static List<Result> measure(Plan plan, List<String> command, String how)
            throws IOException, InterruptedException {
        int processes = plan.processes;
        double[][] wall = new double[FirstSteps.STEPS][processes];
        double[] cpu = new double[processes];
        for (int p = 0; p < processes; p++) {
            List<String> lines = Processes.run(command).lines();
            for (int i = 0; i < FirstSteps.STEPS; i++) {
                wall[i][p] = Double.parseDouble(lines.get(i)) / 1e9;
            }
            cpu[p] = Double.parseDouble(lines.get(FirstSteps.STEPS)) / 1e9;
        }
        String later = Arrays.stream(wall)
                .skip(1)
                .map(step -> String.format(Locale.ROOT, "%.2f", 1e3 * new Spread(step).median()))
                .collect(Collectors.joining(" "));
        return List.of(
                first("cold JVM, " + how + ": main to the first step", wall[0], cpu)
                        .withGoal(GOAL),
                // The kernel's clock of processor time is too coarse for these.
                Result.time("cold JVM, " + how + ": steps 2 to 10, each", new Spread(join(wall)), null)
                        .withNote("medians in ms: " + later));
    }

    private static Result first(String name, double[] wall, double[] cpu) {
        boolean known = Arrays.stream(cpu).allMatch(c -> c >= 0);
        return Result.time(name, new Spread(wall), known ? new Spread(cpu) : null);
    }

    /** All but the first step's. */
    private static double[] join(double[][] steps) {
        return Arrays.stream(steps).skip(1).flatMapToDouble(Arrays::stream).toArray();
    }
}
