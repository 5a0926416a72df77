package adjoint.tensor;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.kernel.TorchSampling;
import adjoint.kernel.TorchStream;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Fresh arrays of random numbers, each made of the words that PyTorch would take for it, in PyTorch's order. */
final class Draws {
    private Draws() {}

    /** How an array is filled. */
    interface Draw {
        /** Numbers of this type and shape, row-major; {@code layout} is how they will lie in memory in the end. */
        Strided of(TorchStream stream, DType dtype, Shape shape, Layout layout);
    }

    /** How a tensor lies in memory: PyTorch draws normal numbers differently for one that is not contiguous. */
    enum Layout {
        CONTIGUOUS,
        OTHER
    }

    static Draw uniform(double low, double high) {
        return (stream, dtype, shape, _) -> {
            Strided out = Strided.zeros(dtype, shape);
            if (dtype == DType.F64) {
                stream.uniform(out.doubles(), 0, out.numel(), low, high);
            } else {
                stream.uniform(out.floats(), 0, out.numel(), low, high);
            }
            return out;
        };
    }

    static Draw normal(double mean, double std) {
        return (stream, dtype, shape, layout) -> {
            if (layout == Layout.OTHER) {
                return reals(dtype, shape, () -> stream.nextNormal(mean, std));
            }
            Strided out = Strided.zeros(dtype, shape);
            if (dtype == DType.F64) {
                stream.normal(out.doubles(), 0, out.numel(), mean, std);
            } else {
                stream.normal(out.floats(), 0, out.numel(), mean, std);
            }
            return out;
        };
    }

    /** Integers from {@code low} to before {@code high}. */
    static Draw integers(long low, long high) {
        return (stream, dtype, shape, _) -> {
            long[] values = new long[(int) shape.numel()];
            stream.integers(values, 0, values.length, low, high);
            return wholes(dtype, shape, values);
        };
    }

    static Draw permutation(int n) {
        return (stream, dtype, shape, _) -> {
            long[] values = new long[n];
            stream.permutation(values, 0, n);
            return wholes(dtype, shape, values);
        };
    }

    /** 1 with probability {@code p}, else 0. */
    static Draw bernoulli(double p) {
        return (stream, dtype, shape, _) -> {
            Strided out = Strided.zeros(dtype, shape);
            switch (dtype) {
                case F32 -> stream.bernoulli(out.floats(), 0, out.numel(), p);
                case F64 -> stream.bernoulli(out.doubles(), 0, out.numel(), p);
                default -> {
                    for (int i = 0; i < out.numel(); i++) {
                        out.setInteger(i, stream.nextBernoulli(p) ? 1 : 0);
                    }
                }
            }
            return out;
        };
    }

    /** 1 with the probability at the same place of {@code p}, else 0; of its type. */
    static Strided bernoulli(TorchStream stream, Strided p) {
        Strided rows = p.rowMajor();
        Strided out = Strided.zeros(p.dtype(), p.shape());
        if (p.dtype() == DType.F64) {
            stream.bernoulli(out.doubles(), 0, out.numel(), rows.doubles(), rows.offset());
        } else {
            stream.bernoulli(out.floats(), 0, out.numel(), rows.floats(), rows.offset());
        }
        return out;
    }

    /** A count of the mean at the same place of {@code rates}. */
    static Strided poisson(TorchStream stream, Strided rates) {
        double[] means = Copy.of(rates, DType.F64).doubles();
        int[] at = {0};
        return wholes(rates.dtype(), rates.shape(), () -> TorchSampling.poisson(stream, means[at[0]++]));
    }

    /** Density rate · exp(−rate · x). */
    static Draw exponential(double rate) {
        return (stream, dtype, shape, _) -> reals(dtype, shape, () -> stream.nextExponential(rate));
    }

    /** How many trials of probability {@code p} it takes to the first success. */
    static Draw geometric(double p) {
        double logOfFailure = StrictMath.log1p(-p);
        return (stream, dtype, shape, _) ->
                wholes(dtype, shape, () -> (long) Math.ceil(StrictMath.log(stream.nextDouble()) / logOfFailure));
    }

    static Draw cauchy(double median, double sigma) {
        return (stream, dtype, shape, _) ->
                reals(dtype, shape, () -> median + sigma * StrictMath.tan(Math.PI * (stream.nextDouble() - 0.5)));
    }

    /** The exponential of normal numbers. */
    static Draw logNormal(double mean, double std) {
        return (stream, dtype, shape, _) -> reals(dtype, shape, () -> StrictMath.exp(stream.nextNormal(mean, std)));
    }

    /** Any whole number of the type that is not negative; of real numbers those that it holds without gaps. */
    static Draw anyInteger() {
        return (stream, dtype, shape, layout) -> switch (dtype) {
            case F32 -> integers(0, (1L << 24) + 1).of(stream, dtype, shape, layout);
            case F64 -> integers(0, (1L << 53) + 1).of(stream, dtype, shape, layout);
            default -> {
                long[] values = new long[(int) shape.numel()];
                switch (dtype) {
                    case I64 -> stream.integers(values, 0, values.length);
                    case BOOL -> stream.narrowIntegers(values, 0, values.length, 1);
                    case U8 -> stream.narrowIntegers(values, 0, values.length, 8);
                    default -> stream.narrowIntegers(values, 0, values.length, 8 * dtype.bytes() - 1);
                }
                yield wholes(dtype, shape, values);
            }
        };
    }

    /** Real numbers, one after the other. */
    static Strided reals(DType dtype, Shape shape, DoubleSupplier next) {
        Strided out = Strided.zeros(dtype, shape);
        for (int i = 0; i < out.numel(); i++) {
            if (dtype == DType.F64) {
                out.doubles()[i] = next.getAsDouble();
            } else {
                out.floats()[i] = (float) next.getAsDouble();
            }
        }
        return out;
    }

    private static Strided wholes(DType dtype, Shape shape, long[] values) {
        if (dtype == DType.I64) {
            return Strided.of(values, dtype, shape);
        }
        int[] at = {0};
        return wholes(dtype, shape, () -> values[at[0]++]);
    }

    /** Whole numbers, one after the other, as numbers of any type. */
    static Strided wholes(DType dtype, Shape shape, LongSupplier next) {
        Strided out = Strided.zeros(dtype, shape);
        for (int i = 0; i < out.numel(); i++) {
            switch (dtype) {
                case F32 -> out.floats()[i] = next.getAsLong();
                case F64 -> out.doubles()[i] = next.getAsLong();
                default -> out.setInteger(i, next.getAsLong());
            }
        }
        return out;
    }

    /** A draw of the shape of {@code x}, laid out as PyTorch's {@code empty_like(x)}: by falling stride. */
    static Strided like(Strided x, Draw draw, TorchStream stream, DType dtype) {
        Shape ordered = ordered(x).shape();
        Layout layout = x.shape().isRowMajor(disordered(ordered.strides(), x)) ? Layout.CONTIGUOUS : Layout.OTHER;
        return disordered(draw.of(stream, dtype, ordered, layout), x);
    }

    /** A draw that will be written into {@code x}: the numbers follow one another as the elements do in memory. */
    static Strided into(Strided x, Draw draw, TorchStream stream, DType dtype) {
        Layout layout = x.isRowMajor() ? Layout.CONTIGUOUS : Layout.OTHER;
        return disordered(draw.of(stream, dtype, ordered(x).shape(), layout), x);
    }

    /** The elements with the dimensions ordered by falling stride. */
    static Strided ordered(Strided x) {
        if (x.isRowMajor()) {
            return x;
        }
        int[] order = byFallingStride(x);
        long[] sizes = new long[order.length];
        long[] strides = new long[order.length];
        for (int d = 0; d < order.length; d++) {
            sizes[d] = x.shape().size(order[d]);
            strides[d] = x.stride(order[d]);
        }
        return x.view(Shape.of(sizes), x.offset(), strides);
    }

    /** What was made for {@code ordered(x)}, with the dimensions in the order of those of {@code x} again. */
    static Strided disordered(Strided made, Strided x) {
        return x.isRowMajor() ? made : made.view(x.shape(), made.offset(), disordered(made.strides(), x));
    }

    private static long[] disordered(long[] strides, Strided x) {
        int[] order = x.isRowMajor() ? null : byFallingStride(x);
        long[] back = strides.clone();
        for (int d = 0; order != null && d < order.length; d++) {
            back[order[d]] = strides[d];
        }
        return back;
    }

    /** The dimensions in the order in which PyTorch's loops nest, the outermost first. */
    private static int[] byFallingStride(Strided x) {
        int rank = x.shape().rank();
        int[] order = new int[rank];
        for (int d = 0; d < rank; d++) {
            order[d] = d;
        }
        for (int i = rank - 2; i >= 0; i--) {
            int moved = i;
            for (int k = i + 1; k < rank; k++) {
                int compared = compare(x, order[k], order[moved]);
                if (compared > 0) {
                    int d = order[k];
                    order[k] = order[moved];
                    order[moved] = d;
                    moved = k;
                } else if (compared < 0) {
                    break;
                }
            }
        }
        return order;
    }

    /** Whether {@code inner} should lie outside of {@code outer} (positive), or not (negative). 0: no matter. */
    private static int compare(Strided x, int inner, int outer) {
        long a = x.stride(inner);
        long b = x.stride(outer);
        if (a == 0 || b == 0) {
            return 0;
        }
        return a != b ? Long.compare(a, b) : x.shape().size(inner) > x.shape().size(outer) ? 1 : 0;
    }
}
