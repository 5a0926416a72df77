package adjoint.bench;

import adjoint.bench.work.Regression;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;

/** The program that {@link Steadiness} starts: many steps of the regression, and now and then a look at the JVM. */
final class LongRun {
    /** How often it looks. */
    static final int LOOKS = 10;

    /** After the beginning, for threads that end when they have had nothing to do for some seconds. */
    static final long IDLE_MS = 7_000;

    private LongRun() {}

    /** Arguments: how many steps; {@code fixed} or {@code changing}. Prints heap, classes, threads, µs a step. */
    public static void main(String[] args) throws InterruptedException {
        int steps = Integer.parseInt(args[0]);
        boolean changing = args[1].equals("changing");
        var lesson = new Regression();
        int[] done = {0};
        for (int k = 0; k < LOOKS; k++) {
            long start = System.nanoTime();
            steps(lesson, done, steps / LOOKS, changing);
            String seen = look((System.nanoTime() - start) / 1e3 / (steps / LOOKS));
            // In the first tenth loops are compiled, threads start, caches fill; and looking loads classes itself.
            if (k > 0) {
                System.out.println(seen);
            } else {
                Thread.sleep(IDLE_MS);
            }
        }
        Reference.reachabilityFence(lesson);
    }

    private static void steps(Regression lesson, int[] done, int count, boolean changing) {
        for (int i = 0; i < count; i++) {
            done[0]++;
            lesson.step(changing ? 0.03 / (1 + 1e-6 * done[0]) : 0.03);
        }
    }

    private static String look(double micros) throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50); // for what is cleaned up after a collection
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + " "
                + ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() + " "
                + ManagementFactory.getThreadMXBean().getThreadCount() + " " + micros;
    }
}
