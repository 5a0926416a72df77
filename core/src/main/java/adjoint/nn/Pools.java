package adjoint.nn;

import adjoint.op.ArgPool;
import adjoint.op.Linked;
import adjoint.op.Pick;
import adjoint.op.PoolSum;
import adjoint.op.Spans;
import adjoint.tensor.Dim;
import adjoint.tensor.DivRounding;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.tensor.ValuesAndIndices;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Pooling over the last one to three dimensions: what may be asked for, and of which operations it is made. */
final class Pools {
    private Pools() {}

    // ---------------------------------------------------------------- the largest

    static ValuesAndIndices max(int dims, Tensor x, Pooling pooling) {
        String name = "maxPool" + dims + "d";
        checkInput(name, dims, x);
        if (pooling.excluding || pooling.divisor != null) {
            throw new ValueException(
                    name + ": with excludePadding or divisor: those are for averages. Leave them out.");
        }
        return largest(
                name,
                x,
                sliding(name, dims, x, pooling),
                dims == 1 ? "SqueezeBackward1" : "MaxPool" + dims + "DWithIndicesBackward0");
    }

    static ValuesAndIndices adaptiveMax(int dims, Tensor x, long... sizes) {
        String name = "adaptiveMaxPool" + dims + "d";
        checkInput(name, dims, x);
        return largest(
                name,
                x,
                even(name, dims, x, sizes),
                dims == 1 ? "SqueezeBackward1" : "AdaptiveMaxPool" + dims + "DBackward0");
    }

    private static ValuesAndIndices largest(String name, Tensor x, List<Spans> spans, String gradName) {
        if (x.dtype() == DType.BOOL) {
            throw new DTypeException(name + ": of truth values: none is the larger. Convert them with to(…).");
        }
        for (Spans s : spans) {
            for (int i = 0; i < s.count(); i++) {
                if (s.length(i) == 0) {
                    throw new ShapeException(name + ": x " + x.shape() + ": a window sees nothing but padding."
                            + " Give less padding or less dilation.");
                }
            }
        }
        Shape to = pooled(x.shape(), spans);
        Tensor indices = Engine.run(new ArgPool(spans, to), x);
        Tensor flat = x.flatten(-spans.size());
        Tensor at = indices.flatten(-spans.size());
        Tensor values =
                Engine.run(new Linked(new Pick(flat.shape(), flat.shape().rank() - 1, gradName), gradName), flat, at);
        return new ValuesAndIndices(Engine.named(values.reshape(to.sizes()), gradName), indices);
    }

    /**
     * Puts values back where they were found, among zeros.
     *
     * @param sizes of the last dimensions of the result; none for the smallest possible
     */
    static Tensor unpool(int dims, Tensor x, Tensor indices, Pooling pooling, long... sizes) {
        String name = "maxUnpool" + dims + "d";
        checkInput(name, dims, x);
        if (!indices.shape().equals(x.shape()) || indices.dtype() != DType.I64) {
            throw new ShapeException(
                    name + ": x " + x.shape() + " with indices " + indices.shape() + " of " + indices.dtype()
                            + ": each value has an int64 index. Give what maxPool" + dims + "dWithIndices gave.");
        }
        long[] to = x.shape().sizes();
        int first = to.length - dims;
        List<Long> window = Convolutions.each(name, "window", dims, pooling.window);
        List<Long> stride = Convolutions.each(name, "stride", dims, pooling.stride);
        List<Long> padding = Convolutions.each(name, "padding", dims, pooling.padding);
        for (int d = 0; d < dims; d++) {
            long usual = (to[first + d] - 1) * stride.get(d) - 2 * padding.get(d) + window.get(d);
            long wanted = sizes.length == 0 ? usual : sizes.length == dims ? sizes[d] : -1;
            if (wanted < 0 || Math.abs(wanted - usual) >= Math.max(stride.get(d), 1) && wanted != usual) {
                throw new ShapeException(name + ": x " + x.shape() + " to " + Arrays.toString(sizes) + ": dimension "
                        + (first + d) + " was pooled from about " + usual + ". Give a size for each pooled dimension,"
                        + " less than a step from that.");
            }
            to[first + d] = wanted;
        }
        long[] flat = Arrays.copyOf(to, first + 1);
        flat[first] = Arrays.stream(to, first, to.length).reduce(1, (a, b) -> a * b);
        return Tensor.zeros(x.dtype(), flat)
                .scatter(first, indices.flatten(first), x.flatten(first))
                .reshape(to);
    }

    // ---------------------------------------------------------------- averages

    static Tensor average(int dims, Tensor x, Pooling pooling) {
        String name = "avgPool" + dims + "d";
        checkInput(name, dims, x);
        if (!pooling.dilation.stream().allMatch(d -> d == 1)) {
            throw new ValueException(
                    name + ": with dilation " + pooling.dilation + ": that is for maxima. Leave it out.");
        }
        List<Spans> spans = sliding(name, dims, x, pooling);
        String gradName = dims == 1 ? "SqueezeBackward1" : "AvgPool" + dims + "DBackward0";
        Tensor sums = sums(x, spans, gradName);
        Tensor y;
        if (pooling.divisor != null) {
            y = divided(sums, Tensor.scalar(pooling.divisor));
        } else {
            List<long[]> counts = new ArrayList<>();
            for (int d = 0; d < dims; d++) {
                counts.add(counts(spans.get(d), x.size(d - dims), d, dims, pooling));
            }
            y = divided(sums, product(counts));
        }
        return Engine.named(y, gradName);
    }

    static Tensor adaptiveAverage(int dims, Tensor x, long... sizes) {
        String name = "adaptiveAvgPool" + dims + "d";
        checkInput(name, dims, x, dims);
        List<Spans> spans = even(name, dims, x, sizes);
        if (spans.stream().allMatch(s -> s.count() == 1)) {
            int[] last = {-1, -2, -3};
            return x.mean(Arrays.copyOf(last, dims), Dim.KEEP);
        }
        List<long[]> counts = spans.stream()
                .map(s -> IntStream.range(0, s.count()).mapToLong(s::length).toArray())
                .toList();
        String gradName = dims == 1 ? "SqueezeBackward1" : "AdaptiveAvgPool" + dims + "DBackward0";
        return Engine.named(divided(sums(x, spans, gradName), product(counts)), gradName);
    }

    private static Tensor sums(Tensor x, List<Spans> spans, String gradName) {
        var sum = new PoolSum(spans, x.shape(), pooled(x.shape(), spans), PoolSum.Way.GATHER);
        return Engine.run(new Linked(sum, gradName), x);
    }

    private static Tensor divided(Tensor sums, Tensor counts) {
        return sums.dtype().isFloating()
                ? sums.div(counts.shape().rank() == 0 ? counts : counts.to(sums.dtype()))
                : sums.div(counts, DivRounding.TRUNC).to(sums.dtype());
    }

    /** How many elements each window has along a dimension, with the padding or without. */
    private static long[] counts(Spans spans, long size, int d, int dims, Pooling pooling) {
        long window =
                Convolutions.each("window", "window", dims, pooling.window).get(d);
        long stride =
                Convolutions.each("stride", "stride", dims, pooling.stride).get(d);
        long padding =
                Convolutions.each("padding", "padding", dims, pooling.padding).get(d);
        long[] counts = new long[spans.count()];
        for (int i = 0; i < counts.length; i++) {
            long start = i * stride - padding;
            counts[i] = pooling.excluding ? spans.length(i) : Math.min(start + window, size + padding) - start;
        }
        return counts;
    }

    /** The product of numbers along each of the last dimensions: one number if they are all the same. */
    private static Tensor product(List<long[]> counts) {
        if (counts.stream().allMatch(c -> Arrays.stream(c).distinct().count() == 1)) {
            return Tensor.scalar(counts.stream().mapToLong(c -> c[0]).reduce(1, (a, b) -> a * b));
        }
        Tensor product = Tensor.scalar(1L);
        for (int d = 0; d < counts.size(); d++) {
            long[] line = new long[counts.size() - d];
            Arrays.fill(line, 1);
            line[0] = counts.get(d).length;
            product = product.mul(Tensor.of(counts.get(d)).reshape(line));
        }
        return product;
    }

    static Tensor powers(int dims, Tensor x, double p, Pooling pooling) {
        String name = "lpPool" + dims + "d";
        if (p == 0 || Double.isNaN(p)) {
            throw new ValueException(name + ": with p = " + p + ": there is no such norm. Give another number.");
        }
        if (!pooling.padding.stream().allMatch(a -> a == 0) || pooling.excluding || pooling.divisor != null) {
            throw new ValueException(
                    name + ": with padding, excludePadding or divisor: norms have none. Leave them out.");
        }
        if (p == Double.POSITIVE_INFINITY) {
            return max(dims, x.abs(), pooling).values();
        }
        long window =
                Convolutions.each(name, "window", dims, pooling.window).stream().reduce(1L, (a, b) -> a * b);
        Tensor means = average(dims, x.pow(p), pooling);
        return means.sign().mul(means.abs().relu()).mul(window).pow(1 / p);
    }

    // ---------------------------------------------------------------- windows

    private static void checkInput(String name, int dims, Tensor x) {
        checkInput(name, dims, x, dims + 1);
    }

    private static void checkInput(String name, int dims, Tensor x, int filled) {
        int rank = x.shape().rank();
        boolean fits = rank == dims + 1 || rank == dims + 2;
        for (int d = rank - filled; fits && d < rank; d++) {
            fits = x.size(d) > 0;
        }
        if (!fits) {
            throw new ShapeException(name + ": x " + x.shape() + ": it has " + (dims + 2) + " dimensions: examples,"
                    + " channels, and " + dims + " more; one example has " + (dims + 1)
                    + ". None but that of examples may be empty. Reshape or unsqueeze it.");
        }
    }

    private static Shape pooled(Shape from, List<Spans> spans) {
        long[] sizes = from.sizes();
        for (int d = 0; d < spans.size(); d++) {
            sizes[sizes.length - spans.size() + d] = spans.get(d).count();
        }
        return Shape.of(sizes);
    }

    private static List<Spans> sliding(String name, int dims, Tensor x, Pooling pooling) {
        List<Long> window = Convolutions.each(name, "window", dims, pooling.window);
        List<Long> stride = Convolutions.each(name, "stride", dims, pooling.stride);
        List<Long> padding = Convolutions.each(name, "padding", dims, pooling.padding);
        List<Long> dilation = Convolutions.each(name, "dilation", dims, pooling.dilation);
        List<Spans> spans = new ArrayList<>();
        for (int d = 0; d < dims; d++) {
            long size = x.size(d - dims);
            long reach = (window.get(d) - 1) * dilation.get(d) + 1;
            long pad = padding.get(d);
            if (pad > window.get(d) / 2) {
                throw new ValueException(name + ": padding " + padding + " with windows of " + window
                        + ": a window would lie outside altogether. Give at most half a window.");
            }
            long count =
                    Math.floorDiv(size + 2 * pad - reach + (pooling.ceil ? stride.get(d) - 1 : 0), stride.get(d)) + 1;
            if (pooling.ceil && (count - 1) * stride.get(d) >= size + pad) {
                count--; // the last window would begin beyond the edge
            }
            if (count < 1) {
                throw new ShapeException(name + ": x " + x.shape() + " with windows of " + window + ": they reach over "
                        + reach + " elements, and dimension " + (x.shape().rank() - dims + d) + " has " + size
                        + ". Give a smaller window, or padding.");
            }
            spans.add(Spans.sliding(size, window.get(d), stride.get(d), pad, dilation.get(d), count));
        }
        return List.copyOf(spans);
    }

    private static List<Spans> even(String name, int dims, Tensor x, long... sizes) {
        if ((sizes.length != 1 && sizes.length != dims)
                || Arrays.stream(sizes).anyMatch(s -> s < 0 && s != Pooling.KEEP)) {
            throw new ValueException(name + ": to " + Arrays.toString(sizes) + ": there are " + dims
                    + " dimensions, and sizes are not negative. Give one size, or " + dims
                    + "; Pooling.KEEP keeps one.");
        }
        List<Spans> spans = new ArrayList<>();
        for (int d = 0; d < dims; d++) {
            long size = x.size(d - dims);
            long wanted = sizes[sizes.length == 1 ? 0 : d];
            spans.add(Spans.even(size, wanted == Pooling.KEEP ? size : wanted));
        }
        return List.copyOf(spans);
    }
}
