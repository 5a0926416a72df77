package adjoint.nn;

import adjoint.op.Convolve;
import adjoint.op.Sliding;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Convolutions over one to three dimensions: what may be asked for, and the operation that does it. */
final class Convolutions {
    private Convolutions() {}

    // ---------------------------------------------------------------- the two operations

    static Tensor convolve(int dims, Tensor x, Tensor weight, Tensor bias, Convolution.Options options) {
        String name = "conv" + dims + "d";
        boolean one = checkRanks(name, dims, x, weight);
        Shape w = weight.shape();
        long channels = x.size(one ? 0 : 1);
        if (w.size(0) == 0 || w.size(0) % options.groups != 0) {
            throw new ShapeException(name + ": weight " + w + " in " + options.groups
                    + " groups: its first size, the channels of the result, has to be a positive multiple of them."
                    + " Change one.");
        }
        if (channels != w.size(1) * options.groups) {
            throw new ShapeException(name + ": x " + x.shape() + " with weight " + w + " in " + options.groups
                    + " groups: x has " + channels + " channels, the weight is for " + w.size(1) * options.groups
                    + ". Check the layer's inChannels and groups.");
        }
        checkOthers(name, x, weight, bias, w.size(0));
        if (options.outputPadding.stream().anyMatch(p -> p != 0)) {
            throw new ValueException(name + ": with outputPadding " + options.outputPadding
                    + ": that is for transposed convolutions. Leave it out.");
        }
        if (options.mode != PadMode.CONSTANT) {
            Tensor padded = Paddings.pad(x, options.mode, 0, edges(name, dims, weight, options));
            return convolve(dims, padded, weight, bias, options.padding(0).paddingMode(PadMode.CONSTANT));
        }
        Tensor images = one ? x.unsqueeze(0) : x;
        Sliding sliding = sliding(name, dims, weight, options);
        Shape result = result(name, images.shape(), w, sliding, options.same);
        Tensor y = Engine.run(
                new Convolve(sliding, options.groups, images.shape(), w, result, Convolve.Factor.RESULT),
                images,
                weight);
        return finish(y, bias, dims, one);
    }

    static Tensor transposed(int dims, Tensor x, Tensor weight, Tensor bias, Convolution.Options options) {
        String name = "convTranspose" + dims + "d";
        boolean one = checkRanks(name, dims, x, weight);
        Shape w = weight.shape();
        long channels = x.size(one ? 0 : 1);
        if (channels != w.size(0) || w.size(0) == 0 || w.size(0) % options.groups != 0) {
            throw new ShapeException(name + ": x " + x.shape() + " with weight " + w + " in " + options.groups
                    + " groups: the weight's first size has to be the channels of x (" + channels
                    + "), a positive multiple of the groups. Check the layer's inChannels and groups.");
        }
        checkOthers(name, x, weight, bias, w.size(1) * options.groups);
        if (options.same || options.mode != PadMode.CONSTANT) {
            throw new ValueException(name + ": with " + (options.same ? "samePadding" : "paddingMode " + options.mode)
                    + ": a transposed convolution has only zeros, of a given number, to cut off. Use padding.");
        }
        Tensor results = one ? x.unsqueeze(0) : x;
        Sliding sliding = sliding(name, dims, weight, options);
        Shape image = image(name, results.shape(), w, sliding, options);
        Tensor y = Engine.run(
                new Convolve(sliding, options.groups, image, w, results.shape(), Convolve.Factor.IMAGE),
                results,
                weight);
        return finish(y, bias, dims, one);
    }

    /** To a result of these sizes: what outputPadding would have to be. */
    static Tensor transposedTo(
            int dims, Tensor x, Tensor weight, Tensor bias, Convolution.Options options, long... sizes) {
        String name = "convTranspose" + dims + "d";
        checkRanks(name, dims, x, weight);
        Sliding sliding = sliding(name, dims, weight, options);
        long[] extra = new long[dims];
        for (int d = 0; d < dims; d++) {
            long least = (x.size(d - dims) - 1) * sliding.stride().get(d)
                    - 2 * sliding.padding().get(d)
                    + sliding.reach(d);
            extra[d] = sizes.length == dims ? sizes[d] - least : -1;
            if (extra[d] < 0 || extra[d] >= sliding.stride().get(d)) {
                throw new ShapeException(name + ": x " + x.shape() + " to " + Arrays.toString(sizes)
                        + ": the last " + dims + " sizes have to be the smallest possible, here " + least
                        + " in the first that is not, or less than a step more. Give such sizes.");
            }
        }
        return transposed(dims, x, weight, bias, options.outputPadding(extra));
    }

    private static Tensor finish(Tensor y, Tensor bias, int dims, boolean one) {
        Tensor out = y;
        if (bias != null) {
            long[] column = new long[dims + 1];
            Arrays.fill(column, 1);
            column[0] = bias.numel();
            out = Engine.named(Engine.addOnto(y, bias.reshape(column)), "ConvolutionBackward0");
        }
        return one ? out.squeeze(0) : out;
    }

    // ---------------------------------------------------------------- checks

    /** Whether x is one example, without a dimension that counts them. */
    private static boolean checkRanks(String name, int dims, Tensor x, Tensor weight) {
        if (weight.shape().rank() != dims + 2) {
            throw new ShapeException(name + ": weight " + weight.shape() + ": it has " + (dims + 2)
                    + " dimensions: two for channels, then the window's. Reshape it.");
        }
        int rank = x.shape().rank();
        if (rank != dims + 1 && rank != dims + 2) {
            throw new ShapeException(name + ": x " + x.shape() + ": it has " + (dims + 2) + " dimensions: examples,"
                    + " channels, and " + dims + " more; one example has " + (dims + 1) + ". Reshape or unsqueeze it.");
        }
        return rank == dims + 1;
    }

    private static void checkOthers(String name, Tensor x, Tensor weight, Tensor bias, long channels) {
        if (x.dtype() != weight.dtype() || (bias != null && bias.dtype() != x.dtype())) {
            throw new DTypeException(name + ": x of " + x.dtype() + " with a weight of " + weight.dtype()
                    + (bias == null ? "" : " and a bias of " + bias.dtype())
                    + ": they have to be of one type. Convert with to(…).");
        }
        if (x.dtype() == DType.BOOL) {
            throw new DTypeException(name + ": of truth values: they cannot be multiplied. Convert with to(…).");
        }
        if (bias != null && (bias.shape().rank() != 1 || bias.size(0) != channels)) {
            throw new ShapeException(name + ": weight " + weight.shape() + " with bias " + bias.shape()
                    + ": the bias has a number for each channel of the result, [" + channels + "]. Reshape it.");
        }
    }

    /** Numbers of an option for each dimension. */
    static List<Long> each(String name, String option, int dims, List<Long> numbers) {
        if (numbers.size() != 1 && numbers.size() != dims) {
            throw new ValueException(name + ": " + option + " " + numbers + ": there are " + dims
                    + " dimensions. Give one number, or " + dims + ".");
        }
        return numbers.size() == dims ? numbers : Collections.nCopies(dims, numbers.getFirst());
    }

    private static Sliding sliding(String name, int dims, Tensor weight, Convolution.Options options) {
        List<Long> window = new ArrayList<>();
        for (int d = 0; d < dims; d++) {
            window.add(weight.size(2 + d));
        }
        if (window.contains(0L)) {
            throw new ShapeException(
                    name + ": weight " + weight.shape() + ": the window has no elements. Give it positive sizes.");
        }
        List<Long> dilation = each(name, "dilation", dims, options.dilation);
        var free = new Sliding(
                window,
                each(name, "stride", dims, options.stride),
                each(name, "padding", dims, options.padding),
                dilation);
        if (!options.same) {
            return free;
        }
        checkSame(name, free);
        List<Long> before = new ArrayList<>();
        for (int d = 0; d < dims; d++) {
            before.add((free.reach(d) - 1) / 2);
        }
        return new Sliding(window, free.stride(), before, dilation);
    }

    private static void checkSame(String name, Sliding sliding) {
        if (sliding.stride().stream().anyMatch(s -> s != 1)) {
            throw new ValueException(name + ": samePadding with stride " + sliding.stride()
                    + ": steps of more than 1 make the result smaller. Give the padding as numbers.");
        }
    }

    /** What is added before and after, the last dimension first, as {@link Functional#pad} takes it. */
    private static long[] edges(String name, int dims, Tensor weight, Convolution.Options options) {
        Sliding sliding = sliding(name, dims, weight, options);
        long[] edges = new long[2 * dims];
        for (int d = 0; d < dims; d++) {
            long before = sliding.padding().get(d);
            int at = 2 * (dims - 1 - d);
            edges[at] = before;
            edges[at + 1] = options.same ? sliding.reach(d) - 1 - before : before;
        }
        return edges;
    }

    private static Shape result(String name, Shape image, Shape weight, Sliding sliding, boolean same) {
        long[] sizes = image.sizes();
        sizes[1] = weight.size(0);
        for (int d = 0; d < sliding.rank(); d++) {
            long padded = same
                    ? sizes[2 + d] + sliding.reach(d) - 1
                    : sizes[2 + d] + 2 * sliding.padding().get(d);
            if (padded < sliding.reach(d) || sizes[2 + d] == 0) {
                throw new ShapeException(name + ": x " + image + " with weight " + weight + ": the window reaches over "
                        + sliding.reach(d) + " elements in dimension " + (2 + d) + ", and there are " + padded
                        + " with the padding. Give more padding, a smaller window, or larger images.");
            }
            sizes[2 + d] = (padded - sliding.reach(d)) / sliding.stride().get(d) + 1;
        }
        return Shape.of(sizes);
    }

    private static Shape image(String name, Shape result, Shape weight, Sliding sliding, Convolution.Options options) {
        List<Long> extra = each(name, "outputPadding", sliding.rank(), options.outputPadding);
        long[] sizes = result.sizes();
        sizes[1] = weight.size(1) * options.groups;
        for (int d = 0; d < sliding.rank(); d++) {
            long stride = sliding.stride().get(d);
            if (extra.get(d) >= Math.max(stride, sliding.dilation().get(d))) {
                throw new ValueException(name + ": outputPadding " + extra + " with stride " + sliding.stride()
                        + " and dilation " + sliding.dilation()
                        + ": it only chooses among the sizes that give the same when convolved. Give less than the"
                        + " stride or the dilation.");
            }
            long size = (sizes[2 + d] - 1) * stride - 2 * sliding.padding().get(d) + sliding.reach(d) + extra.get(d);
            if (size < 1 || sizes[2 + d] == 0) {
                throw new ShapeException(name + ": x " + result + " with weight " + weight + ": of dimension " + (2 + d)
                        + " nothing would be left when padding " + sliding.padding()
                        + " is cut off. Give less padding.");
            }
            sizes[2 + d] = size;
        }
        return Shape.of(sizes);
    }
}
