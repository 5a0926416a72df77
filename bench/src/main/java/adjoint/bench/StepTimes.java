package adjoint.bench;

import adjoint.bench.work.LeNetStep;
import adjoint.bench.work.Regression;
import adjoint.bench.work.Task;

/** The program that {@link WarmUp} starts: a training from its first step on, in a JVM that knows nothing yet. */
final class StepTimes {
    private static final int MOST = 4_000_000;

    private StepTimes() {}

    /**
     * Arguments: {@code regression} or {@code lenet}; after how many seconds to end, at least one step; when the process was
     * started, in milliseconds as the clock counts them. Prints how many seconds after that main began, then each step's end
     * in seconds after main began.
     */
    public static void main(String[] args) {
        long start = System.nanoTime();
        double booted = (System.currentTimeMillis() - Long.parseLong(args[2])) / 1e3;
        double seconds = Double.parseDouble(args[1]);
        double[] ends = new double[MOST];
        int count = 0;
        if (args[0].equals("lenet")) {
            var work = new LeNetStep();
            try (Task task = work.ours(work.inputs())) {
                do {
                    task.run();
                    ends[count++] = (System.nanoTime() - start) / 1e9;
                } while (ends[count - 1] < seconds && count < MOST);
            }
        } else {
            var lesson = new Regression();
            do {
                lesson.step(0.03);
                ends[count++] = (System.nanoTime() - start) / 1e9;
            } while (ends[count - 1] < seconds && count < MOST);
        }
        var text = new StringBuilder().append(booted).append('\n');
        for (int i = 0; i < count; i++) {
            text.append(ends[i]).append('\n');
        }
        System.out.print(text);
    }
}
