package adjoint.kernel;

import adjoint.types.ValueException;

/**
 * Splits long loops among a few daemon threads. Kernels are written so that the split does not show in the result:
 * where sums are formed, the partial sums have fixed bounds.
 *
 * <p>As many threads as there are processors are used, unless the environment variable {@code ADJOINT_THREADS} or
 * {@link #count(int)} says otherwise.
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

    private static final String VARIABLE = "ADJOINT_THREADS";
    private static volatile int count = initial(System.getenv(VARIABLE));

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

    private static int initial(String wanted) {
        int processors = Runtime.getRuntime().availableProcessors();
        if (wanted == null || wanted.isBlank()) {
            return processors;
        }
        try {
            int n = Integer.parseInt(wanted.strip());
            if (n >= 1) {
                return n;
            }
        } catch (NumberFormatException _) {
            // As for a number that is too small.
        }
        System.getLogger("adjoint")
                .log(
                        System.Logger.Level.WARNING,
                        VARIABLE + "=" + wanted + ": not a number of threads, so " + processors
                                + " are used, one a processor. Give 1 or more.");
        return processors;
    }

    /** Runs a loop of {@code n} steps, on several threads where each gets at least {@code grain} steps. */
    public static void loop(int n, int grain, Range body) {
        int parts = Math.min(count, n / Math.max(grain, 1));
        if (parts <= 1 || Team.isMember()) {
            body.run(0, n);
        } else {
            Team.run(parts, part -> body.run(bound(n, parts, part), bound(n, parts, part + 1)));
        }
    }

    private static int bound(int n, int parts, int p) {
        if (p == parts) {
            return n;
        }
        int cut = (int) ((long) n * p / parts);
        return n / parts < ALIGN_FROM ? cut : cut & -LINE;
    }
}
