package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

/**
 * Matrix products. Every element is {@code fma(a[i,k], b[k,j], …)} over ascending k, whatever the layout, the tiling
 * or the number of threads, so that none of them changes a bit of the result. This class sees to batches, types and
 * threads; {@link FloatMatMul} and {@link DoubleMatMul} multiply.
 */
public final class MatMul {
    private static final long PARALLEL = 1 << 17;

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
        int k = (int) a.shape().size(rank - 1);
        if (out.numel() == 0 || k == 0) {
            return out;
        }
        new Batch(a, b, out, rank, (int) shape.size(rank - 2), (int) shape.size(rank - 1), k).run();
        return out;
    }

    /** Equally shaped products. */
    private record Batch(Strided a, Strided b, Strided out, int rank, int m, int n, int k) {
        void run() {
            int batches = out.numel() / (m * n);
            long work = Math.max(1, (long) m * n * k);
            int threads = (int) Math.clamp(work * batches / PARALLEL, 1, Threads.count());
            if (batches < threads) {
                for (int i = 0; i < batches; i++) {
                    product(i, threads);
                }
            } else if (threads == 1) {
                for (int i = 0; i < batches; i++) {
                    product(i, 1);
                }
            } else {
                Threads.loop(batches, (int) Math.max(1, PARALLEL / work), (from, to) -> {
                    for (int i = from; i < to; i++) {
                        product(i, 1);
                    }
                });
            }
        }

        private void product(int batch, int threads) {
            int ao = offset(a, batch);
            int bo = offset(b, batch);
            MatMul.add(
                    new Matrix(a.array(), ao, row(a), step(a)),
                    new Matrix(b.array(), bo, row(b), step(b)),
                    new Matrix(out.array(), batch * m * n, n, 1),
                    m,
                    n,
                    k,
                    true,
                    threads);
        }

        private int row(Strided x) {
            return (int) x.stride(rank - 2);
        }

        private int step(Strided x) {
            return (int) x.stride(rank - 1);
        }

        private int offset(Strided x, int batch) {
            int at = x.offset();
            int rest = batch;
            for (int d = rank - 3; d >= 0; d--) {
                int size = (int) x.shape().size(d);
                at += rest % size * (int) x.stride(d);
                rest /= size;
            }
            return at;
        }
    }

    /** A matrix in an array: element (i, j) lies at {@code at + i · row + j · step}. */
    record Matrix(Object array, int at, int row, int step) {}

    /**
     * Adds the product of {@code [m, k]} and {@code [k, n]} to {@code c}, all of one type: one chain of fused multiply-adds
     * over ascending k for each element. The rows of {@code c} are dense.
     */
    static void add(Matrix a, Matrix b, Matrix c, int m, int n, int k, int threads) {
        add(a, b, c, m, n, k, false, threads);
    }

    private static void add(Matrix a, Matrix b, Matrix c, int m, int n, int k, boolean fresh, int threads) {
        switch (c.array) {
            case float[] _ -> FloatMatMul.add(floats(a), floats(b), floats(c), m, n, k, fresh, threads);
            case double[] _ -> DoubleMatMul.add(doubles(a), doubles(b), doubles(c), m, n, k, fresh, threads);
            default ->
                Threads.loop(m, FloatMatMul.grain(m, threads), (from, to) -> {
                    for (int i = from; i < to; i++) {
                        row(a, b, c, i, n, k);
                    }
                });
        }
    }

    private static FloatMatMul.Matrix floats(Matrix x) {
        return new FloatMatMul.Matrix((float[]) x.array, x.at, x.row, x.step);
    }

    private static DoubleMatMul.Matrix doubles(Matrix x) {
        return new DoubleMatMul.Matrix((double[]) x.array, x.at, x.row, x.step);
    }

    private static void row(Matrix a, Matrix b, Matrix c, int i, int n, int k) {
        long[] x = (long[]) a.array;
        long[] y = (long[]) b.array;
        long[] z = (long[]) c.array;
        for (int p = 0; p < k; p++) {
            long a0 = x[a.at + i * a.row + p * a.step];
            for (int j = 0; j < n; j++) {
                z[c.at + i * c.row + j] += a0 * y[b.at + p * b.row + j * b.step];
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
            case F32 ->
                out.floats()[0] = FloatMatMul.dot(a.floats(), a.offset(), aStep, b.floats(), b.offset(), bStep, n);
            case F64 ->
                out.doubles()[0] = DoubleMatMul.dot(a.doubles(), a.offset(), aStep, b.doubles(), b.offset(), bStep, n);
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
}
