package adjoint.bench;

import adjoint.bench.work.Regression;
import java.io.FileInputStream;
import java.io.IOException;

/** The program that {@link ColdStart} starts: ten steps of the regression, each timed, in a JVM that knows nothing yet. */
final class FirstSteps {
    /** How many steps are timed. */
    static final int STEPS = 10;

    private FirstSteps() {}

    /** Prints each step's nanoseconds by the clock, then the first one's of this thread's processor time (or -1). */
    public static void main(String[] args) {
        long[] wall = new long[STEPS];
        long cpu = cpu();
        long start = System.nanoTime();
        // Nothing before this line may load classes that the step needs: loading them is what is measured.
        var lesson = new Regression();
        for (int i = 0; i < STEPS; i++) {
            double loss = lesson.step(0.03).toFloats()[0];
            wall[i] = System.nanoTime() - start;
            if (i == 0) {
                cpu = cpu < 0 ? -1 : cpu() - cpu;
            }
            if (Double.isNaN(loss)) {
                throw new IllegalStateException("bench: the regression's loss is NaN at step " + (i + 1)
                        + ": the figure would be that of something else. Check the lesson's step.");
            }
            start = System.nanoTime();
        }
        for (long nanos : wall) {
            System.out.println(nanos);
        }
        System.out.println(cpu);
    }

    /** From the kernel's own file, since the JVM's management classes would warm up half of what is to be cold. */
    private static long cpu() {
        byte[] text = new byte[64];
        try (var file = new FileInputStream("/proc/thread-self/schedstat")) {
            long value = 0;
            int length = file.read(text);
            for (int i = 0; i < length && text[i] != ' '; i++) {
                value = value * 10 + (text[i] - '0');
            }
            return value;
        } catch (IOException e) {
            return -1; // not Linux
        }
    }
}
