package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

/**
 * Rows of numbers, along some dimensions of an array, each shifted to mean 0 (where asked for) and scaled to a mean square
 * of 1; and what becomes of gradients then. All is computed in double: the gradient is what is left of terms that nearly
 * cancel. A row's sums do not depend on layout or threads.
 */
public final class Standardize {
    private static final int PARALLEL = 1 << 14;

    private Standardize() {}

    /** Which numbers are a row: row r has those at {@code starts[r] + segments[s] + i} for all s and all i below inner. */
    private record Rows(int[] starts, int[] segments, int inner) {
        static Rows of(Shape shape, boolean[] reduced) {
            int trailing = shape.rank();
            int inner = 1;
            while (trailing > 0 && reduced[trailing - 1]) {
                inner *= (int) shape.size(--trailing);
            }
            long[] strides = shape.strides();
            int[] starts = {0};
            int[] segments = {0};
            for (int d = 0; d < trailing; d++) {
                if (reduced[d]) {
                    segments = further(segments, shape.size(d), strides[d]);
                } else {
                    starts = further(starts, shape.size(d), strides[d]);
                }
            }
            return new Rows(starts, segments, inner);
        }

        private static int[] further(int[] offsets, long size, long stride) {
            int[] all = new int[offsets.length * (int) size];
            for (int i = 0; i < all.length; i++) {
                all[i] = offsets[i / (int) size] + i % (int) size * (int) stride;
            }
            return all;
        }

        int length() {
            return segments.length * inner;
        }

        void read(Strided x, int row, double[] into) {
            for (int s = 0; s < segments.length; s++) {
                int from = x.offset() + starts[row] + segments[s];
                int to = s * inner;
                if (x.dtype() == DType.F64) {
                    System.arraycopy(x.doubles(), from, into, to, inner);
                } else {
                    float[] array = x.floats();
                    for (int i = 0; i < inner; i++) {
                        into[to + i] = array[from + i];
                    }
                }
            }
        }

        void write(double[] from, Strided x, int row) {
            for (int s = 0; s < segments.length; s++) {
                int to = starts[row] + segments[s];
                if (x.dtype() == DType.F64) {
                    System.arraycopy(from, s * inner, x.doubles(), to, inner);
                } else {
                    float[] array = x.floats();
                    for (int i = 0; i < inner; i++) {
                        array[to + i] = (float) from[s * inner + i];
                    }
                }
            }
        }
    }

    /** A row that is being worked on. */
    private static final class Work {
        final double[] x;
        final double[] scratch;

        Work(int length) {
            x = new double[length];
            scratch = new double[length];
        }

        /** Makes the row standard; gives what it was multiplied with. */
        double standardize(boolean centred, double eps) {
            if (centred) {
                double mean = mean(x);
                for (int i = 0; i < x.length; i++) {
                    x[i] -= mean;
                }
            }
            double factor = 1 / Math.sqrt(meanProduct(x) + eps);
            for (int i = 0; i < x.length; i++) {
                x[i] *= factor;
            }
            return factor;
        }

        static double mean(double[] a) {
            return RowKernel.of(DType.F64).sum(a, 0, a.length) / a.length;
        }

        /** The mean of the products with the row. */
        double meanProduct(double[] a) {
            for (int i = 0; i < x.length; i++) {
                scratch[i] = x[i] * a[i];
            }
            return mean(scratch);
        }
    }

    /** {@code (x − mean) / √(variance + eps)} over the marked dimensions; without the mean if not centred. */
    public static Strided of(Strided x, boolean[] reduced, boolean centred, double eps) {
        Strided in = x.rowMajor();
        Strided out = Strided.zeros(x.dtype(), x.shape());
        Rows rows = Rows.of(x.shape(), reduced);
        Threads.loop(rows.starts().length, grain(rows), (from, to) -> {
            var work = new Work(rows.length());
            for (int r = from; r < to; r++) {
                rows.read(in, r, work.x);
                work.standardize(centred, eps);
                rows.write(work.x, out, r);
            }
        });
        return out;
    }

    /** The gradient of {@code x} when that of {@link #of} is {@code g}. */
    public static Strided gradient(Strided g, Strided x, boolean[] reduced, boolean centred, double eps) {
        Strided in = x.rowMajor();
        Strided incoming = g.rowMajor();
        Strided out = Strided.zeros(x.dtype(), x.shape());
        Rows rows = Rows.of(x.shape(), reduced);
        Threads.loop(rows.starts().length, grain(rows), (from, to) -> {
            var work = new Work(rows.length());
            double[] d = new double[rows.length()];
            for (int r = from; r < to; r++) {
                rows.read(in, r, work.x);
                double factor = work.standardize(centred, eps);
                rows.read(incoming, r, d);
                double mean = centred ? Work.mean(d) : 0;
                double along = work.meanProduct(d);
                for (int i = 0; i < d.length; i++) {
                    d[i] = factor * (d[i] - mean - work.x[i] * along);
                }
                rows.write(d, out, r);
            }
        });
        return out;
    }

    private static int grain(Rows rows) {
        return Math.max(1, PARALLEL / Math.max(1, rows.length()));
    }
}
