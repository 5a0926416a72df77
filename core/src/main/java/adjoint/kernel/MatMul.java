package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

/**
 * Matrix products. Every element is {@code fma(a[i,k], b[k,j], …)} over ascending k, whatever the layout, the tiling
 * or the number of threads, so that none of them changes a bit of the result.
 */
public final class MatMul {
    private static final int PARALLEL_FLOPS = 1 << 17;

    private MatMul() {}

    /**
     * The product of batches of matrices.
     *
     * @param a {@code [..., m, k]}
     * @param b {@code [..., k, n]} with leading dimensions equal to those of {@code a}, of the same element type
     * @param shape {@code [..., m, n]}
     */
    public static Strided multiply(Strided a, Strided b, Shape shape) {
        if (a.dtype().isNarrow()) {
            return Copy.of(multiply(Copy.of(a, DType.I64), Copy.of(b, DType.I64), shape), a.dtype());
        }
        Strided out = Strided.zeros(a.dtype(), shape);
        int rank = shape.rank();
        int m = (int) shape.size(rank - 2);
        int n = (int) shape.size(rank - 1);
        int k = (int) a.shape().size(rank - 1);
        int batches = 1;
        for (int d = 0; d < rank - 2; d++) {
            batches *= (int) shape.size(d);
        }
        if (out.numel() == 0 || k == 0) {
            return out;
        }
        int rows = batches * m;
        Strided right = n > 1 && b.stride(rank - 1) != 1 ? Copy.of(b, b.dtype()) : b;
        int grain = (int) Math.max(1, PARALLEL_FLOPS / Math.max(1L, (long) k * n));
        if (rows < 2 * grain) {
            rows(a, right, out, rank, m, k, n, 0, rows);
        } else {
            Threads.loop(rows, grain, (from, to) -> rows(a, right, out, rank, m, k, n, from, to));
        }
        return out;
    }

    private static void rows(Strided a, Strided b, Strided out, int rank, int m, int k, int n, int from, int to) {
        int aRow = (int) a.stride(rank - 2);
        int aStep = (int) a.stride(rank - 1);
        int bRow = (int) b.stride(rank - 2);
        int bStep = (int) b.stride(rank - 1);
        for (int r = from; r < to; r++) {
            int batch = r / m;
            int ao = batchOffset(a, batch, rank) + (r - batch * m) * aRow;
            int bo = batchOffset(b, batch, rank);
            switch (a.dtype()) {
                case F32 -> row(a.floats(), ao, aStep, b.floats(), bo, bRow, out.floats(), r * n, k, n);
                case F64 -> row(a.doubles(), ao, aStep, b.doubles(), bo, bRow, out.doubles(), r * n, k, n);
                default -> row(a.longs(), ao, aStep, b.longs(), bo, bRow, bStep, out.longs(), r * n, k, n);
            }
        }
    }

    /**
     * Adds the product of two matrices in arrays of one type to a third: {@code y[i, j] += Σ a[i, p]·b[p, j]}, as one
     * fma chain over ascending p for each element. Element (i, p) of a lies at {@code ao + i·aRow + p·aStep}; the rows
     * of b and y are dense.
     */
    static void add(
            Object a,
            int ao,
            int aRow,
            int aStep,
            Object b,
            int bo,
            int bRow,
            Object y,
            int yo,
            int yRow,
            int m,
            int k,
            int n) {
        for (int i = 0; i < m; i++) {
            int from = ao + i * aRow;
            int to = yo + i * yRow;
            switch (a) {
                case float[] x -> row(x, from, aStep, (float[]) b, bo, bRow, (float[]) y, to, k, n);
                case double[] x -> row(x, from, aStep, (double[]) b, bo, bRow, (double[]) y, to, k, n);
                default -> row((long[]) a, from, aStep, (long[]) b, bo, bRow, 1, (long[]) y, to, k, n);
            }
        }
    }

    private static int batchOffset(Strided x, int batch, int rank) {
        int at = x.offset();
        int rest = batch;
        for (int d = rank - 3; d >= 0; d--) {
            int size = (int) x.shape().size(d);
            at += rest % size * (int) x.stride(d);
            rest /= size;
        }
        return at;
    }

    private static void row(
            float[] a, int ao, int aStep, float[] b, int bo, int bRow, float[] y, int yo, int k, int n) {
        if (n == 1) {
            float s = y[yo];
            for (int p = 0; p < k; p++) {
                s = Math.fma(a[ao + p * aStep], b[bo + p * bRow], s);
            }
            y[yo] = s;
            return;
        }
        int p = 0;
        for (; p + 3 < k; p += 4) {
            float a0 = a[ao + p * aStep];
            float a1 = a[ao + (p + 1) * aStep];
            float a2 = a[ao + (p + 2) * aStep];
            float a3 = a[ao + (p + 3) * aStep];
            int b0 = bo + p * bRow;
            int b1 = b0 + bRow;
            int b2 = b1 + bRow;
            int b3 = b2 + bRow;
            for (int j = 0; j < n; j++) {
                y[yo + j] = Math.fma(
                        a3,
                        b[b3 + j],
                        Math.fma(a2, b[b2 + j], Math.fma(a1, b[b1 + j], Math.fma(a0, b[b0 + j], y[yo + j]))));
            }
        }
        for (; p < k; p++) {
            float a0 = a[ao + p * aStep];
            int b0 = bo + p * bRow;
            for (int j = 0; j < n; j++) {
                y[yo + j] = Math.fma(a0, b[b0 + j], y[yo + j]);
            }
        }
    }

    private static void row(
            double[] a, int ao, int aStep, double[] b, int bo, int bRow, double[] y, int yo, int k, int n) {
        if (n == 1) {
            double s = y[yo];
            for (int p = 0; p < k; p++) {
                s = Math.fma(a[ao + p * aStep], b[bo + p * bRow], s);
            }
            y[yo] = s;
            return;
        }
        int p = 0;
        for (; p + 3 < k; p += 4) {
            double a0 = a[ao + p * aStep];
            double a1 = a[ao + (p + 1) * aStep];
            double a2 = a[ao + (p + 2) * aStep];
            double a3 = a[ao + (p + 3) * aStep];
            int b0 = bo + p * bRow;
            int b1 = b0 + bRow;
            int b2 = b1 + bRow;
            int b3 = b2 + bRow;
            for (int j = 0; j < n; j++) {
                y[yo + j] = Math.fma(
                        a3,
                        b[b3 + j],
                        Math.fma(a2, b[b2 + j], Math.fma(a1, b[b1 + j], Math.fma(a0, b[b0 + j], y[yo + j]))));
            }
        }
        for (; p < k; p++) {
            double a0 = a[ao + p * aStep];
            int b0 = bo + p * bRow;
            for (int j = 0; j < n; j++) {
                y[yo + j] = Math.fma(a0, b[b0 + j], y[yo + j]);
            }
        }
    }

    private static void row(
            long[] a, int ao, int aStep, long[] b, int bo, int bRow, int bStep, long[] y, int yo, int k, int n) {
        for (int p = 0; p < k; p++) {
            long a0 = a[ao + p * aStep];
            for (int j = 0; j < n; j++) {
                y[yo + j] += a0 * b[bo + p * bRow + j * bStep];
            }
        }
    }

    /** The sum of the products of two vectors of the same type and length, as a 0-d result. */
    public static Strided dot(Strided a, Strided b) {
        if (a.dtype().isNarrow()) {
            return Copy.of(dot(Copy.of(a, DType.I64), Copy.of(b, DType.I64)), a.dtype());
        }
        Strided out = Strided.zeros(a.dtype(), Shape.SCALAR);
        int n = a.numel();
        int aStep = n == 0 ? 0 : (int) a.stride(0);
        int bStep = n == 0 ? 0 : (int) b.stride(0);
        switch (a.dtype()) {
            case F32 -> out.floats()[0] = dot(a.floats(), a.offset(), aStep, b.floats(), b.offset(), bStep, n);
            case F64 -> out.doubles()[0] = dot(a.doubles(), a.offset(), aStep, b.doubles(), b.offset(), bStep, n);
            default -> {
                long s = 0;
                for (int i = 0; i < n; i++) {
                    s += a.longs()[a.offset() + i * aStep] * b.longs()[b.offset() + i * bStep];
                }
                out.longs()[0] = s;
            }
        }
        return out;
    }

    private static final int BLOCK = 1024;

    private static float dot(float[] a, int ao, int aStep, float[] b, int bo, int bStep, int n) {
        if (n > BLOCK) {
            int half = Integer.highestOneBit((n - 1) / BLOCK) * BLOCK;
            return dot(a, ao, aStep, b, bo, bStep, half)
                    + dot(a, ao + half * aStep, aStep, b, bo + half * bStep, bStep, n - half);
        }
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 = Math.fma(a[ao + i * aStep], b[bo + i * bStep], s0);
            s1 = Math.fma(a[ao + (i + 1) * aStep], b[bo + (i + 1) * bStep], s1);
            s2 = Math.fma(a[ao + (i + 2) * aStep], b[bo + (i + 2) * bStep], s2);
            s3 = Math.fma(a[ao + (i + 3) * aStep], b[bo + (i + 3) * bStep], s3);
        }
        if (i < n) {
            s0 = Math.fma(a[ao + i * aStep], b[bo + i * bStep], s0);
        }
        if (i + 1 < n) {
            s1 = Math.fma(a[ao + (i + 1) * aStep], b[bo + (i + 1) * bStep], s1);
        }
        if (i + 2 < n) {
            s2 = Math.fma(a[ao + (i + 2) * aStep], b[bo + (i + 2) * bStep], s2);
        }
        return (s0 + s2) + (s1 + s3);
    }

    private static double dot(double[] a, int ao, int aStep, double[] b, int bo, int bStep, int n) {
        if (n > BLOCK) {
            int half = Integer.highestOneBit((n - 1) / BLOCK) * BLOCK;
            return dot(a, ao, aStep, b, bo, bStep, half)
                    + dot(a, ao + half * aStep, aStep, b, bo + half * bStep, bStep, n - half);
        }
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 = Math.fma(a[ao + i * aStep], b[bo + i * bStep], s0);
            s1 = Math.fma(a[ao + (i + 1) * aStep], b[bo + (i + 1) * bStep], s1);
            s2 = Math.fma(a[ao + (i + 2) * aStep], b[bo + (i + 2) * bStep], s2);
            s3 = Math.fma(a[ao + (i + 3) * aStep], b[bo + (i + 3) * bStep], s3);
        }
        if (i < n) {
            s0 = Math.fma(a[ao + i * aStep], b[bo + i * bStep], s0);
        }
        if (i + 1 < n) {
            s1 = Math.fma(a[ao + (i + 1) * aStep], b[bo + (i + 1) * bStep], s1);
        }
        if (i + 2 < n) {
            s2 = Math.fma(a[ao + (i + 2) * aStep], b[bo + (i + 2) * bStep], s2);
        }
        return (s0 + s2) + (s1 + s3);
    }
}
