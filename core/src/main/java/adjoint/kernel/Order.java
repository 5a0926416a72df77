package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.Arrays;

/** Sorting along a dimension, stable, and what is found by it. NaN is larger than everything; −0 equals 0. */
public final class Order {
    // Elements that make a thread of its own worth while.
    private static final int GRAIN = 1 << 14;
    private static final int BYTES = 8;
    private static final int BUCKETS = 256;
    // Elements of a line from which on clearing counts is the smaller part.
    private static final int RADIX_FROM = 128;
    // So many of a line, or such a part of it, are found one by one; of more it is sorted.
    private static final int FEW = 64;
    private static final int FEW_OF = 4;

    private Order() {}

    /** What is looked for in a line. */
    public enum Statistic {
        /** The lower of the two middle ones; a NaN if there is one. */
        MEDIAN,
        /** The lower of the two middle ones that are numbers. */
        NANMEDIAN,
        /** The most frequent, of those the smallest; its last place. */
        MODE,
        /** The k-th smallest. */
        KTHVALUE
    }

    /** Where the elements of each line lie in ascending or descending order. */
    public static Strided argSort(Strided in, int dim, boolean descending) {
        Lines lines = Lines.of(in, dim);
        Lines out = lines.like(DType.I64);
        lines.forEach((_, start, n) -> {
            int[] order = sorted(keys(lines, start, n, descending));
            for (int k = 0; k < n; k++) {
                out.longs()[start + k] = order[k];
            }
        });
        return out.unpacked(DType.I64);
    }

    /** Where the first {@code k} elements of that order lie, of each line; the result is of {@code shape}. */
    public static Strided argTop(Strided in, int dim, int k, boolean descending, Shape shape) {
        if (in.dtype() == DType.F32 && in.isRowMajor() && dim == in.shape().rank() - 1) {
            return argTopOfRows(in, k, descending, shape);
        }
        Lines lines = Lines.of(in, dim);
        Lines out = lines.shortened(k, shape);
        lines.forEach((line, start, n) -> {
            int[] order = lowest(keys(lines, start, n, descending), k);
            for (int i = 0; i < k; i++) {
                out.longs()[line * k + i] = order[i];
            }
        });
        return out.unpacked(DType.I64);
    }

    /** The same of rows that lie one after the other. */
    private static Strided argTopOfRows(Strided in, int k, boolean descending, Shape shape) {
        Strided out = Strided.zeros(DType.I64, shape);
        int n = (int) in.shape().size(in.shape().rank() - 1);
        if (out.numel() == 0) {
            return out;
        }
        float[] x = in.floats();
        long flip = descending ? -1 : 0;
        Threads.loop(out.numel() / k, Math.max(1, GRAIN / n), (first, last) -> {
            long[] keys = new long[n];
            for (int row = first; row < last; row++) {
                int start = in.offset() + row * n;
                for (int i = 0; i < n; i++) {
                    keys[i] = key(x[start + i]) ^ flip;
                }
                int[] order = lowest(keys, k);
                for (int i = 0; i < k; i++) {
                    out.longs()[row * k + i] = order[i];
                }
            }
        });
        return out;
    }

    /** Where in each line (none of them empty) a statistic lies; the result is row-major of {@code shape}. */
    public static Strided argStatistic(Strided in, int dim, Statistic which, long k, Shape shape) {
        Lines lines = Lines.of(in, dim);
        Strided out = Strided.zeros(DType.I64, shape);
        lines.forEach((line, start, n) -> {
            long[] keys = keys(lines, start, n, false);
            int[] order = sorted(keys);
            out.longs()[line] = switch (which) {
                case KTHVALUE -> order[(int) k - 1];
                case MEDIAN -> {
                    int numbers = numbers(lines, start, order);
                    yield order[numbers < n ? numbers : (n - 1) / 2];
                }
                case NANMEDIAN -> order[Math.max(numbers(lines, start, order) - 1, 0) / 2];
                case MODE -> mode(keys, order);
            };
        });
        return out;
    }

    /** How many elements of a line are no NaN; those come first in its order. */
    private static int numbers(Lines lines, int start, int[] order) {
        int n = order.length;
        while (lines.isReal() && n > 0 && Double.isNaN(lines.doubles()[start + order[n - 1]])) {
            n--;
        }
        return n;
    }

    private static int mode(long[] keys, int[] order) {
        int best = 0;
        int longest = 0;
        for (int i = 0; i < order.length; ) {
            int first = i;
            while (i < order.length && keys[order[i]] == keys[order[first]]) {
                i++;
            }
            if (i - first > longest) {
                longest = i - first;
                best = order[i - 1];
            }
        }
        return best;
    }

    /** Integers in the order of the numbers of a line. */
    private static long[] keys(Lines lines, int start, int n, boolean descending) {
        long[] keys = new long[n];
        long flip = descending ? -1 : 0;
        if (lines.isReal()) {
            double[] x = lines.doubles();
            for (int k = 0; k < n; k++) {
                keys[k] = key(x[start + k]) ^ flip;
            }
        } else {
            long[] x = lines.longs();
            for (int k = 0; k < n; k++) {
                keys[k] = x[start + k] ^ flip;
            }
        }
        return keys;
    }

    private static long key(double x) {
        if (Double.isNaN(x)) {
            return Long.MAX_VALUE;
        }
        long bits = Double.doubleToRawLongBits(x + 0.0); // −0 + 0 is 0
        return bits ^ (bits >> 63) >>> 1;
    }

    /** The positions of the keys in ascending order; equals stay in theirs. */
    static int[] sorted(long[] keys) {
        return keys.length < RADIX_FROM ? merged(keys) : distributed(keys);
    }

    /** A merge sort from the bottom up. */
    private static int[] merged(long[] keys) {
        int n = keys.length;
        int[] from = identity(n);
        int[] to = new int[n];
        for (int width = 1; width < n; width = width > n / 2 ? n : 2 * width) {
            for (int low = 0; low < n; low += 2 * width) {
                int middle = Math.min(low + width, n);
                merge(keys, from, to, low, middle, Math.min(n - middle, width) + middle);
                if (low > n - 2 * width) {
                    break;
                }
            }
            int[] merged = to;
            to = from;
            from = merged;
        }
        return from;
    }

    private static void merge(long[] keys, int[] from, int[] to, int low, int middle, int high) {
        int a = low;
        int b = middle;
        for (int at = low; at < high; at++) {
            boolean left = a < middle && (b == high || keys[from[a]] <= keys[from[b]]);
            to[at] = from[left ? a++ : b++];
        }
    }

    /**
     * A distribution by one byte after the other, the lowest first (Knuth, "The Art of Computer Programming", volume 3, 5.2.5).
     * A byte that all keys share is passed over: of F32 that are four of eight.
     */
    private static int[] distributed(long[] keys) {
        int n = keys.length;
        int[] counts = new int[BYTES * BUCKETS];
        for (long key : keys) {
            // Negative numbers come first.
            long bits = key ^ Long.MIN_VALUE;
            for (int b = 0; b < BYTES; b++) {
                counts[b * BUCKETS + (int) (bits >>> 8 * b & BUCKETS - 1)]++;
            }
        }
        long[] fromKeys = keys.clone();
        long[] toKeys = new long[n];
        int[] from = identity(n);
        int[] to = new int[n];
        for (int b = 0; b < BYTES; b++) {
            int shift = 8 * b;
            int base = b * BUCKETS;
            if (counts[base + (int) ((keys[0] ^ Long.MIN_VALUE) >>> shift & BUCKETS - 1)] == n) {
                continue;
            }
            for (int k = 0, start = 0; k < BUCKETS; k++) {
                int count = counts[base + k];
                counts[base + k] = start;
                start += count;
            }
            for (int i = 0; i < n; i++) {
                long key = fromKeys[i];
                int place = counts[base + (int) ((key ^ Long.MIN_VALUE) >>> shift & BUCKETS - 1)]++;
                toKeys[place] = key;
                to[place] = from[i];
            }
            long[] keysAgain = toKeys;
            toKeys = fromKeys;
            fromKeys = keysAgain;
            int[] again = to;
            to = from;
            from = again;
        }
        return from;
    }

    private static int[] identity(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        return order;
    }

    /** The positions of the {@code k} lowest keys in ascending order; of equals the first, and first. */
    private static int[] lowest(long[] keys, int k) {
        if (k == 0 || k > FEW || k * FEW_OF > keys.length) {
            return Arrays.copyOf(sorted(keys), k);
        }
        int[] found = new int[k];
        long[] low = new long[k];
        int count = 0;
        for (int i = 0; i < keys.length; i++) {
            long key = keys[i];
            if (count == k && key >= low[k - 1]) {
                continue;
            }
            int at = count < k ? count++ : k - 1;
            while (at > 0 && key < low[at - 1]) {
                low[at] = low[at - 1];
                found[at] = found[at - 1];
                at--;
            }
            low[at] = key;
            found[at] = i;
        }
        return found;
    }
}
