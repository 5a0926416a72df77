package adjoint.kernel;

import java.util.function.IntUnaryOperator;

/** Sums of columns side by side, each in the same order as a row's: see {@link RowKernel}. */
final class Columns {
    private final RowKernel kernel;
    private final int width;
    private final Object terms;
    private final IntUnaryOperator locate;
    private final Object sums; // running sums: LANES times the width

    /**
     * Columns of terms.
     *
     * @param locate where in {@code terms} the i-th of each column lie, side by side; it may put them there
     */
    Columns(RowKernel kernel, int width, Object terms, IntUnaryOperator locate) {
        this.kernel = kernel;
        this.width = width;
        this.terms = terms;
        this.locate = locate;
        this.sums = kernel.zeros(RowKernel.LANES * width);
    }

    /** The sums of {@code n} terms from the {@code from}-th on. */
    void sum(int from, int n, Object out, int outAt) {
        if (n > RowKernel.BLOCK) {
            int half = RowKernel.half(n);
            sum(from, half, out, outAt);
            Object second = kernel.zeros(width);
            sum(from + half, n - half, second, 0);
            kernel.add(out, outAt, second, 0, width);
            return;
        }
        int lanes = n < RowKernel.LANES ? 1 : RowKernel.LANES;
        kernel.clear(sums, lanes * width);
        for (int i = 0; i < n; i++) {
            kernel.add(sums, i % lanes * width, terms, locate.applyAsInt(from + i), width);
        }
        for (int step = lanes / 2; step > 0; step /= 2) {
            kernel.add(sums, 0, sums, step * width, step * width);
        }
        System.arraycopy(sums, 0, out, outAt, width);
    }

    /** A row of terms, made on demand. */
    interface Terms {
        /** The terms of row {@code i}, in an array of its own. */
        void make(int i, Object into);
    }

    /** Sums over {@code rows > 0} rows of terms that are made a row at a time. */
    static void sum(RowKernel kernel, int rows, int width, Object out, Terms terms) {
        int parts = (rows + RowKernel.BLOCK - 1) / RowKernel.BLOCK;
        Object[] sums = new Object[parts];
        Threads.loop(parts, 1, (from, to) -> {
            Object row = kernel.scratch(width);
            var columns = new Columns(kernel, width, row, i -> {
                terms.make(i, row);
                return 0;
            });
            for (int p = from; p < to; p++) {
                int first = p * RowKernel.BLOCK;
                sums[p] = kernel.zeros(width);
                columns.sum(first, Math.min(RowKernel.BLOCK, rows - first), sums[p], 0);
            }
            Workspace.give(row);
        });
        tree(kernel, sums, 0, parts, width);
        System.arraycopy(sums[0], 0, out, 0, width);
    }

    private static void tree(RowKernel kernel, Object[] sums, int at, int n, int width) {
        if (n > 1) {
            int half = Integer.highestOneBit(n - 1);
            tree(kernel, sums, at, half, width);
            tree(kernel, sums, at + half, n - half, width);
            kernel.add(sums[at], 0, sums[at + half], 0, width);
        }
    }
}
