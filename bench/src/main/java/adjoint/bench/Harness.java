package adjoint.bench;

import adjoint.Adjoint;
import adjoint.bench.work.Task;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures tasks that can be repeated, one alone or two by turns. A sample is the mean of enough calls in a row to last
 * long against the clock; samples are thrown away until the medians of two successive windows of them agree, and only those
 * after that count. By turns means sample by sample: what else happens on the machine meets both.
 */
final class Harness {
    private static final int WINDOW = 5;
    private static final double SETTLED = 0.05;
    /** Seconds up to which a call is made once more, unmeasured, to have caches and threads back after the other's turn. */
    private static final double SHORT = 0.01;
    /** Seconds from which on two calls are a window. */
    private static final double LONG = 0.1;
    /** Samples that are taken whatever time they need. */
    private static final int FEWEST = 3;
    /**
     * Milliseconds before Adjoint's turn after a peer with several threads: OpenMP's look out for work for 200 ms, each on a
     * processor that nobody else has meanwhile.
     */
    private static final long REST = 250;

    /** The thread that Adjoint makes faster loops on. */
    private static final String MAKER = "adjoint-compiler";

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
    record Times(double[] seconds, double bytes, boolean settled) {
        /** Where each call did the same so many times: of once. */
        Times each(int calls) {
            return new Times(Arrays.stream(seconds).map(s -> s / calls).toArray(), bytes / calls, settled);
        }
    }

    /** One task alone. */
    Times alone(Task task) {
        return byTurns(task)[0];
    }

    /** These tasks by turns. */
    Times[] byTurns(Task... tasks) {
        Side[] sides = Arrays.stream(tasks).map(Side::new).toArray(Side[]::new);
        boolean settled = warmUp(sides);
        long begin = System.nanoTime();
        for (int i = 0; i < plan.samples && (i < FEWEST || since(begin) < plan.seconds); i++) {
            rest(sides);
            for (Side side : sides) {
                side.keep();
            }
        }
        return Arrays.stream(sides).map(side -> side.times(settled)).toArray(Times[]::new);
    }

    private boolean warmUp(Side[] sides) {
        long begin = System.nanoTime();
        boolean settled = false;
        while (!settled && since(begin) < plan.patience) {
            boolean isSlow = Arrays.stream(sides).anyMatch(side -> side.last > LONG);
            for (int i = 0; i < (isSlow ? 2 : WINDOW); i++) {
                rest(sides);
                for (Side side : sides) {
                    side.grow();
                    side.window.add(side.sample());
                }
            }
            settled = since(begin) >= plan.warmUp && !isMaking();
            for (Side side : sides) {
                settled &= side.stands();
            }
        }
        return settled;
    }

    /** Lets a peer's threads go to sleep; the first side is Adjoint's. */
    private static void rest(Side[] sides) {
        if (sides.length > 1 && Adjoint.threads() > 1) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(REST));
        }
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Whether loops are still being made that will be faster than those in use. */
    private boolean isMaking() {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .anyMatch(one -> one != null
                        && one.getThreadName().equals(MAKER)
                        && one.getThreadState() == Thread.State.RUNNABLE);
    }

    /** A task with its samples so far. */
    private final class Side {
        final List<Double> window = new ArrayList<>();
        private final Task task;
        private final List<Double> seconds = new ArrayList<>();
        private final List<Double> bytes = new ArrayList<>();
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

        /** Whether the window's median is that of the window before; begins another. */
        boolean stands() {
            double before = median;
            median = new Spread(array(window)).median();
            window.clear();
            return Math.abs(median / before - 1) < SETTLED;
        }

        void keep() {
            seconds.add(sample());
            bytes.add(allocated);
        }

        Times times(boolean settled) {
            return new Times(array(seconds), new Spread(array(bytes)).median(), settled);
        }
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
