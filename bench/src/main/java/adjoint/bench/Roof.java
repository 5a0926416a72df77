package adjoint.bench;

import adjoint.bench.work.Cost;
import adjoint.types.DType;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * What this machine can do at best, measured with loops that do nothing else: fused multiply-adds in vector registers, and
 * copies from an array to another. Whatever a piece of work is, it takes the longer of its operations at the first rate
 * and its bytes at the second, if it does everything right (Williams et al., "Roofline", 2009).
 *
 * @param flops32 operations a second with F32; NaN where the JVM has no vector instructions
 * @param flops64 the same with F64
 * @param sizes bytes that a copy reads and writes, ascending: each in another level of the memory
 * @param rates bytes a second that are then read and written
 */
record Roof(double flops32, double flops64, double[] sizes, double[] rates) {
    private static final int LOOP = 1000;
    private static final int ATTEMPTS = 10;
    /** No processor is slower: below that the loop is not compiled yet. */
    private static final double SLOWEST = 1e9;

    /** Measures with so many threads at once, for some seconds. */
    static Roof measure(int threads, Plan plan) throws InterruptedException {
        double seconds = plan == Plan.QUICK ? 0.05 : 0.15;
        double flops32 = Double.NaN;
        double flops64 = Double.NaN;
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            flops32 = rate(threads, seconds, () -> VectorPeak.floats(LOOP));
            flops64 = rate(threads, seconds, () -> VectorPeak.doubles(LOOP));
        }
        double[] sizes = {1 << 14, 1 << 18, 1 << 22, 1 << 27};
        double[] rates = new double[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            int each = (int) (sizes[i] / Float.BYTES / 2 / threads);
            rates[i] = rate(threads, seconds, () -> copier(each));
        }
        return new Roof(flops32, flops64, sizes, rates);
    }

    /** How long that takes at least; the memory's rate is that of the level which the bytes fit into. */
    double seconds(Cost cost) {
        double flops = flops(cost.dtype());
        double arithmetic = Double.isNaN(flops) ? 0 : cost.flops() / flops;
        return Math.max(arithmetic, cost.bytes() / rate(cost.bytes()));
    }

    /** Operations a second of this type. */
    double flops(DType dtype) {
        return dtype == DType.F64 ? flops64 : flops32;
    }

    /** Bytes a second to and from memory that so many fit into: between the sizes that were measured, by the size's logarithm. */
    double rate(double bytes) {
        if (bytes <= sizes[0]) {
            return rates[0];
        }
        for (int i = 1; i < sizes.length; i++) {
            if (bytes <= sizes[i]) {
                double place = Math.log(bytes / sizes[i - 1]) / Math.log(sizes[i] / sizes[i - 1]);
                return rates[i - 1] + place * (rates[i] - rates[i - 1]);
            }
        }
        return rates[rates.length - 1];
    }

    /** A loop that copies so many numbers and gives how many bytes that were; each thread has its own arrays. */
    private static DoubleSupplier copier(int length) {
        float[] from = new float[length];
        float[] to = new float[length];
        Arrays.fill(from, 1);
        int times = Math.max(1, (1 << 20) / length);
        return () -> {
            for (int i = 0; i < times; i++) {
                System.arraycopy(from, 0, to, 0, length);
            }
            return 2.0 * Float.BYTES * length * times;
        };
    }

    /** The best of some: what disturbs only slows down. {@code makers} are asked once a thread for its loop. */
    private static double rate(int threads, double seconds, Callable<DoubleSupplier> makers)
            throws InterruptedException {
        try (var pool = Executors.newFixedThreadPool(threads)) {
            double best = 0;
            for (int i = 0; i < ATTEMPTS || (best < SLOWEST && i < 10 * ATTEMPTS); i++) {
                Callable<Double> task = () -> rate(makers.call(), seconds);
                double sum = 0;
                for (Future<Double> one : pool.invokeAll(
                        IntStream.range(0, threads).mapToObj(_ -> task).toList())) {
                    sum += one.get();
                }
                best = Math.max(best, sum);
            }
            return best;
        } catch (ExecutionException e) {
            throw new IllegalStateException("bench: the machine's limits could not be measured.", e);
        }
    }

    private static double rate(DoubleSupplier loop, double seconds) {
        if (loop.getAsDouble() <= 0) {
            throw new IllegalStateException("bench: a loop that does nothing has no rate.");
        }
        long begin = System.nanoTime();
        double done = 0;
        double spent = 0;
        while (spent < seconds) {
            done += loop.getAsDouble();
            spent = (System.nanoTime() - begin) / 1e9;
        }
        return done / spent;
    }
}
