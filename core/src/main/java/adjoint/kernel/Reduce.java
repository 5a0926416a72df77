package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

/**
 * Sums and extremes along dimensions.
 *
 * <p>A sum's order is fixed by the number of its terms alone: blocks of {@value #BLOCK} terms with {@value #LANES}
 * running sums each, the blocks added pairwise as a tree. Neither layout, nor threads, nor vector width change a bit of
 * it, and the rounding error grows with the logarithm of the length.
 */
public final class Reduce {
    private static final int LANES = 8;
    private static final int BLOCK = 512;
    private static final int PARALLEL = 1 << 15;

    private Reduce() {}

    /** An input seen as rows to be reduced: element k of row r lies at {@code offset + r·n + k}. */
    private record Rows(Strided x, int rows, int n) {
        static Rows of(Strided in, boolean[] reduced) {
            Strided ordered = reducedLast(in, reduced).rowMajor();
            int n = 1;
            for (int d = 0; d < reduced.length; d++) {
                n *= reduced[d] ? (int) in.shape().size(d) : 1;
            }
            int rows = 1;
            for (int d = 0; d < reduced.length; d++) {
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

    /** Sums over the marked dimensions; truth values and integers as I64. The result is row-major of {@code shape}. */
    public static Strided sum(Strided in, boolean[] reduced, Shape shape) {
        if (in.dtype() == DType.BOOL || in.dtype().isNarrow()) {
            return sum(Copy.of(in, DType.I64), reduced, shape);
        }
        Strided out = Strided.zeros(in.dtype(), shape);
        int leading = leadingReduced(reduced);
        if (in.isRowMajor()
                && leading > 0
                && leading < reduced.length
                && in.numel() > 0
                && in.dtype().isFloating()) {
            int n = 1;
            for (int d = 0; d < leading; d++) {
                n *= (int) in.shape().size(d);
            }
            if (n < in.numel()) { // a single column is a row too
                columns(in, n, in.numel() / n, out);
                return out;
            }
        }
        Rows rows = Rows.of(in, reduced);
        int n = rows.n();
        Threads.loop(rows.rows(), Math.max(1, PARALLEL / Math.max(n, 1)), (from, to) -> {
            for (int r = from; r < to; r++) {
                int start = rows.start(r);
                switch (in.dtype()) {
                    case F32 -> out.floats()[r] = sum(rows.x().floats(), start, n);
                    case F64 -> out.doubles()[r] = sum(rows.x().doubles(), start, n);
                    default -> {
                        long s = 0;
                        long[] x = rows.x().longs();
                        for (int k = 0; k < n; k++) {
                            s += x[start + k];
                        }
                        out.longs()[r] = s;
                    }
                }
            }
        });
        return out;
    }

    /** How many dimensions are reduced if they are exactly the first ones, else 0. */
    private static int leadingReduced(boolean[] reduced) {
        int leading = 0;
        while (leading < reduced.length && reduced[leading]) {
            leading++;
        }
        for (int d = leading; d < reduced.length; d++) {
            if (reduced[d]) {
                return 0;
            }
        }
        return leading;
    }

    /** Where the tree of blocks divides {@code n > BLOCK} terms. */
    private static int half(int n) {
        int blocks = (n + BLOCK - 1) / BLOCK;
        return Integer.highestOneBit(blocks - 1) * BLOCK;
    }

    static float sum(float[] x, int at, int n) {
        if (n > BLOCK) {
            int half = half(n);
            return sum(x, at, half) + sum(x, at + half, n - half);
        }
        if (n < LANES) {
            float s = 0;
            for (int i = 0; i < n; i++) {
                s += x[at + i];
            }
            return s;
        }
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int i = at;
        int end = at + (n & -LANES);
        for (; i < end; i += LANES) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        int rest = at + n - i;
        s0 += rest > 0 ? x[i] : 0;
        s1 += rest > 1 ? x[i + 1] : 0;
        s2 += rest > 2 ? x[i + 2] : 0;
        s3 += rest > 3 ? x[i + 3] : 0;
        s4 += rest > 4 ? x[i + 4] : 0;
        s5 += rest > 5 ? x[i + 5] : 0;
        s6 += rest > 6 ? x[i + 6] : 0;
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    static double sum(double[] x, int at, int n) {
        if (n > BLOCK) {
            int half = half(n);
            return sum(x, at, half) + sum(x, at + half, n - half);
        }
        if (n < LANES) {
            double s = 0;
            for (int i = 0; i < n; i++) {
                s += x[at + i];
            }
            return s;
        }
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int i = at;
        int end = at + (n & -LANES);
        for (; i < end; i += LANES) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        int rest = at + n - i;
        s0 += rest > 0 ? x[i] : 0;
        s1 += rest > 1 ? x[i + 1] : 0;
        s2 += rest > 2 ? x[i + 2] : 0;
        s3 += rest > 3 ? x[i + 3] : 0;
        s4 += rest > 4 ? x[i + 4] : 0;
        s5 += rest > 5 ? x[i + 5] : 0;
        s6 += rest > 6 ? x[i + 6] : 0;
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    /** Sums of columns of an {@code n × columns} matrix, each in the same order as {@link #sum(float[], int, int)}. */
    private static void columns(Strided in, int n, int columns, Strided out) {
        Threads.loop(columns, Math.max(64, PARALLEL / n), (from, to) -> {
            int width = to - from;
            if (in.dtype() == DType.F32) {
                float[] sums = columns(in.floats(), in.offset() + from, columns, n, width);
                System.arraycopy(sums, 0, out.floats(), from, width);
            } else {
                double[] sums = columns(in.doubles(), in.offset() + from, columns, n, width);
                System.arraycopy(sums, 0, out.doubles(), from, width);
            }
        });
    }

    private static float[] columns(float[] x, int at, int pitch, int n, int width) {
        if (n > BLOCK) {
            int half = half(n);
            float[] a = columns(x, at, pitch, half, width);
            float[] b = columns(x, at + half * pitch, pitch, n - half, width);
            for (int c = 0; c < width; c++) {
                a[c] += b[c];
            }
            return a;
        }
        int lanes = n < LANES ? 1 : LANES;
        float[][] s = new float[lanes][width];
        for (int i = 0; i < n; i++) {
            float[] row = s[i % lanes];
            int start = at + i * pitch;
            for (int c = 0; c < width; c++) {
                row[c] += x[start + c];
            }
        }
        for (int step = lanes / 2; step > 0; step /= 2) {
            for (int l = 0; l < step; l++) {
                for (int c = 0; c < width; c++) {
                    s[l][c] += s[l + step][c];
                }
            }
        }
        return s[0];
    }

    private static double[] columns(double[] x, int at, int pitch, int n, int width) {
        if (n > BLOCK) {
            int half = half(n);
            double[] a = columns(x, at, pitch, half, width);
            double[] b = columns(x, at + half * pitch, pitch, n - half, width);
            for (int c = 0; c < width; c++) {
                a[c] += b[c];
            }
            return a;
        }
        int lanes = n < LANES ? 1 : LANES;
        double[][] s = new double[lanes][width];
        for (int i = 0; i < n; i++) {
            double[] row = s[i % lanes];
            int start = at + i * pitch;
            for (int c = 0; c < width; c++) {
                row[c] += x[start + c];
            }
        }
        for (int step = lanes / 2; step > 0; step /= 2) {
            for (int l = 0; l < step; l++) {
                for (int c = 0; c < width; c++) {
                    s[l][c] += s[l + step][c];
                }
            }
        }
        return s[0];
    }

    /** The largest or smallest over the marked dimensions (none of them empty); NaN if there is one. */
    public static Strided extreme(Strided in, boolean[] reduced, Shape shape, boolean max) {
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
        int n = rows.n();
        for (int r = 0; r < rows.rows(); r++) {
            int start = rows.start(r);
            out.longs()[r] = switch (in.dtype()) {
                case F32 -> best(rows.x().floats(), start, n, max);
                case F64 -> best(rows.x().doubles(), start, n, max);
                case BOOL -> best(rows.x().booleans(), start, n, max);
                default -> best(rows.x().longs(), start, n, max);
            };
        }
        return out;
    }

    private static int best(float[] x, int at, int n, boolean max) {
        int best = 0;
        for (int k = 0; k < n; k++) {
            float v = x[at + k];
            if (Float.isNaN(v)) {
                return k;
            }
            if (max ? v > x[at + best] : v < x[at + best]) {
                best = k;
            }
        }
        return best;
    }

    private static int best(double[] x, int at, int n, boolean max) {
        int best = 0;
        for (int k = 0; k < n; k++) {
            double v = x[at + k];
            if (Double.isNaN(v)) {
                return k;
            }
            if (max ? v > x[at + best] : v < x[at + best]) {
                best = k;
            }
        }
        return best;
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
