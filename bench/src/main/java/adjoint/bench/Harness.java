package adjoint.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * Measures code that can be repeated. A sample is the mean of enough calls in a row to last long against the clock;
 * samples are thrown away until the medians of two successive windows of them agree, and only those after that count.
 */
final class Harness {
    private static final int WINDOW = 5;
    private static final double SETTLED = 0.02;

    private final Plan plan;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What the code returned last. The JVM has to compute it, since any thread may look here. */
    @SuppressWarnings("unused")
    private volatile Object kept;

    Harness(Plan plan) {
        this.plan = plan;
    }

    Plan plan() {
        return plan;
    }

    /** One sample, for each call: seconds by the clock, of this thread's processor time, bytes allocated. */
    private record Sample(double wall, double cpu, double bytes) {}

    /** Warms up and takes samples of {@code code}, whose result is kept so that it can't be optimised away. */
    Result measure(String name, Supplier<?> code) {
        int calls = 1;
        Sample sample = sample(code, calls);
        double begin = System.nanoTime();
        double previous = Double.NaN;
        boolean settled = false;
        double spent = 0;
        while (!settled && spent < plan.patience()) {
            double[] window = new double[WINDOW];
            for (int i = 0; i < WINDOW; i++) {
                // The faster it gets, the more calls make a sample.
                while (sample.wall * calls < plan.sample() && calls < 1 << 28) {
                    calls *= 2;
                    sample = sample(code, calls);
                }
                sample = sample(code, calls);
                window[i] = sample.cpu;
            }
            double median = new Spread(window).median();
            spent = (System.nanoTime() - begin) / 1e9;
            settled = spent >= plan.warmUp() && Math.abs(median / previous - 1) < SETTLED;
            previous = median;
        }
        double[] wall = new double[plan.samples()];
        double[] cpu = new double[plan.samples()];
        double[] bytes = new double[plan.samples()];
        for (int i = 0; i < wall.length; i++) {
            sample = sample(code, calls);
            wall[i] = sample.wall;
            cpu[i] = sample.cpu;
            bytes[i] = sample.bytes;
        }
        String note = settled ? "" : "had not settled within %.0f s".formatted(plan.patience());
        double allocated = new Spread(bytes).median();
        return new Result(name, new Spread(wall), new Spread(cpu), allocated, "", Double.NaN, note);
    }

    private Sample sample(Supplier<?> code, int calls) {
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long cpu = threads.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            kept = code.get();
        }
        wall = System.nanoTime() - wall;
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        return new Sample(wall / 1e9 / calls, cpu / 1e9 / calls, (double) bytes / calls);
    }
}
