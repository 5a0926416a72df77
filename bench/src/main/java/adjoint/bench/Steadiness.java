package adjoint.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a long training stays as it is: 1,000,000 steps of {@link adjoint.bench.work.Regression}, with a fixed learning rate and with
 * one that is another at every step. After each tenth of them but the first, and after a collection: bytes on the heap,
 * loaded classes, live threads. The largest of the nine values may be 1 % above the smallest.
 *
 * <p>A changing number is the harder case: a compiler of formulas that takes numbers for part of a formula's text makes
 * a class for every step, and dies of it slowly.
 *
 * <p>Wrong: looking at the heap without a collection, which shows when the collector last ran; looking at the beginning
 * and at the end only, where a leak in a cache with a limit does not show; in the process of other benchmarks, whose
 * garbage hides it.
 */
final class Steadiness implements Benchmark {
    private static final double FLAT = 0.01;

    @Override
    public String name() {
        return "steadiness";
    }

    @Override
    public List<Result> run(Plan plan) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        for (String rate : new String[] {"fixed", "changing"}) {
            int steps = plan.steps;
            var outcome = Processes.run(Processes.java(List.of(), LongRun.class, steps, rate));
            String name = "%,d steps, %s lr: ".formatted(steps, rate);
            results.add(Result.level(name + "heap after collection", column(outcome, 0), "bytes", FLAT));
            results.add(Result.level(name + "loaded classes", column(outcome, 1), "classes", FLAT));
            results.add(Result.level(name + "live threads", column(outcome, 2), "threads", FLAT));
            Spread micros = column(outcome, 3);
            results.add(Result.level(name + "mean time a step", micros, "µs", Double.NaN));
        }
        return results;
    }

    private static Spread column(Processes.Outcome outcome, int column) {
        return new Spread(outcome.lines().stream()
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[column]))
                .toArray());
    }
}
