package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

/**
 * Softmax along a dimension, its logarithm, and the gradients of both. Some rows at a time, as many as stay in the nearest
 * cache, go through all steps; each number is read and written once.
 */
public final class Softmax {
    private static final int PARALLEL = 1 << 13;

    /** Rows are taken together up to this many numbers, so that exp has something to do. */
    private static final int BLOCK = 2048;

    private Softmax() {}

    /** An operand or result with the dimension last, row-major. */
    private static Strided lines(Strided x, int dim) {
        return x.shape().rank() == 0
                ? x
                : Lines.moved(x, dim, x.shape().rank() - 1).rowMajor();
    }

    private static Strided unlined(Strided lines, int dim) {
        return lines.shape().rank() == 0
                ? lines
                : Lines.moved(lines, lines.shape().rank() - 1, dim).rowMajor();
    }

    private static int length(Shape shape, int dim) {
        return shape.rank() == 0 ? 1 : (int) shape.size(dim);
    }

    /** What is done to the rows from {@code first} to before {@code last}, few enough for the cache. */
    @FunctionalInterface
    private interface Block {
        void run(int first, int last, Object scratch);
    }

    private static void forEach(DType dtype, int rows, int n, Block block) {
        int together = Math.max(1, BLOCK / n);
        Threads.loop(rows, Math.max(1, PARALLEL / n), (from, to) -> {
            int length = Math.max(n, BLOCK) + together;
            Object scratch = RowKernel.of(dtype).scratch(length);
            for (int r = from; r < to; r += together) {
                block.run(r, Math.min(to, r + together), scratch);
            }
            Workspace.give(scratch);
        });
    }

    /** {@code exp(x − m) / Σ exp(x − m)} with the largest m of the row: no exponent is above 0. */
    public static Strided of(Strided x, int dim, PartLoop exp) {
        Strided in = lines(x, dim);
        Strided out = Strided.zeros(x.dtype(), in.shape());
        if (x.numel() == 0) {
            return unlined(out, dim);
        }
        int n = length(x.shape(), dim);
        var kernel = RowKernel.of(x.dtype());
        Object a = in.array();
        Object y = out.array();
        forEach(x.dtype(), x.numel() / n, n, (first, last, _) -> {
            for (int r = first; r < last; r++) {
                int at = in.offset() + r * n;
                kernel.scaled(a, at, kernel.extreme(a, at, n, true), 1, y, r * n, n);
            }
            exp.run(y, first * n, y, first * n, (last - first) * n);
            for (int r = first; r < last; r++) {
                kernel.divide(y, r * n, kernel.sum(y, r * n, n), n);
            }
        });
        return unlined(out, dim);
    }

    /** {@code x − m − log Σ exp(x − m)} with the largest m of the row. */
    public static Strided logarithm(Strided x, int dim, PartLoop exp, PartLoop log) {
        Strided in = lines(x, dim);
        Strided out = Strided.zeros(x.dtype(), in.shape());
        if (x.numel() == 0) {
            return unlined(out, dim);
        }
        int n = length(x.shape(), dim);
        var kernel = RowKernel.of(x.dtype());
        Object a = in.array();
        Object y = out.array();
        forEach(x.dtype(), x.numel() / n, n, (first, last, scratch) -> {
            for (int r = first; r < last; r++) {
                int at = in.offset() + r * n;
                kernel.scaled(a, at, kernel.extreme(a, at, n, true), 1, y, r * n, n);
            }
            int rows = last - first;
            exp.run(y, first * n, scratch, 0, rows * n);
            int sums = rows * n;
            for (int r = 0; r < rows; r++) {
                kernel.set(scratch, sums + r, kernel.sum(scratch, r * n, n));
            }
            log.run(scratch, sums, scratch, sums, rows);
            for (int r = 0; r < rows; r++) {
                int at = (first + r) * n;
                kernel.scaled(y, at, kernel.get(scratch, sums + r), 1, y, at, n);
            }
        });
        return unlined(out, dim);
    }

    /** The gradient of x when that of the softmax y is g: {@code y (g − Σ g y)}. */
    public static Strided gradient(Strided g, Strided y, int dim) {
        Strided incoming = lines(g, dim);
        Strided result = lines(y, dim);
        Strided out = Strided.zeros(y.dtype(), result.shape());
        if (y.numel() == 0) {
            return unlined(out, dim);
        }
        int n = length(y.shape(), dim);
        var kernel = RowKernel.of(y.dtype());
        Object a = incoming.array();
        Object b = result.array();
        forEach(y.dtype(), y.numel() / n, n, (first, last, _) -> {
            for (int r = first; r < last; r++) {
                int gAt = incoming.offset() + r * n;
                int yAt = result.offset() + r * n;
                double along = kernel.products(a, gAt, 0, b, yAt, 0, n);
                kernel.times(a, gAt, along, b, yAt, out.array(), r * n, n);
            }
        });
        return unlined(out, dim);
    }

    /** The gradient of x when that of the logarithm y is g: {@code g − exp(y) Σ g}. */
    public static Strided logarithmGradient(Strided g, Strided y, int dim, PartLoop exp) {
        Strided incoming = lines(g, dim);
        Strided result = lines(y, dim);
        Strided out = Strided.zeros(y.dtype(), result.shape());
        if (y.numel() == 0) {
            return unlined(out, dim);
        }
        int n = length(y.shape(), dim);
        var kernel = RowKernel.of(y.dtype());
        Object a = incoming.array();
        forEach(y.dtype(), y.numel() / n, n, (first, last, scratch) -> {
            exp.run(result.array(), result.offset() + first * n, scratch, 0, (last - first) * n);
            for (int r = first; r < last; r++) {
                int gAt = incoming.offset() + r * n;
                double sum = kernel.sum(a, gAt, n);
                kernel.remainder(a, gAt, 0, scratch, (r - first) * n, 0, sum, 1, out.array(), r * n, n);
            }
        });
        return unlined(out, dim);
    }

    /**
     * {@code m + log Σ exp(x − m)} of each row with its largest number m, 0 in place of an infinite one.
     *
     * @return null where the marked dimensions do not lie as rows
     */
    public static Strided logSumExp(Strided x, boolean[] reduced, Shape shape, PartLoop exp, PartLoop log) {
        Axes kept = Axes.of(x, reduced, false);
        Axes along = Axes.of(x, reduced, true);
        if (!along.dense() || x.numel() == 0) {
            return null;
        }
        Strided out = Strided.zeros(x.dtype(), shape);
        int n = along.count();
        var kernel = RowKernel.of(x.dtype());
        Object a = x.array();
        forEach(x.dtype(), kept.count(), n, (first, last, scratch) -> {
            int rows = last - first;
            for (int r = 0; r < rows; r++) {
                int at = x.offset() + kept.offset(first + r);
                kernel.scaled(a, at, finite(kernel.extreme(a, at, n, true)), 1, scratch, r * n, n);
            }
            exp.run(scratch, 0, scratch, 0, rows * n);
            for (int r = 0; r < rows; r++) {
                kernel.set(out.array(), first + r, kernel.sum(scratch, r * n, n));
            }
            log.run(out.array(), first, out.array(), first, rows);
            for (int r = first; r < last; r++) {
                double m = finite(kernel.extreme(a, x.offset() + kept.offset(r), n, true));
                kernel.set(out.array(), r, kernel.get(out.array(), r) + m);
            }
        });
        return out;
    }

    /** Infinite maxima would make differences NaN; 0 in their place keeps sums infinite or zero as they are. */
    private static double finite(double m) {
        return Math.abs(m) < Double.POSITIVE_INFINITY ? m : 0;
    }
}
