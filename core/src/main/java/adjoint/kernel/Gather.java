package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.IndexException;
import adjoint.types.Shape;
import java.util.Arrays;

/** Reading from and writing to computed positions. Positions are checked before anything is written. */
public final class Gather {
    // Elements that make a thread of its own worth while.
    private static final int GRAIN = 1 << 15;

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
        Arrays.fill(at, x.offset());
        for (int d = 0; d < index.length; d++) {
            long size = x.shape().size(d);
            int stride = (int) x.stride(d);
            long[] values = broadcast(index[d], indexShape).longs();
            for (int i = 0; i < count; i++) {
                long c = values[i];
                at[i] += (int) (c < 0 || c >= size ? check(c, size, d, x.shape()) : c) * stride;
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
            Threads.loop(
                    from.length, Math.max(1, GRAIN / size), (first, last) -> rows(x, from, out, size, first, last));
        } else {
            for (int i = 0; i < from.length; i++) {
                Copy.into(out.view(rest, i * size, rest.strides()), rest(x, index.length, rest, from[i]));
            }
        }
        return out;
    }

    /** Rows of so many elements, one after the other. */
    private static void rows(Strided x, int[] from, Strided out, int size, int first, int last) {
        switch (x.array()) {
            case float[] a
            when size == 1 -> {
                float[] b = out.floats();
                for (int i = first; i < last; i++) {
                    b[i] = a[from[i]];
                }
            }
            case float[] a -> {
                float[] b = out.floats();
                for (int i = first; i < last; i++) {
                    System.arraycopy(a, from[i], b, i * size, size);
                }
            }
            case double[] a -> {
                double[] b = out.doubles();
                for (int i = first; i < last; i++) {
                    System.arraycopy(a, from[i], b, i * size, size);
                }
            }
            default -> {
                for (int i = first; i < last; i++) {
                    System.arraycopy(x.array(), from[i], out.array(), i * size, size);
                }
            }
        }
    }

    /**
     * {@code target[index₀[i…], …, r…] = values[i…, r…]}, or {@code +=}. Later positions win; values broadcast.
     */
    public static void scatter(Strided target, Strided[] index, Shape indexShape, Strided values, boolean accumulate) {
        int[] to = positions(target, index, indexShape);
        Shape rest = restShape(target, index.length);
        int size = (int) rest.numel();
        if (size == 0) {
            return;
        }
        long[] full = new long[indexShape.rank() + rest.rank()];
        for (int d = 0; d < full.length; d++) {
            full[d] = d < indexShape.rank() ? indexShape.size(d) : rest.size(d - indexShape.rank());
        }
        Shape whole = Shape.of(full);
        boolean isWhole = values.isRowMajor() && values.shape().equals(whole) && values.dtype() == target.dtype();
        Strided all = isWhole ? values : Strided.zeros(target.dtype(), whole);
        if (!isWhole) {
            Copy.into(all, values);
        }
        boolean isDense = rest(target, index.length, rest, target.offset()).isRowMajor();
        for (int i = 0; i < to.length; i++) {
            int from = all.offset() + i * size;
            if (isDense) {
                row(target, to[i], all, from, size, accumulate);
                continue;
            }
            Strided place = rest(target, index.length, rest, to[i]);
            Strided value = all.view(rest, from, rest.strides());
            if (accumulate) {
                add(place, value);
            } else {
                Copy.into(place, value);
            }
        }
    }

    /** Elements that lie one after the other, put or added to such. */
    private static void row(Strided target, int to, Strided values, int from, int size, boolean accumulate) {
        if (!accumulate) {
            System.arraycopy(values.array(), from, target.array(), to, size);
            return;
        }
        switch (target.array()) {
            case float[] y -> {
                float[] v = values.floats();
                for (int k = 0; k < size; k++) {
                    y[to + k] += v[from + k];
                }
            }
            case double[] y -> {
                double[] v = values.doubles();
                for (int k = 0; k < size; k++) {
                    y[to + k] += v[from + k];
                }
            }
            default -> {
                for (int k = 0; k < size; k++) {
                    add(target, to + k, values, from + k);
                }
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
        Threads.loop(places.length, GRAIN, (first, last) -> rows(x, places, out, 1, first, last));
        return out;
    }

    /**
     * {@code target[…, index[…, i, …], …] = values[…, i, …]}, or {@code +=}, along one dimension. PyTorch:
     * {@code scatter_}, {@code scatter_add_}. Later positions win.
     */
    public static void scatterAlong(Strided target, int dim, Strided index, Strided values, boolean accumulate) {
        int[] places = places(target, dim, index);
        Strided v = values.rowMajor();
        int rank = index.shape().rank();
        // Along the last dimension each row goes to a row of its own, so threads can share them.
        int row = rank == 0 || dim < rank - 1 || target.overlapsItself()
                ? places.length
                : (int) index.shape().size(dim);
        if (row > 0) {
            Threads.loop(
                    places.length / row,
                    Math.max(1, GRAIN / row),
                    (first, last) -> scatter(target, places, v, first * row, last * row, accumulate));
        }
    }

    private static void scatter(Strided target, int[] places, Strided values, int first, int last, boolean accumulate) {
        int offset = values.offset();
        switch (target.array()) {
            case float[] y
            when accumulate -> {
                float[] v = values.floats();
                for (int i = first; i < last; i++) {
                    y[places[i]] += v[offset + i];
                }
            }
            case float[] y -> {
                float[] v = values.floats();
                for (int i = first; i < last; i++) {
                    y[places[i]] = v[offset + i];
                }
            }
            case double[] y
            when accumulate -> {
                double[] v = values.doubles();
                for (int i = first; i < last; i++) {
                    y[places[i]] += v[offset + i];
                }
            }
            default -> {
                for (int i = first; i < last; i++) {
                    if (accumulate) {
                        add(target, places[i], values, offset + i);
                    } else {
                        System.arraycopy(values.array(), offset + i, target.array(), places[i], 1);
                    }
                }
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
        int[] places = new int[index.numel()];
        if (rank == 0 || places.length == 0) {
            Arrays.fill(places, x.offset());
            return places;
        }
        int[] strides = new int[rank];
        for (int d = 0; d < rank; d++) {
            strides[d] = d == dim ? 0 : (int) x.stride(d);
        }
        int n = (int) shape.size(rank - 1);
        Threads.loop(places.length / n, Math.max(1, GRAIN / n), (first, last) -> {
            for (int line = first; line < last; line++) {
                int base = x.offset();
                for (int d = rank - 2, rest = line; d >= 0; d--) {
                    int size = (int) shape.size(d);
                    base += rest % size * strides[d];
                    rest /= size;
                }
                line(x, dim, dense, line * n, n, base, strides[rank - 1], places);
            }
        });
        return places;
    }

    /** The places of {@code n} elements of the index from {@code i} on, which are so far apart beside what they say. */
    private static void line(Strided x, int dim, Strided index, int i, int n, int base, int step, int[] places) {
        long[] values = index.longs();
        int offset = index.offset();
        long size = x.shape().size(dim);
        int stride = (int) x.stride(dim);
        for (int k = 0, at = base; k < n; k++, at += step) {
            long c = values[offset + i + k];
            if (c < 0 || c >= size) {
                c = check(c, size, dim, x.shape());
            }
            places[i + k] = at + (int) c * stride;
        }
    }
}
