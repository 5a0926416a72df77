package adjoint.kernel;

import adjoint.types.ValueException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Splits long loops among a few daemon threads. Kernels are written so that the split does not show in the result:
 * where sums are formed, the partial sums have fixed bounds.
 */
public final class Threads {
    /** The body of a loop over the indices from {@code from} (inclusive) to {@code to} (exclusive). */
    @FunctionalInterface
    public interface Range {
        void run(int from, int to);
    }

    // Long parts begin at multiples of a cache line's elements: no two threads write to one line.
    private static final int LINE = 64;
    private static final int ALIGN_FROM = 4096;

    private static volatile int count = Runtime.getRuntime().availableProcessors();
    private static final ThreadLocal<Boolean> BUSY = new ThreadLocal<>();

    private Threads() {}

    /** How many threads a long loop may use, the caller's included. */
    public static int count() {
        return count;
    }

    /** Sets how many threads a long loop may use, the caller's included; at least 1. */
    public static void count(int n) {
        if (n < 1) {
            throw new ValueException("threads: " + n + " is less than 1. Give the number of threads to use.");
        }
        count = n;
    }

    /** Runs a loop of {@code n} steps, on several threads where each gets at least {@code grain} steps. */
    public static void loop(int n, int grain, Range body) {
        int parts = Math.min(count, n / Math.max(grain, 1));
        if (parts <= 1 || BUSY.get() != null) {
            body.run(0, n);
            return;
        }
        var futures = new Future<?>[parts - 1];
        for (int p = 1; p < parts; p++) {
            int from = bound(n, parts, p);
            int to = bound(n, parts, p + 1);
            Callable<Void> task = () -> {
                BUSY.set(true);
                try {
                    body.run(from, to);
                } finally {
                    BUSY.remove();
                }
                return null;
            };
            futures[p - 1] = Pool.EXECUTOR.submit(task);
        }
        Throwable failure = null;
        try {
            body.run(0, bound(n, parts, 1));
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        for (Future<?> f : futures) {
            failure = await(f, failure);
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
    }

    private static Throwable await(Future<?> future, Throwable failure) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get();
                    return failure;
                } catch (InterruptedException e) {
                    interrupted = true; // the loop's memory is in use until the part is done
                } catch (ExecutionException e) {
                    return failure == null ? e.getCause() : failure;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static int bound(int n, int parts, int p) {
        if (p == parts) {
            return n;
        }
        int cut = (int) ((long) n * p / parts);
        return n / parts < ALIGN_FROM ? cut : cut & -LINE;
    }

    private static final class Pool {
        static final ExecutorService EXECUTOR = executor();

        private static ExecutorService executor() {
            int size = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
            var pool = new ThreadPoolExecutor(size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), r -> {
                Thread t = new Thread(r, "adjoint-worker");
                t.setDaemon(true);
                return t;
            });
            pool.allowCoreThreadTimeOut(true);
            return pool;
        }
    }
}
