package adjoint.nn;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** What the layers of convolution have in common: a weight, a bias, options, and how they start and print. */
abstract sealed class ConvolutionLayer implements Layer
        permits Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d {
    private final Tensor weight;
    private final Tensor bias;
    private final Convolution.Options options;

    /** A layer with new parameters, drawn from this stream: the weight first, then the bias. */
    ConvolutionLayer(
            long inChannels, long outChannels, long[] window, Convolution.Options options, Rng rng, DType dtype) {
        checkGroups(inChannels, outChannels, options);
        List<Long> sizes = each("window", Convolution.numbers("window", 1, window));
        long[] shape = new long[dims() + 2];
        shape[0] = isTransposed() ? inChannels : outChannels;
        shape[1] = (isTransposed() ? outChannels : inChannels) / options.groups;
        long fanIn = shape[1];
        for (int d = 0; d < dims(); d++) {
            shape[2 + d] = sizes.get(d);
            fanIn *= sizes.get(d);
        }
        this.options = checked(options);
        weight = Tensor.zeros(dtype, shape);
        Init.uniform(weight, rng, fanIn > 0 ? Init.kaimingBound(fanIn) : 0);
        weight.requiresGrad(true);
        bias = options.bias ? Tensor.zeros(dtype, outChannels) : null;
        if (bias != null) {
            Init.uniform(bias, rng, fanIn > 0 ? 1 / Math.sqrt((double) fanIn) : 0);
            bias.requiresGrad(true);
        }
    }

    /** A layer of these parameters themselves. */
    ConvolutionLayer(Tensor weight, Tensor bias, Convolution.Options options) {
        this.options = checked(options);
        long out = weight.shape().rank() < 2 ? 0 : isTransposed() ? weight.size(1) * options.groups : weight.size(0);
        if (weight.shape().rank() != dims() + 2
                || weight.size(0) % options.groups != 0
                || (bias != null && (bias.shape().rank() != 1 || bias.size(0) != out))) {
            throw new ShapeException(name() + ": weight " + weight.shape() + ", bias "
                    + (bias == null ? "none" : bias.shape()) + ", " + options.groups + " groups: the weight has "
                    + (dims() + 2) + " dimensions, the first a multiple of the groups, and the bias a number for each"
                    + " channel of the result. Reshape them.");
        }
        this.weight = weight;
        this.bias = bias;
    }

    abstract int dims();

    abstract boolean isTransposed();

    private String name() {
        return getClass().getSimpleName();
    }

    private void checkGroups(long in, long out, Convolution.Options options) {
        if (in < 0 || out < 0 || in % options.groups != 0 || out % options.groups != 0) {
            throw new ValueException(name() + ": from " + in + " channels to " + out + " in " + options.groups
                    + " groups: both have to be multiples of them. Change one.");
        }
    }

    /** What can be refused before there is an input. */
    private Convolution.Options checked(Convolution.Options given) {
        for (List<Long> numbers : List.of(given.stride, given.padding, given.dilation, given.outputPadding)) {
            each("options", numbers);
        }
        if (given.same && (isTransposed() || given.stride.stream().anyMatch(s -> s != 1))) {
            throw new ValueException(name() + ": samePadding with stride " + given.stride
                    + ": only a plain convolution with steps of 1 can keep the size. Give the padding as numbers.");
        }
        if (isTransposed() && given.mode != PadMode.CONSTANT) {
            throw new ValueException(name() + ": with paddingMode " + given.mode
                    + ": a transposed convolution only cuts off. Leave it out.");
        }
        return given;
    }

    private List<Long> each(String option, List<Long> numbers) {
        return Convolutions.each(name(), option, dims(), numbers);
    }

    final Convolution.Options options() {
        return options;
    }

    @Override
    public final Tensor forward(Tensor x) {
        return isTransposed()
                ? Convolutions.transposed(dims(), x, weight, bias, options)
                : Convolutions.convolve(dims(), x, weight, bias, options);
    }

    /** {@code [out, in / groups, window…]}, of a transposed convolution {@code [in, out / groups, window…]}. */
    public final Tensor weight() {
        return weight;
    }

    /** {@code [out]}, or null if the layer has none. */
    public final Tensor bias() {
        return bias;
    }

    @Override
    public final String toString() {
        long first = weight.size(0);
        long second = weight.size(1) * options.groups;
        return name() + "(" + (isTransposed() ? first : second) + ", " + (isTransposed() ? second : first)
                + settings(weight, bias, options, dims()) + ")";
    }

    /** What is printed behind the channels: what differs from the usual, and always window and stride. */
    static String settings(Tensor weight, Tensor bias, Convolution.Options options, int dims) {
        List<Long> window = java.util.stream.IntStream.range(0, dims)
                .mapToObj(d -> weight.size(2 + d))
                .toList();
        return settings(window, options, dims, bias != null);
    }

    static String settings(List<Long> window, Convolution.Options options, int dims, boolean bias) {
        return ", kernel_size=" + tuple(window, dims)
                + ", stride=" + tuple(options.stride, dims)
                + (options.same ? ", padding=same" : unusual("padding", options.padding, 0, dims))
                + unusual("dilation", options.dilation, 1, dims)
                + unusual("output_padding", options.outputPadding, 0, dims)
                + (options.groups == 1 ? "" : ", groups=" + options.groups)
                + (bias ? "" : ", bias=False")
                + (options.mode == PadMode.CONSTANT ? "" : ", padding_mode=" + options.mode);
    }

    private static String unusual(String name, List<Long> numbers, long usual, int dims) {
        return numbers.stream().allMatch(n -> n == usual) ? "" : ", " + name + "=" + tuple(numbers, dims);
    }

    /** Numbers as Python prints a tuple that has one for each dimension. */
    static String tuple(List<Long> numbers, int dims) {
        List<Long> all = numbers.size() == dims ? numbers : Collections.nCopies(dims, numbers.getFirst());
        return all.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", dims == 1 ? ",)" : ")"));
    }

    /** Numbers as they were given: one for all, or a tuple. */
    static String given(List<Long> numbers) {
        return numbers.size() == 1 ? String.valueOf(numbers.getFirst()) : tuple(numbers, numbers.size());
    }
}
