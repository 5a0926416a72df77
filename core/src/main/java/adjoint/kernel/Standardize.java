package adjoint.kernel;

import adjoint.types.Shape;

/**
 * Rows of numbers, along some dimensions of an array, each shifted to mean 0 (where asked for) and scaled to a mean square
 * of 1; and what becomes of gradients then. A row's sums do not depend on layout or threads.
 *
 * <p>The mean is that of a first pass corrected by the mean of what it leaves, so it is right to the last bit even where
 * the numbers are far from 0 (Chan, Golub and LeVeque, <i>Algorithms for Computing the Sample Variance</i>, 1983).
 */
public final class Standardize {
    private static final int PARALLEL = 1 << 14;

    private final RowKernel kernel;
    private final Strided x;
    private final Axes kept;
    private final Axes along;
    private final int n;
    private final boolean centred;
    private final double eps;

    /**
     * Rows along the marked dimensions.
     *
     * @param x what is standardised
     * @param centred whether means are taken off
     * @param eps added to the mean squares
     */
    public Standardize(Strided x, boolean[] reduced, boolean centred, double eps) {
        this.x = x.rowMajor();
        this.kernel = RowKernel.of(x.dtype());
        this.kept = Axes.of(this.x, reduced, false);
        this.along = Axes.of(this.x, reduced, true);
        this.n = along.count();
        this.centred = centred;
        this.eps = eps;
    }

    /** What a thread works on: a row, which is shifted by {@code mean}, then {@code rest}, and scaled by {@code factor}. */
    private final class Row {
        double rest;
        double factor;

        /** Puts the row, nearly centred, into {@code shifted}, and finds what it takes to make it standard. */
        void measure(Object row, int at, Object shifted, int to) {
            double mean = centred ? kernel.sum(row, at, n) / n : 0;
            kernel.scaled(row, at, mean, 1, shifted, to, n);
            rest = centred ? kernel.sum(shifted, to, n) / n : 0;
            factor = 1 / Math.sqrt(kernel.products(shifted, to, rest, shifted, to, rest, n) / n + eps);
        }
    }

    /** {@code (x − mean) / √(variance + eps)}; without the mean if not centred. */
    public Strided standard() {
        return weighed(null, null);
    }

    /**
     * The same times a weight, plus a bias, each one number for each of a row, whose dimensions are then the last.
     *
     * @param weight null: 1
     * @param bias null: 0; not without a weight
     */
    public Strided weighed(Strided weight, Strided bias) {
        Strided out = Strided.zeros(x.dtype(), x.shape());
        Strided w = weight == null ? null : weight.rowMajor();
        Strided b = bias == null ? null : bias.rowMajor();
        forEach((from, to) -> {
            var row = new Row();
            Object y = along.dense() ? out.array() : kernel.scratch(n);
            for (int r = from; r < to; r++) {
                int at = along.dense() ? kept.offset(r) : 0;
                read(x, r, y);
                row.measure(along.dense() ? x.array() : y, along.dense() ? x.offset() + at : 0, y, at);
                if (w == null) {
                    kernel.scaled(y, at, row.rest, row.factor, y, at, n);
                } else {
                    Object shift = b == null ? null : b.array();
                    int shiftAt = b == null ? 0 : b.offset();
                    kernel.weighed(y, at, row.rest, row.factor, w.array(), w.offset(), shift, shiftAt, y, at, n);
                }
                write(y, out, r);
            }
            finish(y);
        });
        return out;
    }

    /**
     * The gradient of {@code x} when that of {@link #weighed} is {@code g}.
     *
     * @param weight null: 1
     */
    public Strided gradient(Strided g, Strided weight) {
        Strided incoming = g.rowMajor();
        Strided w = weight == null ? null : weight.rowMajor();
        Strided out = Strided.zeros(x.dtype(), x.shape());
        forEach((from, to) -> {
            var row = new Row();
            Object shifted = kernel.scratch(n);
            Object d = along.dense() ? out.array() : kernel.scratch(n);
            for (int r = from; r < to; r++) {
                int at = along.dense() ? kept.offset(r) : 0;
                read(x, r, shifted);
                row.measure(along.dense() ? x.array() : shifted, along.dense() ? x.offset() + at : 0, shifted, 0);
                Object in = along.dense() ? incoming.array() : d;
                int inAt = along.dense() ? incoming.offset() + at : 0;
                read(incoming, r, d);
                if (w != null) {
                    kernel.times(in, inAt, 0, w.array(), w.offset(), d, at, n);
                    in = d;
                    inAt = at;
                }
                double mean = centred ? kernel.sum(in, inAt, n) / n : 0;
                double slope = kernel.products(in, inAt, 0, shifted, 0, row.rest, n) / n * row.factor * row.factor;
                kernel.remainder(in, inAt, mean, shifted, 0, row.rest, slope, row.factor, d, at, n);
                write(d, out, r);
            }
            Workspace.give(shifted);
            finish(d);
        });
        return out;
    }

    /**
     * The gradient of the weight when that of {@link #weighed} is {@code g}: sums over rows of {@code g} times the
     * standard row, in the order of a sum.
     */
    public Strided weightGradient(Strided g, Shape shape) {
        Strided incoming = g.rowMajor();
        Strided out = Strided.zeros(x.dtype(), shape);
        int rows = kept.count();
        if (rows == 0 || n == 0) {
            return out;
        }
        Columns.sum(kernel, rows, n, out.array(), (r, term) -> {
            var row = new Row();
            int at = kept.offset(r);
            row.measure(x.array(), x.offset() + at, term, 0);
            kernel.scaled(term, 0, row.rest, row.factor, term, 0, n);
            kernel.times(incoming.array(), incoming.offset() + at, 0, term, 0, term, 0, n);
        });
        return out;
    }

    private void forEach(Threads.Range body) {
        if (n > 0) {
            Threads.loop(kept.count(), Math.max(1, PARALLEL / n), body);
        }
    }

    /** Copies a row together that does not lie together. */
    private void read(Strided from, int r, Object into) {
        if (!along.dense()) {
            along.gather(from.array(), from.offset() + kept.offset(r), 0, into, n);
        }
    }

    private void write(Object row, Strided to, int r) {
        if (!along.dense()) {
            along.scatter(row, to.array(), kept.offset(r), n);
        }
    }

    private void finish(Object row) {
        if (!along.dense()) {
            Workspace.give(row);
        }
    }
}
