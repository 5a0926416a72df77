package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

/** Sorting along a dimension, stable, and what is found by it. NaN is larger than everything; −0 equals 0. */
public final class Order {
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
        for (int k = 0; k < n; k++) {
            keys[k] = lines.isReal() ? key(lines.doubles()[start + k]) : lines.longs()[start + k];
            keys[k] = descending ? ~keys[k] : keys[k];
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

    /** The positions of the keys in ascending order: a merge sort from the bottom up, which is stable. */
    static int[] sorted(long[] keys) {
        int n = keys.length;
        int[] from = new int[n];
        for (int i = 0; i < n; i++) {
            from[i] = i;
        }
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
}
