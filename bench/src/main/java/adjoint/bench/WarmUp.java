package adjoint.bench;

import adjoint.plot.Axes;
import adjoint.plot.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a training takes to come to speed: a regression and a LeNet, each from the start of a fresh JVM. Each step's end is
 * noted, so that there are curves. The final speed is the median step of the last fifth; 90 % of it are reached where the
 * median of a few steps comes down to ten ninths of that.
 *
 * <p>Wrong: taking the time at which single steps are fast for the first time, which some are early; a run that is so short
 * that its end is not yet the final speed.
 */
final class WarmUp implements Benchmark {
    private static final double REGRESSION = 0.150;
    private static final double LENET = 1;
    private static final double NINETY_PERCENT = 5;
    /** How many steps a median is of that is compared with the final one. */
    private static final int WINDOW = 7;

    private final Map<String, double[]> curves = new LinkedHashMap<>();

    @Override
    public String name() {
        return "warm-up";
    }

    @Override
    public List<Result> run(Plan plan) throws IOException, InterruptedException {
        boolean quick = plan == Plan.QUICK;
        List<Result> results = new ArrayList<>();
        for (boolean isLeNet : new boolean[] {false, true}) {
            String name = isLeNet ? "LeNet" : "regression";
            double seconds = quick ? (isLeNet ? 4 : 1) : isLeNet ? 12 : 3;
            double[] first = new double[quick ? 1 : 5];
            double[] booted = new double[first.length];
            double[] reached = new double[quick ? 1 : 2];
            for (int i = 0; i < first.length; i++) {
                boolean isLong = i < reached.length;
                long start = System.currentTimeMillis();
                double[] ends = numbers(Processes.run(Processes.java(
                        List.of(), StepTimes.class, isLeNet ? "lenet" : "regression", isLong ? seconds : 0, start)));
                booted[i] = ends[0];
                first[i] = ends[1];
                if (isLong) {
                    reached[i] = reached(Arrays.copyOfRange(ends, 1, ends.length));
                    curves.putIfAbsent(name, Arrays.copyOfRange(ends, 1, ends.length));
                }
            }
            results.add(Result.time(name + ": start of the process to main", new Spread(booted), null));
            results.add(Result.time(name + ": main to the first step's end", new Spread(first), null)
                    .withGoal(isLeNet ? LENET : REGRESSION));
            var speed = Result.time(name + ": main to 90 % of the final speed", new Spread(reached), null)
                    .withNote("a step takes " + Report.time(last(curves.get(name))) + " in the end");
            results.add(isLeNet ? speed.withGoal(NINETY_PERCENT) : speed);
        }
        return results;
    }

    private static double[] numbers(Processes.Outcome outcome) {
        return outcome.lines().stream().mapToDouble(Double::parseDouble).toArray();
    }

    /** How long each step took. */
    private static double[] steps(double... ends) {
        double[] steps = ends.clone();
        for (int i = 1; i < ends.length; i++) {
            steps[i] -= ends[i - 1];
        }
        return steps;
    }

    /** The median step of the last fifth. */
    private static double last(double... ends) {
        double[] steps = steps(ends);
        double from = ends[ends.length - 1] * 0.8;
        int k = 0;
        while (ends[k] < from) {
            k++;
        }
        return new Spread(Arrays.copyOfRange(steps, k, steps.length)).median();
    }

    /** The end of the first few steps that are as fast as 90 % of the final speed asks for. */
    static double reached(double... ends) {
        double[] steps = steps(ends);
        double bar = last(ends) / 0.9;
        int i = 0;
        while (i + WINDOW < steps.length && new Spread(Arrays.copyOfRange(steps, i, i + WINDOW)).median() > bar) {
            i++;
        }
        return ends[i];
    }

    @Override
    public Figure picture() {
        Figure figure = Figure.grid(1, 2).size(900, 380);
        int column = 0;
        for (var curve : curves.entrySet()) {
            double[] ends = curve.getValue();
            double[] steps = steps(ends);
            List<Double> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            // As many points as can be seen: in each stretch of time, which grows, the median step.
            for (int i = 0; i < ends.length; ) {
                int begin = i;
                while (i < ends.length && ends[i] <= ends[begin] * 1.02) {
                    i++;
                }
                x.add(ends[begin]);
                y.add(1e3 * new Spread(Arrays.copyOfRange(steps, begin, i)).median());
            }
            Axes axes = figure.at(0, column++);
            axes.logX()
                    .logY()
                    .title(curve.getKey())
                    .xLabel("seconds after the start of main")
                    .yLabel("milliseconds a step");
            axes.line(array(x), array(y)).label("a step");
            axes.hLine(1e3 * last(ends) / 0.9).dashed().label("90 % of the final speed");
        }
        return figure;
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
