package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

/**
 * Sums and extremes along dimensions. A sum's order is that of {@link RowKernel}, whatever the layout: rows are summed
 * where they lie, columns side by side, and what lies scattered is gathered part by part.
 */
public final class Reduce {
    private static final int PARALLEL = 1 << 15;

    /** Rows are summed in parts of this many terms, subtrees of the order, which threads share. */
    static final int PART = 64 * RowKernel.BLOCK;

    /** Terms that are made at a time. */
    private static final int CHUNK = 8 * RowKernel.BLOCK;

    /** Columns that are summed side by side: their running sums stay in the nearest cache. */
    private static final int COLUMNS = 256;

    /** So few columns are not worth it, unless there are no others. */
    private static final int FEW_COLUMNS = 8;

    private Reduce() {}

    /** An input seen as rows to be reduced: element k of row r lies at {@code offset + r·n + k}. */
    private record Rows(Strided x, int rows, int n) {
        static Rows of(Strided in, boolean[] reduced) {
            Strided ordered = reducedLast(in, reduced).rowMajor();
            int n = 1;
            int rows = 1;
            for (int d = 0; d < reduced.length; d++) {
                n *= reduced[d] ? (int) in.shape().size(d) : 1;
                rows *= reduced[d] ? 1 : (int) in.shape().size(d);
            }
            return new Rows(ordered, rows, n);
        }

        int start(int row) {
            return x.offset() + row * n;
        }
    }

    private static Strided reducedLast(Strided in, boolean[] reduced) {
        int rank = reduced.length;
        long[] sizes = new long[rank];
        long[] strides = new long[rank];
        int at = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int d = 0; d < rank; d++) {
                if (reduced[d] == (pass == 1)) {
                    sizes[at] = in.shape().size(d);
                    strides[at++] = in.stride(d);
                }
            }
        }
        return in.view(Shape.of(sizes), in.offset(), strides);
    }

    // ---------------------------------------------------------------- sums

    /** Sums over the marked dimensions; truth values and integers as I64. The result is row-major of {@code shape}. */
    public static Strided sum(Strided in, boolean[] reduced, Shape shape) {
        if (!in.dtype().isFloating()) {
            return wholeSum(in, reduced, shape);
        }
        Strided out = Strided.zeros(in.dtype(), shape);
        if (out.numel() == 1 && in.isRowMajor() && in.numel() <= PART) {
            set(out, 0, RowKernel.of(in.dtype()).sum(in.array(), in.offset(), in.numel()));
            return out;
        }
        Axes kept = Axes.of(in, reduced, false);
        Axes summed = Axes.of(in, reduced, true);
        if (kept.count() == 0 || summed.count() == 0) {
            return out;
        }
        var kernel = RowKernel.of(in.dtype());
        Object x = in.array();
        int offset = in.offset();
        if (summed.dense()) {
            sumParts(kept.count(), summed.count(), out, (r, k, n) -> kernel.sum(x, offset + kept.offset(r) + k, n));
        } else if (areColumns(kept)) {
            columns(in, kept, summed, out);
        } else if (summed.innerDense() && summed.inner() >= RowKernel.LANES) {
            sumParts(kept.count(), summed.count(), out, (r, k, n) -> {
                Object part = kernel.scratch(n);
                summed.gather(x, offset + kept.offset(r), k, part, n);
                double sum = kernel.sum(part, 0, n);
                Workspace.give(part);
                return sum;
            });
        } else {
            Rows rows = Rows.of(in, reduced);
            Object ordered = rows.x().array();
            sumParts(rows.rows(), rows.n(), out, (r, k, n) -> kernel.sum(ordered, rows.start(r) + k, n));
        }
        return out;
    }

    /** Sums of squares over the marked dimensions; null where they do not lie as rows, so that squares come first. */
    public static Strided squares(Strided in, boolean[] reduced, Shape shape) {
        Axes kept = Axes.of(in, reduced, false);
        Axes summed = Axes.of(in, reduced, true);
        if (!summed.dense() || summed.count() == 0) {
            return null;
        }
        Strided out = Strided.zeros(in.dtype(), shape);
        var kernel = RowKernel.of(in.dtype());
        Object x = in.array();
        sumParts(kept.count(), summed.count(), out, (r, k, n) -> {
            int at = in.offset() + kept.offset(r) + k;
            return kernel.products(x, at, 0, x, at, 0, n);
        });
        return out;
    }

    /** Makes terms of a sum. */
    @FunctionalInterface
    public interface Terms {
        /** Puts {@code n} terms, from the {@code from}-th on, to the beginning of an array. */
        void make(int from, int n, Object into);
    }

    /** The sum of {@code n > 0} terms that are made when they are needed, as many as stay in the nearest cache. */
    public static Strided sumOf(DType dtype, int n, Terms terms) {
        Strided out = Strided.zeros(dtype, Shape.SCALAR);
        var kernel = RowKernel.of(dtype);
        sumParts(1, n, out, (_, from, count) -> {
            Object scratch = kernel.scratch(CHUNK);
            double sum = chunks(kernel, terms, scratch, from, count);
            Workspace.give(scratch);
            return sum;
        });
        return out;
    }

    private static double chunks(RowKernel kernel, Terms terms, Object scratch, int from, int n) {
        if (n <= CHUNK) {
            terms.make(from, n, scratch);
            return kernel.sum(scratch, 0, n);
        }
        int half = RowKernel.half(n);
        double sum = chunks(kernel, terms, scratch, from, half) + chunks(kernel, terms, scratch, from + half, n - half);
        return scratch instanceof float[] ? (float) sum : sum;
    }

    /** The sum of a part of a row. */
    @FunctionalInterface
    public interface Part {
        /** Of {@code n} terms from the {@code from}-th on; no more than {@value #PART}. */
        double sum(int row, int from, int n);
    }

    /** Sums of rows of {@code n > 0} terms, each part by part; the parts' sums are added as the order wants it. */
    public static void sumParts(int rows, int n, Strided out, Part part) {
        if (n <= PART) {
            Threads.loop(rows, Math.max(1, PARALLEL / n), (from, to) -> {
                for (int r = from; r < to; r++) {
                    set(out, r, part.sum(r, 0, n));
                }
            });
            return;
        }
        int parts = (n + PART - 1) / PART;
        double[] sums = new double[rows * parts];
        Threads.loop(sums.length, Math.max(1, PARALLEL / PART), (from, to) -> {
            for (int i = from; i < to; i++) {
                int first = i % parts * PART;
                sums[i] = part.sum(i / parts, first, Math.min(PART, n - first));
            }
        });
        for (int r = 0; r < rows; r++) {
            set(out, r, tree(sums, r * parts, parts, out.dtype() == DType.F32));
        }
    }

    /** Rounding a sum of two floats first to double changes nothing: that has more than twice their bits. */
    private static double tree(double[] sums, int at, int n, boolean single) {
        if (n == 1) {
            return sums[at];
        }
        int half = Integer.highestOneBit(n - 1);
        double sum = tree(sums, at, half, single) + tree(sums, at + half, n - half, single);
        return single ? (float) sum : sum;
    }

    private static void set(Strided out, int i, double v) {
        if (out.dtype() == DType.F32) {
            out.floats()[i] = (float) v;
        } else {
            out.doubles()[i] = v;
        }
    }

    /** Whole numbers and truth values, whose sums are the same in any order. */
    private static Strided wholeSum(Strided in, boolean[] reduced, Shape shape) {
        if (in.dtype().isNarrow()) {
            return wholeSum(Copy.of(in, DType.I64), reduced, shape);
        }
        Strided out = Strided.zeros(DType.I64, shape);
        Rows rows = Rows.of(in, reduced);
        int n = rows.n();
        boolean truth = in.dtype() == DType.BOOL;
        Threads.loop(rows.rows(), Math.max(1, PARALLEL / Math.max(n, 1)), (from, to) -> {
            for (int r = from; r < to; r++) {
                int start = rows.start(r);
                out.longs()[r] = truth
                        ? count(rows.x().booleans(), start, n)
                        : sum(rows.x().longs(), start, n);
            }
        });
        return out;
    }

    private static int count(boolean[] x, int at, int n) {
        int s = 0;
        for (int i = at; i < at + n; i++) {
            s += x[i] ? 1 : 0;
        }
        return s;
    }

    private static long sum(long[] x, int at, int n) {
        long s = 0;
        for (int i = at; i < at + n; i++) {
            s += x[i];
        }
        return s;
    }

    // ---------------------------------------------------------------- columns

    /** Whether results lie side by side, and enough of them that it pays to work on all together. */
    private static boolean areColumns(Axes kept) {
        return kept.innerDense() && (kept.inner() >= FEW_COLUMNS || (kept.inner() > 1 && kept.count() == kept.inner()));
    }

    @FunctionalInterface
    private interface Group {
        /** Columns side by side, {@code count} from the {@code first} result on. */
        void run(int first, int count);
    }

    private static void forColumns(Axes kept, int n, Group group) {
        int inner = kept.inner();
        int groups = (inner + COLUMNS - 1) / COLUMNS;
        int width = Math.min(inner, COLUMNS);
        Threads.loop(kept.count() / Math.max(inner, 1) * groups, Math.max(1, PARALLEL / width / n), (from, to) -> {
            for (int i = from; i < to; i++) {
                int first = i % groups * COLUMNS;
                group.run(i / groups * inner + first, Math.min(COLUMNS, inner - first));
            }
        });
    }

    private static void columns(Strided in, Axes kept, Axes summed, Strided out) {
        var kernel = RowKernel.of(in.dtype());
        int n = summed.count();
        forColumns(kept, n, (first, count) -> {
            int base = in.offset() + kept.offset(first);
            new Columns(kernel, count, in.array(), k -> base + summed.offset(k)).sum(0, n, out.array(), first);
        });
    }

    // ---------------------------------------------------------------- extremes

    /** The largest or smallest over the marked dimensions (none of them empty); NaN if there is one. */
    public static Strided extreme(Strided in, boolean[] reduced, Shape shape, boolean max) {
        if (!in.dtype().isFloating()) {
            return wholeExtreme(in, reduced, shape, max);
        }
        Strided out = Strided.zeros(in.dtype(), shape);
        var kernel = RowKernel.of(in.dtype());
        Axes kept = Axes.of(in, reduced, false);
        Axes along = Axes.of(in, reduced, true);
        if (!along.dense() && areColumns(kept)) {
            extremeColumns(in, kept, along, out, max);
            return out;
        }
        Rows rows = Rows.of(in, reduced);
        Object x = rows.x().array();
        int n = rows.n();
        int parts = (n + PART - 1) / PART;
        double[] found = new double[rows.rows() * parts];
        Threads.loop(found.length, Math.max(1, PARALLEL / Math.min(n, PART)), (from, to) -> {
            for (int i = from; i < to; i++) {
                int first = i % parts * PART;
                found[i] = kernel.extreme(x, rows.start(i / parts) + first, Math.min(PART, n - first), max);
            }
        });
        for (int i = 0; i < found.length; i++) {
            if (i % parts != 0) {
                found[i] = max ? Math.max(found[i - 1], found[i]) : Math.min(found[i - 1], found[i]);
            }
            set(out, i / parts, found[i]);
        }
        return out;
    }

    private static void extremeColumns(Strided in, Axes kept, Axes along, Strided out, boolean max) {
        var kernel = RowKernel.of(in.dtype());
        int n = along.count();
        forColumns(kept, n, (first, count) -> {
            int base = in.offset() + kept.offset(first);
            System.arraycopy(in.array(), base, out.array(), first, count);
            for (int k = 1; k < n; k++) {
                kernel.better(out.array(), first, in.array(), base + along.offset(k), count, max);
            }
        });
    }

    private static Strided wholeExtreme(Strided in, boolean[] reduced, Shape shape, boolean max) {
        Strided index = argExtreme(in, reduced, shape, max);
        Rows rows = Rows.of(in, reduced);
        Object array = Memory.allocate(in.dtype(), shape);
        for (int r = 0; r < rows.rows(); r++) {
            System.arraycopy(rows.x().array(), rows.start(r) + (int) index.longs()[r], array, r, 1);
        }
        return Strided.of(array, in.dtype(), shape);
    }

    /** Where the largest or smallest lies among the marked dimensions, row-major; the first of equals, or of NaNs. */
    public static Strided argExtreme(Strided in, boolean[] reduced, Shape shape, boolean max) {
        if (in.dtype().isNarrow()) {
            return argExtreme(Copy.of(in, DType.I64), reduced, shape, max);
        }
        Rows rows = Rows.of(in, reduced);
        Strided out = Strided.zeros(DType.I64, shape);
        Object x = rows.x().array();
        int n = rows.n();
        Threads.loop(rows.rows(), Math.max(1, PARALLEL / Math.max(n, 1)), (from, to) -> {
            for (int r = from; r < to; r++) {
                int start = rows.start(r);
                out.longs()[r] = switch (in.dtype()) {
                    case BOOL -> best((boolean[]) x, start, n, max);
                    case F32, F64 -> {
                        var kernel = RowKernel.of(in.dtype());
                        yield kernel.find(x, start, n, kernel.extreme(x, start, n, max));
                    }
                    default -> best((long[]) x, start, n, max);
                };
            }
        });
        return out;
    }

    private static int best(long[] x, int at, int n, boolean max) {
        int best = 0;
        for (int k = 1; k < n; k++) {
            if (max ? x[at + k] > x[at + best] : x[at + k] < x[at + best]) {
                best = k;
            }
        }
        return best;
    }

    private static int best(boolean[] x, int at, int n, boolean max) {
        for (int k = 0; k < n; k++) {
            if (x[at + k] == max) {
                return k;
            }
        }
        return 0;
    }
}
