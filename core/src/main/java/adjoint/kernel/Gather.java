package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.IndexException;
import adjoint.types.Shape;

/** Reading from and writing to computed positions. Positions are checked before anything is written. */
public final class Gather {
    private Gather() {}

    /**
     * Where the sub-tensors lie that index tensors select from the leading dimensions of {@code x}: one offset for
     * each element of the (broadcast) index shape. Negative indices count from the end.
     *
     * @throws IndexException if an index is outside its dimension
     */
    private static int[] positions(Strided x, Strided[] index, Shape indexShape) {
        int count = (int) indexShape.numel();
        int[] at = new int[count];
        java.util.Arrays.fill(at, x.offset());
        for (int d = 0; d < index.length; d++) {
            long size = x.shape().size(d);
            int stride = (int) x.stride(d);
            long[] values = broadcast(index[d], indexShape).longs();
            for (int i = 0; i < count; i++) {
                at[i] += (int) check(values[i], size, d, x.shape()) * stride;
            }
        }
        return at;
    }

    private static Strided broadcast(Strided index, Shape shape) {
        if (index.dtype() == DType.I64
                && index.isRowMajor()
                && index.offset() == 0
                && index.shape().equals(shape)) {
            return index;
        }
        Strided full = Strided.zeros(DType.I64, shape);
        Copy.into(full, index);
        return full;
    }

    private static long check(long i, long size, int dim, Shape shape) {
        if (i < -size || i >= size) {
            throw new IndexException(
                    "index " + i + " in dimension " + dim + " of shape " + shape + ": there are " + size
                            + (size == 0
                                    ? ". Check for an empty tensor first."
                                    : ". Use " + -size + " to " + (size - 1) + "."));
        }
        return i < 0 ? i + size : i;
    }

    /** The part of {@code x} behind the first {@code k} dimensions, at an offset. */
    private static Strided rest(Strided x, int k, Shape shape, int offset) {
        long[] strides = new long[shape.rank()];
        for (int d = 0; d < strides.length; d++) {
            strides[d] = x.stride(k + d);
        }
        return x.view(shape, offset, strides);
    }

    private static Shape restShape(Strided x, int k) {
        long[] sizes = new long[x.shape().rank() - k];
        for (int d = 0; d < sizes.length; d++) {
            sizes[d] = x.shape().size(k + d);
        }
        return Shape.of(sizes);
    }

    /** {@code out[i…, r…] = x[index₀[i…], index₁[i…], …, r…]}; {@code shape} is {@code [i…, r…]}. */
    public static Strided gather(Strided x, Strided[] index, Shape indexShape, Shape shape) {
        int[] from = positions(x, index, indexShape);
        Strided out = Strided.zeros(x.dtype(), shape);
        Shape rest = restShape(x, index.length);
        int size = (int) rest.numel();
        Strided sample = rest(x, index.length, rest, x.offset());
        if (out.numel() == 0) {
            return out;
        }
        if (sample.isRowMajor()) {
            for (int i = 0; i < from.length; i++) {
                System.arraycopy(x.array(), from[i], out.array(), i * size, size);
            }
        } else {
            for (int i = 0; i < from.length; i++) {
                Copy.into(out.view(rest, i * size, rest.strides()), rest(x, index.length, rest, from[i]));
            }
        }
        return out;
    }

    /**
     * {@code target[index₀[i…], …, r…] = values[i…, r…]}, or {@code +=}. Later positions win; values broadcast.
     */
    public static void scatter(Strided target, Strided[] index, Shape indexShape, Strided values, boolean accumulate) {
        int[] to = positions(target, index, indexShape);
        Shape rest = restShape(target, index.length);
        int size = (int) rest.numel();
        long[] full = new long[indexShape.rank() + rest.rank()];
        for (int d = 0; d < full.length; d++) {
            full[d] = d < indexShape.rank() ? indexShape.size(d) : rest.size(d - indexShape.rank());
        }
        Strided all = Strided.zeros(target.dtype(), Shape.of(full));
        Copy.into(all, values);
        for (int i = 0; i < to.length; i++) {
            Strided place = rest(target, index.length, rest, to[i]);
            Strided value = all.view(rest, i * size, rest.strides());
            if (accumulate) {
                add(place, value);
            } else {
                Copy.into(place, value);
            }
        }
    }

    private static void add(Strided to, Strided from) {
        new Nest(to.shape(), to, from).run((at, step, n) -> {
            for (int k = 0; k < n; k++) {
                add(to, at[0] + k * step[0], from, at[1] + k * step[1]);
            }
        });
    }

    private static void add(Strided to, int o, Strided from, int i) {
        switch (to.dtype()) {
            case F32 -> to.floats()[o] += from.floats()[i];
            case F64 -> to.doubles()[o] += from.doubles()[i];
            default -> to.setInteger(o, to.integer(o) + from.integer(i));
        }
    }

    /** {@code out[…, i, …] = x[…, index[…, i, …], …]} along one dimension. PyTorch: {@code gather}. */
    public static Strided along(Strided x, int dim, Strided index) {
        Strided out = Strided.zeros(x.dtype(), index.shape());
        int[] places = places(x, dim, index);
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(x.array(), places[i], out.array(), i, 1);
        }
        return out;
    }

    /**
     * {@code target[…, index[…, i, …], …] = values[…, i, …]}, or {@code +=}, along one dimension. PyTorch:
     * {@code scatter_}, {@code scatter_add_}. Later positions win.
     */
    public static void scatterAlong(Strided target, int dim, Strided index, Strided values, boolean accumulate) {
        int[] places = places(target, dim, index);
        Strided v = values.rowMajor();
        for (int i = 0; i < places.length; i++) {
            if (accumulate) {
                add(target, places[i], v, v.offset() + i);
            } else {
                System.arraycopy(v.array(), v.offset() + i, target.array(), places[i], 1);
            }
        }
    }

    /** As {@link #scatterAlong}, combining with what is there: by the product, or the larger or smaller (NaN wins). */
    public static void reduceAlong(Strided target, int dim, Strided index, Strided values, Combine how) {
        int[] places = places(target, dim, index);
        Strided v = values.rowMajor();
        for (int i = 0; i < places.length; i++) {
            int o = places[i];
            int at = v.offset() + i;
            switch (target.dtype()) {
                case F32 -> target.floats()[o] = (float) how.of(target.floats()[o], v.floats()[at]);
                case F64 -> target.doubles()[o] = how.of(target.doubles()[o], v.doubles()[at]);
                default -> target.setInteger(o, how.of(target.integer(o), v.integer(at)));
            }
        }
    }

    /** How {@link #reduceAlong} combines two numbers. */
    public enum Combine {
        PRODUCT,
        LARGER,
        SMALLER;

        double of(double a, double b) {
            return switch (this) {
                case PRODUCT -> a * b;
                case LARGER -> Math.max(a, b);
                case SMALLER -> Math.min(a, b);
            };
        }

        long of(long a, long b) {
            return switch (this) {
                case PRODUCT -> a * b;
                case LARGER -> Math.max(a, b);
                case SMALLER -> Math.min(a, b);
            };
        }
    }

    /** Where in {@code x}'s array the positions along one dimension lie, for each element of the index. */
    private static int[] places(Strided x, int dim, Strided index) {
        Strided dense = index.dtype() == DType.I64 ? index.rowMajor() : Copy.of(index, DType.I64);
        Shape shape = index.shape();
        int rank = shape.rank();
        long[] values = dense.longs();
        int[] places = new int[index.numel()];
        int[] counter = new int[rank];
        for (int i = 0; i < places.length; i++) {
            int place = x.offset();
            for (int d = 0; d < rank; d++) {
                long c = d == dim ? check(values[dense.offset() + i], x.shape().size(d), d, x.shape()) : counter[d];
                place += (int) (c * x.stride(d));
            }
            places[i] = place;
            for (int d = rank - 1; d >= 0 && ++counter[d] == shape.size(d); d--) {
                counter[d] = 0;
            }
        }
        return places;
    }
}
