package adjoint.kernel;

import adjoint.types.Shape;

/**
 * Weighted sums along one dimension: {@code y[i] = Σ weight[t] · x[position[t]]} over t from {@code start[i]} up to
 * {@code start[i + 1]}. The lines are shared by the threads, each being done by one.
 */
public record Resampling(int[] start, int[] position, double[] weight) {
    private static final int GRAIN = 1 << 14;

    private static int product(Shape shape, int from, int to) {
        int n = 1;
        for (int d = from; d < to; d++) {
            n *= (int) shape.size(d);
        }
        return n;
    }

    /** One line of a wide tensor added, times a factor, to another; {@code inner} numbers each. */
    @FunctionalInterface
    private interface Line {
        void add(int from, int to, double factor);
    }

    private static Line line(Strided in, Strided out, int inner) {
        return switch (in.dtype()) {
            case F32 -> {
                float[] x = in.floats();
                float[] y = out.floats();
                yield (from, to, factor) -> {
                    float f = (float) factor;
                    for (int j = 0; j < inner; j++) {
                        y[to + j] += f * x[from + j];
                    }
                };
            }
            default -> {
                double[] x = in.doubles();
                double[] y = out.doubles();
                yield (from, to, factor) -> {
                    for (int j = 0; j < inner; j++) {
                        y[to + j] += factor * x[from + j];
                    }
                };
            }
        };
    }

    /** The sums along {@code dim}. */
    public Strided read(Strided x, int dim, Shape shape) {
        Strided in = x.rowMajor();
        Strided out = Strided.zeros(x.dtype(), shape);
        int inner = product(shape, dim + 1, shape.rank());
        int size = (int) x.shape().size(dim);
        int count = (int) shape.size(dim);
        each(out, dim, position.length * inner, outer -> {
            int from = in.offset() + outer * size * inner;
            int to = outer * count * inner;
            if (inner == 1) {
                sums(in.array(), from, out.array(), to, count);
                return;
            }
            Line line = line(in, out, inner);
            for (int i = 0; i < count; i++) {
                for (int t = start[i]; t < start[i + 1]; t++) {
                    line.add(from + position[t] * inner, to + i * inner, weight[t]);
                }
            }
        });
        return out;
    }

    /** The transpose of {@link #read}: every number, times its weights, added to where it was read from. */
    public Strided add(Strided g, int dim, Shape shape) {
        Strided in = g.rowMajor();
        Strided out = Strided.zeros(g.dtype(), shape);
        int inner = product(shape, dim + 1, shape.rank());
        int size = (int) shape.size(dim);
        int count = (int) g.shape().size(dim);
        each(out, dim, position.length * inner, outer -> {
            int from = in.offset() + outer * count * inner;
            int to = outer * size * inner;
            if (inner == 1) {
                spread(in.array(), from, out.array(), to, count);
                return;
            }
            Line line = line(in, out, inner);
            for (int i = 0; i < count; i++) {
                for (int t = start[i]; t < start[i + 1]; t++) {
                    line.add(from + i * inner, to + position[t] * inner, weight[t]);
                }
            }
        });
        return out;
    }

    private static void each(Strided out, int dim, int work, java.util.function.IntConsumer body) {
        if (out.numel() == 0) {
            return;
        }
        int grain = Math.max(1, GRAIN / Math.max(work, 1));
        Threads.loop(product(out.shape(), 0, dim), grain, (from, to) -> {
            for (int outer = from; outer < to; outer++) {
                body.accept(outer);
            }
        });
    }

    private void sums(Object from, int at, Object to, int o, int count) {
        if (from instanceof float[] x) {
            float[] y = (float[]) to;
            for (int i = 0; i < count; i++) {
                float sum = 0;
                for (int t = start[i]; t < start[i + 1]; t++) {
                    sum += (float) weight[t] * x[at + position[t]];
                }
                y[o + i] = sum;
            }
        } else {
            double[] x = (double[]) from;
            double[] y = (double[]) to;
            for (int i = 0; i < count; i++) {
                double sum = 0;
                for (int t = start[i]; t < start[i + 1]; t++) {
                    sum += weight[t] * x[at + position[t]];
                }
                y[o + i] = sum;
            }
        }
    }

    private void spread(Object from, int at, Object to, int o, int count) {
        if (from instanceof float[] x) {
            float[] y = (float[]) to;
            for (int i = 0; i < count; i++) {
                for (int t = start[i]; t < start[i + 1]; t++) {
                    y[o + position[t]] += (float) weight[t] * x[at + i];
                }
            }
        } else {
            double[] x = (double[]) from;
            double[] y = (double[]) to;
            for (int i = 0; i < count; i++) {
                for (int t = start[i]; t < start[i + 1]; t++) {
                    y[o + position[t]] += weight[t] * x[at + i];
                }
            }
        }
    }
}
