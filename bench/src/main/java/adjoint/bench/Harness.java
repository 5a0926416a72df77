package adjoint.bench;

import adjoint.bench.work.Task;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Measures tasks that can be repeated, one alone or two by turns. A sample is the mean of enough calls in a row to last
 * long against the clock; samples are thrown away until the medians of two successive windows of them agree, and only those
 * after that count. By turns means sample by sample: what else happens on the machine meets both.
 */
final class Harness {
    private static final int WINDOW = 5;
    private static final double SETTLED = 0.02;
    /** Seconds up to which a call is made once more, unmeasured, to have caches and threads back after the other's turn. */
    private static final double SHORT = 0.01;

    private final Plan plan;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What a task returned last. The JVM has to compute it, since any thread may look here. */
    @SuppressWarnings("unused")
    private volatile Object kept;

    Harness(Plan plan) {
        this.plan = plan;
    }

    /**
     * What was measured of one task, for each call.
     *
     * @param seconds by the clock, a number a sample
     * @param bytes allocated on the Java heap by the calling thread; the median
     * @param settled whether the medians stood still before the samples were taken
     */
    record Times(double[] seconds, double bytes, boolean settled) {}

    /** One task alone. */
    Times alone(Task task) {
        return byTurns(task)[0];
    }

    /** These tasks by turns. */
    Times[] byTurns(Task... tasks) {
        Side[] sides = Arrays.stream(tasks).map(Side::new).toArray(Side[]::new);
        boolean settled = warmUp(sides);
        for (int i = 0; i < plan.samples; i++) {
            for (Side side : sides) {
                side.keep(i);
            }
        }
        return Arrays.stream(sides).map(side -> side.times(settled)).toArray(Times[]::new);
    }

    private boolean warmUp(Side[] sides) {
        long begin = System.nanoTime();
        double spent = 0;
        boolean settled = false;
        while (!settled && spent < plan.patience) {
            for (int i = 0; i < WINDOW; i++) {
                for (Side side : sides) {
                    side.grow();
                    side.window[i] = side.sample();
                }
            }
            settled = true;
            for (Side side : sides) {
                settled &= side.stands();
            }
            spent = (System.nanoTime() - begin) / 1e9;
            settled &= spent >= plan.warmUp;
        }
        return settled;
    }

    /** A task with its samples so far. */
    private final class Side {
        final double[] window = new double[WINDOW];
        private final Task task;
        private final double[] seconds = new double[plan.samples];
        private final double[] bytes = new double[plan.samples];
        private int calls = 1;
        private double last;
        private double allocated;
        private double median = Double.NaN;

        Side(Task task) {
            this.task = task;
        }

        /** The faster it gets, the more calls make a sample. */
        void grow() {
            if (last == 0) {
                sample();
            }
            while (last * calls < plan.sample && calls < 1 << 28) {
                calls *= 2;
                sample();
            }
        }

        /** Seconds a call. */
        double sample() {
            if (last < SHORT) {
                kept = task.run();
            }
            long heap = threads.getCurrentThreadAllocatedBytes();
            long begin = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                kept = task.run();
            }
            last = (System.nanoTime() - begin) / 1e9 / calls;
            allocated = (double) (threads.getCurrentThreadAllocatedBytes() - heap) / calls;
            return last;
        }

        /** Whether the window's median is that of the window before. */
        boolean stands() {
            double before = median;
            median = new Spread(window).median();
            return Math.abs(median / before - 1) < SETTLED;
        }

        void keep(int i) {
            seconds[i] = sample();
            bytes[i] = allocated;
        }

        Times times(boolean settled) {
            return new Times(seconds, new Spread(bytes).median(), settled);
        }
    }
}
