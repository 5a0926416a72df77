package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

/**
 * Running values along a dimension. Each line is one chain in the order of its elements, so that neither threads nor
 * layout change a bit.
 */
public final class Scan {
    // Elements that make a thread of its own worth while.
    private static final int GRAIN = 1 << 14;

    private Scan() {}

    /** Running sums, from the first element on or from the last; truth values count. */
    public static Strided sum(Strided in, int dim, boolean backward) {
        if (in.dtype() == DType.F32 && in.isRowMajor() && dim == in.shape().rank() - 1) {
            return sumRows(in, backward);
        }
        Lines lines = Lines.of(in, dim);
        lines.forEach((_, start, n) -> {
            int step = backward ? -1 : 1;
            int at = backward ? start + n - 1 : start;
            if (lines.isReal()) {
                double[] x = lines.doubles();
                double s = 0;
                for (int k = 0; k < n; k++, at += step) {
                    x[at] = s += x[at];
                }
            } else {
                long[] x = lines.longs();
                long s = 0;
                for (int k = 0; k < n; k++, at += step) {
                    x[at] = s += x[at];
                }
            }
        });
        return lines.unpacked(wide(in.dtype()));
    }

    /** The same of rows that lie one after the other: as with lines, the running value has double precision. */
    private static Strided sumRows(Strided in, boolean backward) {
        Strided out = Strided.zeros(DType.F32, in.shape());
        int n = (int) in.shape().size(in.shape().rank() - 1);
        if (in.numel() == 0) {
            return out;
        }
        float[] x = in.floats();
        float[] y = out.floats();
        Threads.loop(in.numel() / n, Math.max(1, GRAIN / n), (first, last) -> {
            for (int row = first; row < last; row++) {
                int at = in.offset() + row * n;
                int o = row * n;
                double s = 0;
                if (backward) {
                    for (int k = n - 1; k >= 0; k--) {
                        s += x[at + k];
                        y[o + k] = (float) s;
                    }
                } else {
                    for (int k = 0; k < n; k++) {
                        s += x[at + k];
                        y[o + k] = (float) s;
                    }
                }
            }
        });
        return out;
    }

    /** Running products, from the first element on or from the last. */
    public static Strided product(Strided in, int dim, boolean backward) {
        Lines lines = Lines.of(in, dim);
        products(lines, backward);
        return lines.unpacked(wide(in.dtype()));
    }

    /** The product of each line; the result is row-major of {@code shape}. */
    public static Strided total(Strided in, int dim, Shape shape) {
        Lines lines = Lines.of(in, dim);
        products(lines, false);
        Strided last = Strided.zeros(lines.packed().dtype(), shape);
        lines.forEach((line, start, n) -> {
            if (lines.isReal()) {
                last.doubles()[line] = n == 0 ? 1 : lines.doubles()[start + n - 1];
            } else {
                last.longs()[line] = n == 0 ? 1 : lines.longs()[start + n - 1];
            }
        });
        DType dtype = wide(in.dtype());
        return dtype == last.dtype() ? last : Copy.of(last, dtype);
    }

    private static void products(Lines lines, boolean backward) {
        lines.forEach((_, start, n) -> {
            int step = backward ? -1 : 1;
            int at = backward ? start + n - 1 : start;
            if (lines.isReal()) {
                double[] x = lines.doubles();
                double s = 1;
                for (int k = 0; k < n; k++, at += step) {
                    x[at] = s *= x[at];
                }
            } else {
                long[] x = lines.longs();
                long s = 1;
                for (int k = 0; k < n; k++, at += step) {
                    x[at] = s *= x[at];
                }
            }
        });
    }

    /** {@code y[k] = b[k] + a[k] · y[k − 1]}, or with {@code y[k + 1]}; what is outside counts as 0. */
    public static Strided recurrence(Strided a, Strided b, int dim, boolean backward) {
        Lines factors = Lines.of(a, dim);
        Lines lines = Lines.of(b, dim);
        lines.forEach((_, start, n) -> {
            double[] x = factors.doubles();
            double[] y = lines.doubles();
            int step = backward ? -1 : 1;
            int at = backward ? start + n - 1 : start;
            for (int k = 0; k < n; k++, at += step) {
                y[at] += k == 0 ? 0 : x[at] * y[at - step];
            }
        });
        return lines.unpacked(b.dtype());
    }

    /** Running {@code log Σ exp}: each step scales by the larger of the two. */
    public static Strided logSumExp(Strided in, int dim) {
        Lines lines = Lines.of(in, dim);
        lines.forEach((_, start, n) -> {
            double[] x = lines.doubles();
            for (int at = start + 1; at < start + n; at++) {
                double high = Math.max(x[at], x[at - 1]);
                double low = Math.min(x[at], x[at - 1]);
                // Equal infinities have no difference.
                x[at] = high == low && Double.isInfinite(high) ? high : high + log1pExp(low - high);
            }
        });
        return lines.unpacked(in.dtype());
    }

    /** {@code log(1 + exp(x))} for {@code x ≤ 0}; StrictMath, whose bits are the same on every machine. */
    private static double log1pExp(double x) {
        return StrictMath.log1p(StrictMath.exp(x));
    }

    /** Where the largest or smallest so far lies: the last of equals; a NaN stays. */
    public static Strided argExtreme(Strided in, int dim, boolean max) {
        Lines lines = Lines.of(in, dim);
        Lines out = lines.like(DType.I64);
        lines.forEach((_, start, n) -> {
            int best = 0;
            for (int k = 0; k < n; k++) {
                best = lines.isReal()
                        ? better(lines.doubles(), start, k, best, max)
                        : better(lines.longs(), start, k, best, max);
                out.longs()[start + k] = best;
            }
        });
        return out.unpacked(DType.I64);
    }

    private static int better(double[] x, int start, int k, int best, boolean max) {
        double now = x[start + k];
        double before = x[start + best];
        return Double.isNaN(now) || (max ? now >= before : now <= before) ? k : best;
    }

    private static int better(long[] x, int start, int k, int best, boolean max) {
        return (max ? x[start + k] >= x[start + best] : x[start + k] <= x[start + best]) ? k : best;
    }

    /** Sums and products of integers and truth values are I64. */
    private static DType wide(DType dtype) {
        return dtype.isFloating() ? dtype : DType.I64;
    }
}
