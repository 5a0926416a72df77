package adjoint.nn;

import adjoint.op.Parametric;
import adjoint.op.Unary;
import adjoint.tensor.Dim;
import adjoint.tensor.Engine;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.tensor.ValuesAndIndices;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;

/** Layers and losses as functions of all they need. PyTorch: {@code torch.nn.functional}. */
public final class Functional {
    private Functional() {}

    /**
     * {@code x · weightᵀ + bias}.
     *
     * @param x {@code [..., in]}
     * @param weight {@code [out, in]}
     * @param bias {@code [out]}, or null for none
     * @return {@code [..., out]}
     * @throws ShapeException if the sizes do not fit
     */
    public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        if (x.shape().rank() == 0 || x.size(-1) != weight.size(-1)) {
            throw new ShapeException("linear: x " + x.shape() + " with weight " + weight.shape()
                    + ": the last size of x has to be inFeatures (" + weight.size(-1)
                    + "). Check the layer's inFeatures or the data's columns.");
        }
        Tensor product = x.matmul(weight.t());
        if (bias == null) {
            return product;
        }
        Tensor sum = Engine.addOnto(product, bias);
        return Engine.named(sum, x.shape().rank() == 2 ? "AddmmBackward0" : "ViewBackward0");
    }

    // ---------------------------------------------------------------- convolutions

    /** As {@link #conv1d(Tensor, Tensor, Tensor, Convolution.Options)}, with a step of 1 and no padding. */
    public static Tensor conv1d(Tensor x, Tensor weight, Tensor bias) {
        return Convolutions.convolve(1, x, weight, bias, Convolution.plain());
    }

    /**
     * A window of weights goes over the last dimension; each result is the sum of the products of what it shows with
     * the weights. (A cross-correlation: the window is not flipped.)
     *
     * @param x {@code [n, in, L]}, or {@code [in, L]} for one example
     * @param weight {@code [out, in / groups, k]}
     * @param bias {@code [out]}, or null for none
     * @return {@code [n, out, …]}, in each dimension {@code ⌊(size + 2·padding − dilation·(k − 1) − 1) / stride⌋ + 1}
     * @throws ShapeException if the sizes do not fit, or the window is larger than what it goes over
     */
    public static Tensor conv1d(Tensor x, Tensor weight, Tensor bias, Convolution.Options options) {
        return Convolutions.convolve(1, x, weight, bias, options);
    }

    /** As {@link #convTranspose1d(Tensor, Tensor, Tensor, Convolution.Options)}, with a step of 1 and no padding. */
    public static Tensor convTranspose1d(Tensor x, Tensor weight, Tensor bias) {
        return Convolutions.transposed(1, x, weight, bias, Convolution.plain());
    }

    /**
     * The transpose of {@link #conv1d(Tensor, Tensor, Tensor, Convolution.Options) conv1d} with these options: from a
     * tensor of its result's shape one of its input's. Each element of x is multiplied with the window and added where
     * that window lies. PyTorch: {@code conv_transpose1d}.
     *
     * @param x {@code [n, in, L]}, or {@code [in, L]} for one example
     * @param weight {@code [in, out / groups, k]}
     * @param bias {@code [out]}, or null for none
     * @return {@code [n, out, …]}, in each dimension {@code (size − 1)·stride − 2·padding + dilation·(k − 1) + 1 +
     *     outputPadding}
     * @throws ShapeException if the sizes do not fit, or nothing would be left
     */
    public static Tensor convTranspose1d(Tensor x, Tensor weight, Tensor bias, Convolution.Options options) {
        return Convolutions.transposed(1, x, weight, bias, options);
    }

    /** As {@link #conv2d(Tensor, Tensor, Tensor, Convolution.Options)}, with a step of 1 and no padding. */
    public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias) {
        return Convolutions.convolve(2, x, weight, bias, Convolution.plain());
    }

    /**
     * A window of weights goes over the last 2 dimensions; each result is the sum of the products of what it shows with
     * the weights. (A cross-correlation: the window is not flipped.)
     *
     * @param x {@code [n, in, H, W]}, or {@code [in, H, W]} for one example
     * @param weight {@code [out, in / groups, kH, kW]}
     * @param bias {@code [out]}, or null for none
     * @return {@code [n, out, …]}, in each dimension {@code ⌊(size + 2·padding − dilation·(k − 1) − 1) / stride⌋ + 1}
     * @throws ShapeException if the sizes do not fit, or the window is larger than what it goes over
     */
    public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, Convolution.Options options) {
        return Convolutions.convolve(2, x, weight, bias, options);
    }

    /** As {@link #convTranspose2d(Tensor, Tensor, Tensor, Convolution.Options)}, with a step of 1 and no padding. */
    public static Tensor convTranspose2d(Tensor x, Tensor weight, Tensor bias) {
        return Convolutions.transposed(2, x, weight, bias, Convolution.plain());
    }

    /**
     * The transpose of {@link #conv2d(Tensor, Tensor, Tensor, Convolution.Options) conv2d} with these options: from a
     * tensor of its result's shape one of its input's. Each element of x is multiplied with the window and added where
     * that window lies. PyTorch: {@code conv_transpose2d}.
     *
     * @param x {@code [n, in, H, W]}, or {@code [in, H, W]} for one example
     * @param weight {@code [in, out / groups, kH, kW]}
     * @param bias {@code [out]}, or null for none
     * @return {@code [n, out, …]}, in each dimension {@code (size − 1)·stride − 2·padding + dilation·(k − 1) + 1 +
     *     outputPadding}
     * @throws ShapeException if the sizes do not fit, or nothing would be left
     */
    public static Tensor convTranspose2d(Tensor x, Tensor weight, Tensor bias, Convolution.Options options) {
        return Convolutions.transposed(2, x, weight, bias, options);
    }

    /** As {@link #conv3d(Tensor, Tensor, Tensor, Convolution.Options)}, with a step of 1 and no padding. */
    public static Tensor conv3d(Tensor x, Tensor weight, Tensor bias) {
        return Convolutions.convolve(3, x, weight, bias, Convolution.plain());
    }

    /**
     * A window of weights goes over the last 3 dimensions; each result is the sum of the products of what it shows with
     * the weights. (A cross-correlation: the window is not flipped.)
     *
     * @param x {@code [n, in, D, H, W]}, or {@code [in, D, H, W]} for one example
     * @param weight {@code [out, in / groups, kD, kH, kW]}
     * @param bias {@code [out]}, or null for none
     * @return {@code [n, out, …]}, in each dimension {@code ⌊(size + 2·padding − dilation·(k − 1) − 1) / stride⌋ + 1}
     * @throws ShapeException if the sizes do not fit, or the window is larger than what it goes over
     */
    public static Tensor conv3d(Tensor x, Tensor weight, Tensor bias, Convolution.Options options) {
        return Convolutions.convolve(3, x, weight, bias, options);
    }

    /** As {@link #convTranspose3d(Tensor, Tensor, Tensor, Convolution.Options)}, with a step of 1 and no padding. */
    public static Tensor convTranspose3d(Tensor x, Tensor weight, Tensor bias) {
        return Convolutions.transposed(3, x, weight, bias, Convolution.plain());
    }

    /**
     * The transpose of {@link #conv3d(Tensor, Tensor, Tensor, Convolution.Options) conv3d} with these options: from a
     * tensor of its result's shape one of its input's. Each element of x is multiplied with the window and added where
     * that window lies. PyTorch: {@code conv_transpose3d}.
     *
     * @param x {@code [n, in, D, H, W]}, or {@code [in, D, H, W]} for one example
     * @param weight {@code [in, out / groups, kD, kH, kW]}
     * @param bias {@code [out]}, or null for none
     * @return {@code [n, out, …]}, in each dimension {@code (size − 1)·stride − 2·padding + dilation·(k − 1) + 1 +
     *     outputPadding}
     * @throws ShapeException if the sizes do not fit, or nothing would be left
     */
    public static Tensor convTranspose3d(Tensor x, Tensor weight, Tensor bias, Convolution.Options options) {
        return Convolutions.transposed(3, x, weight, bias, options);
    }

    // ---------------------------------------------------------------- padding

    /**
     * Zeros around a tensor.
     *
     * @param amounts how many come before and after in the last dimension, then in the last but one, and so on; negative
     *     ones are cut off
     * @throws ShapeException if there are more numbers than two for each dimension, or an odd count
     */
    public static Tensor pad(Tensor x, long... amounts) {
        return Paddings.pad(x, PadMode.CONSTANT, 0, amounts);
    }

    /**
     * A tensor continued beyond its edges; see {@link #pad(Tensor, long...)}. But for {@link PadMode#CONSTANT}, this is for
     * the last one to three dimensions of tensors that have one or two more.
     */
    public static Tensor pad(Tensor x, PadMode mode, long... amounts) {
        return Paddings.pad(x, mode, 0, amounts);
    }

    /** One number around a tensor; see {@link #pad(Tensor, long...)}. PyTorch: {@code value} of {@code pad}. */
    public static Tensor padWith(Tensor x, double value, long... amounts) {
        return Paddings.pad(x, PadMode.CONSTANT, value, amounts);
    }

    // ---------------------------------------------------------------- pooling

    /** The largest of each window, side by side; see {@link #maxPool1d(Tensor, Pooling)}. */
    public static Tensor maxPool1d(Tensor x, long window) {
        return Pools.max(1, x, Pooling.window(window)).values();
    }

    /**
     * The largest element of each window. NaN is larger than all numbers; of equals the first gets the gradient.
     *
     * @param x {@code [n, channels, L]}, or {@code [channels, L]} for one example
     * @return in each dimension {@code ⌊(size + 2·padding − dilation·(window − 1) − 1) / stride⌋ + 1}, rounded up with
     *     {@link Pooling#ceilMode}
     * @throws ShapeException if x has other dimensions, or a window does not fit
     */
    public static Tensor maxPool1d(Tensor x, Pooling pooling) {
        return Pools.max(1, x, pooling).values();
    }

    /**
     * As {@link #maxPool1d(Tensor, Pooling)}, and where in its channel each was found. PyTorch: {@code
     * return_indices=True}.
     */
    public static ValuesAndIndices maxPool1dWithIndices(Tensor x, Pooling pooling) {
        return Pools.max(1, x, pooling);
    }

    /**
     * Puts the values that {@link #maxPool1dWithIndices} gave where they were found, among zeros.
     *
     * @param sizes of the last dimension of the result; none for the smallest that gives such values
     */
    public static Tensor maxUnpool1d(Tensor x, Tensor indices, Pooling pooling, long... sizes) {
        return Pools.unpool(1, x, indices, pooling, sizes);
    }

    /** The mean of each window, side by side; see {@link #avgPool1d(Tensor, Pooling)}. */
    public static Tensor avgPool1d(Tensor x, long window) {
        return Pools.average(1, x, Pooling.window(window));
    }

    /**
     * The mean of each window; padding counts as zeros unless it is excluded.
     *
     * @param x {@code [n, channels, L]}, or {@code [channels, L]} for one example
     * @return in each dimension {@code ⌊(size + 2·padding − window) / stride⌋ + 1}, rounded up with {@link
     *     Pooling#ceilMode}
     * @throws ShapeException if x has other dimensions, or a window does not fit
     */
    public static Tensor avgPool1d(Tensor x, Pooling pooling) {
        return Pools.average(1, x, pooling);
    }

    /**
     * The p-th root of the sum of p-th powers of each window; the largest size for an infinite p. Powers are PyTorch's:
     * an odd one of a negative number is negative.
     */
    public static Tensor lpPool1d(Tensor x, double p, Pooling pooling) {
        return Pools.powers(1, x, p, pooling);
    }

    /**
     * Means of as many windows as are wanted, which cover all and may overlap by one element.
     *
     * @param x {@code [n, channels, L]}, or {@code [channels, L]} for one example
     * @param sizes how many; {@link Pooling#KEEP} for as many as there are elements
     */
    public static Tensor adaptiveAvgPool1d(Tensor x, long... sizes) {
        return Pools.adaptiveAverage(1, x, sizes);
    }

    /** As {@link #adaptiveAvgPool1d}, of the largest elements. */
    public static Tensor adaptiveMaxPool1d(Tensor x, long... sizes) {
        return Pools.adaptiveMax(1, x, sizes).values();
    }

    /** As {@link #adaptiveMaxPool1d}, and where in its channel each was found. */
    public static ValuesAndIndices adaptiveMaxPool1dWithIndices(Tensor x, long... sizes) {
        return Pools.adaptiveMax(1, x, sizes);
    }

    /** The largest of each window, side by side; see {@link #maxPool2d(Tensor, Pooling)}. */
    public static Tensor maxPool2d(Tensor x, long window) {
        return Pools.max(2, x, Pooling.window(window)).values();
    }

    /**
     * The largest element of each window. NaN is larger than all numbers; of equals the first gets the gradient.
     *
     * @param x {@code [n, channels, H, W]}, or {@code [channels, H, W]} for one example
     * @return in each dimension {@code ⌊(size + 2·padding − dilation·(window − 1) − 1) / stride⌋ + 1}, rounded up with
     *     {@link Pooling#ceilMode}
     * @throws ShapeException if x has other dimensions, or a window does not fit
     */
    public static Tensor maxPool2d(Tensor x, Pooling pooling) {
        return Pools.max(2, x, pooling).values();
    }

    /**
     * As {@link #maxPool2d(Tensor, Pooling)}, and where in its channel each was found, counted row by row. PyTorch: {@code
     * return_indices=True}.
     */
    public static ValuesAndIndices maxPool2dWithIndices(Tensor x, Pooling pooling) {
        return Pools.max(2, x, pooling);
    }

    /**
     * Puts the values that {@link #maxPool2dWithIndices} gave where they were found, among zeros.
     *
     * @param sizes of the last 2 dimensions of the result; none for the smallest that gives such values
     */
    public static Tensor maxUnpool2d(Tensor x, Tensor indices, Pooling pooling, long... sizes) {
        return Pools.unpool(2, x, indices, pooling, sizes);
    }

    /** The mean of each window, side by side; see {@link #avgPool2d(Tensor, Pooling)}. */
    public static Tensor avgPool2d(Tensor x, long window) {
        return Pools.average(2, x, Pooling.window(window));
    }

    /**
     * The mean of each window; padding counts as zeros unless it is excluded.
     *
     * @param x {@code [n, channels, H, W]}, or {@code [channels, H, W]} for one example
     * @return in each dimension {@code ⌊(size + 2·padding − window) / stride⌋ + 1}, rounded up with {@link
     *     Pooling#ceilMode}
     * @throws ShapeException if x has other dimensions, or a window does not fit
     */
    public static Tensor avgPool2d(Tensor x, Pooling pooling) {
        return Pools.average(2, x, pooling);
    }

    /**
     * The p-th root of the sum of p-th powers of each window; the largest size for an infinite p. Powers are PyTorch's:
     * an odd one of a negative number is negative.
     */
    public static Tensor lpPool2d(Tensor x, double p, Pooling pooling) {
        return Pools.powers(2, x, p, pooling);
    }

    /**
     * Means of as many windows as are wanted, which cover all and may overlap by one element.
     *
     * @param x {@code [n, channels, H, W]}, or {@code [channels, H, W]} for one example
     * @param sizes how many in each dimension, or one number for all; {@link Pooling#KEEP} for as many as there are elements
     */
    public static Tensor adaptiveAvgPool2d(Tensor x, long... sizes) {
        return Pools.adaptiveAverage(2, x, sizes);
    }

    /** As {@link #adaptiveAvgPool2d}, of the largest elements. */
    public static Tensor adaptiveMaxPool2d(Tensor x, long... sizes) {
        return Pools.adaptiveMax(2, x, sizes).values();
    }

    /** As {@link #adaptiveMaxPool2d}, and where in its channel each was found. */
    public static ValuesAndIndices adaptiveMaxPool2dWithIndices(Tensor x, long... sizes) {
        return Pools.adaptiveMax(2, x, sizes);
    }

    /** The largest of each window, side by side; see {@link #maxPool3d(Tensor, Pooling)}. */
    public static Tensor maxPool3d(Tensor x, long window) {
        return Pools.max(3, x, Pooling.window(window)).values();
    }

    /**
     * The largest element of each window. NaN is larger than all numbers; of equals the first gets the gradient.
     *
     * @param x {@code [n, channels, D, H, W]}, or {@code [channels, D, H, W]} for one example
     * @return in each dimension {@code ⌊(size + 2·padding − dilation·(window − 1) − 1) / stride⌋ + 1}, rounded up with
     *     {@link Pooling#ceilMode}
     * @throws ShapeException if x has other dimensions, or a window does not fit
     */
    public static Tensor maxPool3d(Tensor x, Pooling pooling) {
        return Pools.max(3, x, pooling).values();
    }

    /**
     * As {@link #maxPool3d(Tensor, Pooling)}, and where in its channel each was found, counted row by row. PyTorch: {@code
     * return_indices=True}.
     */
    public static ValuesAndIndices maxPool3dWithIndices(Tensor x, Pooling pooling) {
        return Pools.max(3, x, pooling);
    }

    /**
     * Puts the values that {@link #maxPool3dWithIndices} gave where they were found, among zeros.
     *
     * @param sizes of the last 3 dimensions of the result; none for the smallest that gives such values
     */
    public static Tensor maxUnpool3d(Tensor x, Tensor indices, Pooling pooling, long... sizes) {
        return Pools.unpool(3, x, indices, pooling, sizes);
    }

    /** The mean of each window, side by side; see {@link #avgPool3d(Tensor, Pooling)}. */
    public static Tensor avgPool3d(Tensor x, long window) {
        return Pools.average(3, x, Pooling.window(window));
    }

    /**
     * The mean of each window; padding counts as zeros unless it is excluded.
     *
     * @param x {@code [n, channels, D, H, W]}, or {@code [channels, D, H, W]} for one example
     * @return in each dimension {@code ⌊(size + 2·padding − window) / stride⌋ + 1}, rounded up with {@link
     *     Pooling#ceilMode}
     * @throws ShapeException if x has other dimensions, or a window does not fit
     */
    public static Tensor avgPool3d(Tensor x, Pooling pooling) {
        return Pools.average(3, x, pooling);
    }

    /**
     * The p-th root of the sum of p-th powers of each window; the largest size for an infinite p. Powers are PyTorch's:
     * an odd one of a negative number is negative.
     */
    public static Tensor lpPool3d(Tensor x, double p, Pooling pooling) {
        return Pools.powers(3, x, p, pooling);
    }

    /**
     * Means of as many windows as are wanted, which cover all and may overlap by one element.
     *
     * @param x {@code [n, channels, D, H, W]}, or {@code [channels, D, H, W]} for one example
     * @param sizes how many in each dimension, or one number for all; {@link Pooling#KEEP} for as many as there are elements
     */
    public static Tensor adaptiveAvgPool3d(Tensor x, long... sizes) {
        return Pools.adaptiveAverage(3, x, sizes);
    }

    /** As {@link #adaptiveAvgPool3d}, of the largest elements. */
    public static Tensor adaptiveMaxPool3d(Tensor x, long... sizes) {
        return Pools.adaptiveMax(3, x, sizes).values();
    }

    /** As {@link #adaptiveMaxPool3d}, and where in its channel each was found. */
    public static ValuesAndIndices adaptiveMaxPool3dWithIndices(Tensor x, long... sizes) {
        return Pools.adaptiveMax(3, x, sizes);
    }

    // ---------------------------------------------------------------- images taken apart, and of other sizes

    /** As {@link #unfold(Tensor, long[], Convolution.Options)}, with a square window, a step of 1 and no padding. */
    public static Tensor unfold(Tensor x, long window) {
        return Columns.unfold(x, new long[] {window}, Convolution.plain());
    }

    /**
     * What a window sees of images, position by position, as the columns of a matrix: a convolution is the product of its
     * weights with them. ({@link Tensor#unfold} is another thing, with PyTorch's name too.)
     *
     * @param x {@code [n, channels, H, W]}, or without the n
     * @param window its height and width, or one number for both
     * @param options stride, padding and dilation
     * @return {@code [n, channels · height · width, positions]}
     */
    public static Tensor unfold(Tensor x, long[] window, Convolution.Options options) {
        return Columns.unfold(x, window, options);
    }

    /**
     * The transpose of {@link #unfold(Tensor, long[], Convolution.Options)}: an image to whose pixels all that was seen of
     * them is added.
     *
     * @param x {@code [n, channels · height · width, positions]}, or without the n
     * @param size the image's height and width, or one number for both
     * @param window the window's height and width, or one number for both
     * @param options stride, padding and dilation
     * @return {@code [n, channels, H, W]}
     */
    public static Tensor fold(Tensor x, long[] size, long[] window, Convolution.Options options) {
        return Columns.fold(x, size, window, options);
    }

    /**
     * Images made larger or smaller.
     *
     * @param x {@code [n, channels, …]} with one to three dimensions more
     */
    public static Tensor interpolate(Tensor x, Interpolation how) {
        return Resizing.interpolate(x, how);
    }

    /** Channels made into pixels: {@code [..., c·r², h, w] → [..., c, h·r, w·r]}. */
    public static Tensor pixelShuffle(Tensor x, long r) {
        return Shuffles.pixelShuffle(x, r);
    }

    /** Pixels made into channels: {@code [..., c, h·r, w·r] → [..., c·r², h, w]}. */
    public static Tensor pixelUnshuffle(Tensor x, long r) {
        return Shuffles.pixelUnshuffle(x, r);
    }

    /** The channels of all groups in turn: first the first of each, then the second, and so on. */
    public static Tensor channelShuffle(Tensor x, long groups) {
        return Shuffles.channelShuffle(x, groups);
    }

    // ---------------------------------------------------------------- losses and tables
    // ---------------------------------------------------------------- activations

    /** {@code max(x, 0)}; its derivative at 0 is 0. */
    public static Tensor relu(Tensor x) {
        return x.relu();
    }

    /** {@code x} within 0 and 6; flat at both. */
    public static Tensor relu6(Tensor x) {
        return hardtanh(x, 0, 6);
    }

    /** {@code x} within −1 and 1; flat at both. */
    public static Tensor hardtanh(Tensor x) {
        return hardtanh(x, -1, 1);
    }

    /**
     * {@code x} within {@code min} and {@code max}; flat at both, other than {@link Tensor#clamp(double, double)}.
     *
     * @throws ValueException if {@code min > max}
     */
    public static Tensor hardtanh(Tensor x, double min, double max) {
        return Activations.hardtanh(x, min, max);
    }

    /** {@code x} to the right of 0, a hundredth of it to the left. PyTorch: {@code leaky_relu}. */
    public static Tensor leakyRelu(Tensor x) {
        return leakyRelu(x, 0.01);
    }

    /** {@code x} to the right of 0, {@code negativeSlope · x} to the left. PyTorch: {@code leaky_relu}. */
    public static Tensor leakyRelu(Tensor x, double negativeSlope) {
        return Activations.real(Parametric.LEAKY_RELU.with(negativeSlope), x);
    }

    /**
     * {@code x} to the right of 0, {@code weight · x} to the left.
     *
     * @param weight one number, or a vector of one for each channel (dimension 1 of {@code x})
     * @throws ShapeException if it is another number of them
     */
    public static Tensor prelu(Tensor x, Tensor weight) {
        return Activations.prelu(x, weight);
    }

    /** As {@link #leakyRelu(Tensor, double)}, with the slope in the middle between the two. */
    public static Tensor rrelu(Tensor x, double lower, double upper) {
        return Activations.rrelu(x, lower, upper);
    }

    /**
     * {@code x} to the right of 0, to the left of it times a slope that is drawn for each element, uniform between the two.
     * For training. PyTorch: {@code rrelu(training=True)}.
     *
     * @throws ValueException if {@code lower > upper}
     */
    public static Tensor rrelu(Tensor x, double lower, double upper, Rng rng) {
        return Activations.rrelu(x, lower, upper, rng);
    }

    /** {@link #elu(Tensor, double)} with α = 1. */
    public static Tensor elu(Tensor x) {
        return elu(x, 1);
    }

    /** {@code x} to the right of 0, {@code α (exp(x) − 1)} to the left. */
    public static Tensor elu(Tensor x, double alpha) {
        return Activations.real(Parametric.ELU.with(alpha), x);
    }

    /** An {@link #elu} times a scale, with constants that keep mean 0 and variance 1. Klambauer et al., 2017. */
    public static Tensor selu(Tensor x) {
        return Activations.real(Unary.SELU, x);
    }

    /** {@link #celu(Tensor, double)} with α = 1. */
    public static Tensor celu(Tensor x) {
        return celu(x, 1);
    }

    /**
     * {@code x} to the right of 0, {@code α (exp(x/α) − 1)} to the left: smooth at 0 for every α. Barron, 2017.
     *
     * @throws ValueException if {@code alpha} is 0
     */
    public static Tensor celu(Tensor x, double alpha) {
        return Activations.celu(x, alpha);
    }

    /** {@code x Φ(x)}, with the normal distribution's Φ. Hendrycks and Gimpel, 2016. */
    public static Tensor gelu(Tensor x) {
        return Activations.real(Unary.GELU, x);
    }

    /** {@link #gelu} as {@code ½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))}. PyTorch: {@code gelu(approximate='tanh')}. */
    public static Tensor geluTanh(Tensor x) {
        return Activations.real(Unary.GELU_TANH, x);
    }

    /** {@code x sigmoid(x)}, also known as swish. */
    public static Tensor silu(Tensor x) {
        return Activations.real(Unary.SILU, x);
    }

    /** {@code x tanh(softplus(x))}. Misra, 2019. */
    public static Tensor mish(Tensor x) {
        return Activations.real(Unary.MISH, x);
    }

    /** {@code log(1 + exp(x))}. */
    public static Tensor softplus(Tensor x) {
        return softplus(x, 1, 20);
    }

    /** {@code log(1 + exp(βx)) / β}; where {@code βx > threshold}, {@code x}. */
    public static Tensor softplus(Tensor x, double beta, double threshold) {
        return Activations.real(Parametric.SOFTPLUS.with(beta, threshold), x);
    }

    /** {@code log(sigmoid(x))}, without overflow. PyTorch: {@code logsigmoid}. */
    public static Tensor logSigmoid(Tensor x) {
        return Activations.real(Unary.LOG_SIGMOID, x);
    }

    /** {@code x / (1 + |x|)}. */
    public static Tensor softsign(Tensor x) {
        return Activations.promoting(Unary.SOFTSIGN, x);
    }

    /** {@code x − tanh(x)}. */
    public static Tensor tanhshrink(Tensor x) {
        return Activations.promoting(Unary.TANHSHRINK, x);
    }

    /** {@link #hardshrink(Tensor, double)} with ½. */
    public static Tensor hardshrink(Tensor x) {
        return hardshrink(x, 0.5);
    }

    /** {@code x}, and 0 within ±λ. */
    public static Tensor hardshrink(Tensor x, double lambda) {
        return Activations.real(Parametric.HARDSHRINK.with(lambda), x);
    }

    /** {@link #softshrink(Tensor, double)} with ½. */
    public static Tensor softshrink(Tensor x) {
        return softshrink(x, 0.5);
    }

    /**
     * {@code x} nearer to 0 by λ, and 0 within ±λ.
     *
     * @throws ValueException if {@code lambda < 0}
     */
    public static Tensor softshrink(Tensor x, double lambda) {
        return Activations.softshrink(x, lambda);
    }

    /** {@code x} above the threshold, else {@code value}. */
    public static Tensor threshold(Tensor x, double threshold, double value) {
        return Activations.number(Parametric.THRESHOLD.with(threshold, value), x);
    }

    /** {@code (x + 3) / 6} within 0 and 1: a sigmoid of straight lines. */
    public static Tensor hardsigmoid(Tensor x) {
        return Activations.real(Unary.HARDSIGMOID, x);
    }

    /** {@code x hardsigmoid(x)}. Howard et al., 2019. */
    public static Tensor hardswish(Tensor x) {
        return Activations.real(Unary.HARDSWISH, x);
    }

    /** {@link #glu(Tensor, int)} along the last dimension. */
    public static Tensor glu(Tensor x) {
        return glu(x, -1);
    }

    /**
     * The first half along a dimension times the sigmoid of the second. Dauphin et al., 2016.
     *
     * @throws ShapeException if the size is not even
     */
    public static Tensor glu(Tensor x, int dim) {
        return Activations.glu(x, dim);
    }

    /** {@code exp(x) / Σ exp(x)} along a dimension. */
    public static Tensor softmax(Tensor x, int dim) {
        return x.softmax(dim);
    }

    /** The logarithm of {@link #softmax}, without overflow. PyTorch: {@code log_softmax}. */
    public static Tensor logSoftmax(Tensor x, int dim) {
        return x.logSoftmax(dim);
    }

    /** {@link #softmax} of {@code −x}. */
    public static Tensor softmin(Tensor x, int dim) {
        return x.neg().softmax(dim);
    }

    /** Each vector along dimension 1 divided by its length, see {@link #normalize(Tensor, double, int, double)}. */
    public static Tensor normalize(Tensor x) {
        return normalize(x, 2, 1, 1e-12);
    }

    /** As {@link #normalize(Tensor, double, int, double)}, the norm no less than 1e-12. */
    public static Tensor normalize(Tensor x, double p, int dim) {
        return normalize(x, p, dim, 1e-12);
    }

    /** Each vector along a dimension divided by its p-norm, or by {@code eps} where that is more. */
    public static Tensor normalize(Tensor x, double p, int dim, double eps) {
        return Distances.normalize(x, p, dim, eps);
    }

    // ---------------------------------------------------------------- distances

    /** The cosine of the angle between vectors along dimension 1. PyTorch: {@code cosine_similarity}. */
    public static Tensor cosineSimilarity(Tensor a, Tensor b) {
        return cosineSimilarity(a, b, 1, 1e-8);
    }

    /** The cosine of the angle between vectors along a dimension. */
    public static Tensor cosineSimilarity(Tensor a, Tensor b, int dim) {
        return cosineSimilarity(a, b, dim, 1e-8);
    }

    /**
     * The cosine of the angle between vectors along a dimension; the two broadcast.
     *
     * @param eps what lengths count as that are less
     * @return without that dimension
     */
    public static Tensor cosineSimilarity(Tensor a, Tensor b, int dim, double eps) {
        return Distances.cosine(a, b, dim, eps);
    }

    /** The Euclidean distance between vectors along the last dimension. PyTorch: {@code pairwise_distance}. */
    public static Tensor pairwiseDistance(Tensor a, Tensor b) {
        return pairwiseDistance(a, b, 2, 1e-6, Dim.DROP);
    }

    /**
     * The p-norm of {@code a − b + eps} along the last dimension; the two broadcast. PyTorch: {@code pairwise_distance}.
     *
     * @param eps keeps the derivative of the distance between equal vectors finite
     */
    public static Tensor pairwiseDistance(Tensor a, Tensor b, double p, double eps, Dim keep) {
        return Distances.pairwise(a, b, p, eps, keep);
    }

    // ---------------------------------------------------------------- losses

    /** The mean of the squared differences; see {@link #mseLoss(Tensor, Tensor, Reduction)}. */
    public static Tensor mseLoss(Tensor input, Tensor target) {
        return mseLoss(input, target, Reduction.MEAN);
    }

    /**
     * The squared differences of prediction and target, reduced.
     *
     * @throws ShapeException if the shapes differ: broadcasting here ({@code [n, 1]} against {@code [n]}) compares every
     *     prediction with every target, and is a mistake nearly always
     */
    public static Tensor mseLoss(Tensor input, Tensor target, Reduction reduction) {
        return Losses.mse(input, target, reduction);
    }

    /** As {@link #mseLoss(Tensor, Tensor, Reduction)}, each element weighted; so is the mean. */
    public static Tensor mseLoss(Tensor input, Tensor target, Tensor weight, Reduction reduction) {
        return Losses.mse(input, target, weight, reduction);
    }

    /** The mean of the absolute differences. PyTorch: {@code l1_loss}. */
    public static Tensor l1Loss(Tensor input, Tensor target) {
        return l1Loss(input, target, Reduction.MEAN);
    }

    /**
     * The absolute differences, reduced.
     *
     * @throws ShapeException if the shapes differ, as for {@link #mseLoss(Tensor, Tensor, Reduction)}
     */
    public static Tensor l1Loss(Tensor input, Tensor target, Reduction reduction) {
        return Losses.l1(input, target, reduction);
    }

    /** As {@link #l1Loss(Tensor, Tensor, Reduction)}, each element weighted; so is the mean. */
    public static Tensor l1Loss(Tensor input, Tensor target, Tensor weight, Reduction reduction) {
        return Losses.l1(input, target, weight, reduction);
    }

    /** {@link SmoothL1Loss} with beta 1. PyTorch: {@code smooth_l1_loss}. */
    public static Tensor smoothL1Loss(Tensor input, Tensor target) {
        return smoothL1Loss(input, target, 1, Reduction.MEAN);
    }

    /**
     * See {@link SmoothL1Loss}.
     *
     * @throws ValueException if {@code beta < 0}
     * @throws ShapeException if the shapes differ, as for {@link #mseLoss(Tensor, Tensor, Reduction)}
     */
    public static Tensor smoothL1Loss(Tensor input, Tensor target, double beta, Reduction reduction) {
        return Losses.smoothL1(input, target, beta, reduction);
    }

    /** {@link HuberLoss} with delta 1. */
    public static Tensor huberLoss(Tensor input, Tensor target) {
        return huberLoss(input, target, 1, Reduction.MEAN);
    }

    /**
     * See {@link HuberLoss}.
     *
     * @throws ValueException if {@code delta} is not above 0
     * @throws ShapeException if the shapes differ, as for {@link #mseLoss(Tensor, Tensor, Reduction)}
     */
    public static Tensor huberLoss(Tensor input, Tensor target, double delta, Reduction reduction) {
        return Losses.huber(input, target, delta, reduction);
    }

    /** As {@link #huberLoss(Tensor, Tensor, double, Reduction)}, each element weighted; the mean is that of the products. */
    public static Tensor huberLoss(Tensor input, Tensor target, Tensor weight, double delta, Reduction reduction) {
        return Losses.huber(input, target, weight, delta, reduction);
    }

    /** The mean of {@link CrossEntropyLoss}. PyTorch: {@code cross_entropy}. */
    public static Tensor crossEntropy(Tensor input, Tensor target) {
        return crossEntropy(input, target, Reduction.MEAN);
    }

    /** See {@link CrossEntropyLoss}, which also has the options. */
    public static Tensor crossEntropy(Tensor input, Tensor target, Reduction reduction) {
        return new CrossEntropyLoss().reduction(reduction).forward(input, target);
    }

    /** The mean of {@link NLLLoss}, of logarithms of probabilities. PyTorch: {@code nll_loss}. */
    public static Tensor nllLoss(Tensor input, Tensor target) {
        return nllLoss(input, target, Reduction.MEAN);
    }

    /** See {@link NLLLoss}, which also has the options. */
    public static Tensor nllLoss(Tensor input, Tensor target, Reduction reduction) {
        return new NLLLoss().reduction(reduction).forward(input, target);
    }

    /** The mean of {@link BCELoss}, of probabilities. PyTorch: {@code binary_cross_entropy}. */
    public static Tensor binaryCrossEntropy(Tensor input, Tensor target) {
        return binaryCrossEntropy(input, target, Reduction.MEAN);
    }

    /** See {@link BCELoss}, which also has the options. */
    public static Tensor binaryCrossEntropy(Tensor input, Tensor target, Reduction reduction) {
        return new BCELoss().reduction(reduction).forward(input, target);
    }

    /** The mean of {@link BCEWithLogitsLoss}. PyTorch: {@code binary_cross_entropy_with_logits}. */
    public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
        return binaryCrossEntropyWithLogits(input, target, Reduction.MEAN);
    }

    /** See {@link BCEWithLogitsLoss}, which also has the options. */
    public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target, Reduction reduction) {
        return new BCEWithLogitsLoss().reduction(reduction).forward(input, target);
    }

    /** The mean of {@link KLDivLoss} over all elements. PyTorch: {@code kl_div}. */
    public static Tensor klDiv(Tensor input, Tensor target) {
        return klDiv(input, target, Reduction.MEAN);
    }

    /** See {@link KLDivLoss}, which also has the options. */
    public static Tensor klDiv(Tensor input, Tensor target, Reduction reduction) {
        return new KLDivLoss().reduction(reduction).forward(input, target);
    }

    /** The mean of {@link PoissonNLLLoss}, of logarithms of rates. PyTorch: {@code poisson_nll_loss}. */
    public static Tensor poissonNllLoss(Tensor input, Tensor target) {
        return poissonNllLoss(input, target, Reduction.MEAN);
    }

    /** See {@link PoissonNLLLoss}, which also has the options. */
    public static Tensor poissonNllLoss(Tensor input, Tensor target, Reduction reduction) {
        return new PoissonNLLLoss().reduction(reduction).forward(input, target);
    }

    /** The mean of {@link GaussianNLLLoss}. PyTorch: {@code gaussian_nll_loss}. */
    public static Tensor gaussianNllLoss(Tensor input, Tensor target, Tensor var) {
        return gaussianNllLoss(input, target, var, Reduction.MEAN);
    }

    /** See {@link GaussianNLLLoss}, which also has the options. */
    public static Tensor gaussianNllLoss(Tensor input, Tensor target, Tensor var, Reduction reduction) {
        return new GaussianNLLLoss().reduction(reduction).forward(input, target, var);
    }

    /** The mean of {@link HingeEmbeddingLoss}. PyTorch: {@code hinge_embedding_loss}. */
    public static Tensor hingeEmbeddingLoss(Tensor input, Tensor target) {
        return hingeEmbeddingLoss(input, target, Reduction.MEAN);
    }

    /** See {@link HingeEmbeddingLoss}, which also has the options. */
    public static Tensor hingeEmbeddingLoss(Tensor input, Tensor target, Reduction reduction) {
        return new HingeEmbeddingLoss().reduction(reduction).forward(input, target);
    }

    /** The mean of {@link CosineEmbeddingLoss}. PyTorch: {@code cosine_embedding_loss}. */
    public static Tensor cosineEmbeddingLoss(Tensor a, Tensor b, Tensor target) {
        return cosineEmbeddingLoss(a, b, target, Reduction.MEAN);
    }

    /** See {@link CosineEmbeddingLoss}, which also has the options. */
    public static Tensor cosineEmbeddingLoss(Tensor a, Tensor b, Tensor target, Reduction reduction) {
        return new CosineEmbeddingLoss().reduction(reduction).forward(a, b, target);
    }

    /** The mean of {@link MarginRankingLoss}. PyTorch: {@code margin_ranking_loss}. */
    public static Tensor marginRankingLoss(Tensor a, Tensor b, Tensor target) {
        return marginRankingLoss(a, b, target, Reduction.MEAN);
    }

    /** See {@link MarginRankingLoss}, which also has the options. */
    public static Tensor marginRankingLoss(Tensor a, Tensor b, Tensor target, Reduction reduction) {
        return new MarginRankingLoss().reduction(reduction).forward(a, b, target);
    }

    /** The mean of {@link MultiMarginLoss}. PyTorch: {@code multi_margin_loss}. */
    public static Tensor multiMarginLoss(Tensor input, Tensor target) {
        return multiMarginLoss(input, target, Reduction.MEAN);
    }

    /** See {@link MultiMarginLoss}, which also has the options. */
    public static Tensor multiMarginLoss(Tensor input, Tensor target, Reduction reduction) {
        return new MultiMarginLoss().reduction(reduction).forward(input, target);
    }

    /** The mean of {@link MultiLabelMarginLoss}. PyTorch: {@code multilabel_margin_loss}. */
    public static Tensor multiLabelMarginLoss(Tensor input, Tensor target) {
        return multiLabelMarginLoss(input, target, Reduction.MEAN);
    }

    /** See {@link MultiLabelMarginLoss}. */
    public static Tensor multiLabelMarginLoss(Tensor input, Tensor target, Reduction reduction) {
        return new MultiLabelMarginLoss(reduction).forward(input, target);
    }

    /** The mean of {@link MultiLabelSoftMarginLoss}. PyTorch: {@code multilabel_soft_margin_loss}. */
    public static Tensor multiLabelSoftMarginLoss(Tensor input, Tensor target) {
        return multiLabelSoftMarginLoss(input, target, Reduction.MEAN);
    }

    /** See {@link MultiLabelSoftMarginLoss}, which also has the options. */
    public static Tensor multiLabelSoftMarginLoss(Tensor input, Tensor target, Reduction reduction) {
        return new MultiLabelSoftMarginLoss().reduction(reduction).forward(input, target);
    }

    /** The mean of {@link SoftMarginLoss}. PyTorch: {@code soft_margin_loss}. */
    public static Tensor softMarginLoss(Tensor input, Tensor target) {
        return softMarginLoss(input, target, Reduction.MEAN);
    }

    /** See {@link SoftMarginLoss}. */
    public static Tensor softMarginLoss(Tensor input, Tensor target, Reduction reduction) {
        return new SoftMarginLoss(reduction).forward(input, target);
    }

    /** The mean of {@link TripletMarginLoss}. PyTorch: {@code triplet_margin_loss}. */
    public static Tensor tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative) {
        return tripletMarginLoss(anchor, positive, negative, Reduction.MEAN);
    }

    /** See {@link TripletMarginLoss}, which also has the options. */
    public static Tensor tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative, Reduction reduction) {
        return new TripletMarginLoss().reduction(reduction).forward(anchor, positive, negative);
    }

    // ---------------------------------------------------------------- normalisation

    /**
     * {@code (x − mean) / √(variance + eps) · weight + bias} for each channel, by given means and variances. PyTorch: {@code
     * batch_norm(training=False)}.
     *
     * @param x {@code [n, channels, ...]}
     * @param mean {@code [channels]}, as all the others
     * @param weight or null for none; as bias
     * @throws ShapeException if shapes do not fit
     */
    public static Tensor batchNorm(Tensor x, Tensor mean, Tensor variance, Tensor weight, Tensor bias, double eps) {
        return Normalizations.batchInUse(x, mean, variance, weight, bias, eps);
    }

    /**
     * {@code (x − mean) / √(variance + eps) · weight + bias} for each channel, by the means and variances of the batch, towards
     * which running ones are moved in place. PyTorch: {@code batch_norm(training=True)}.
     *
     * @param x {@code [n, channels, ...]}, more than one value a channel
     * @param runningMean {@code [channels]}, or null for none; as all the others
     * @param runningVar the same of variances over n − 1
     * @param momentum how far running values go, from 0 to 1
     * @throws ShapeException if shapes do not fit, or a channel has only one value
     */
    public static Tensor batchNormTraining(
            Tensor x, Tensor runningMean, Tensor runningVar, Tensor weight, Tensor bias, double momentum, double eps) {
        return Normalizations.batchTraining(x, runningMean, runningVar, weight, bias, momentum, eps);
    }

    /** {@link #instanceNorm(Tensor, Tensor, Tensor, Tensor, Tensor, double, double)} without parameters; eps 1e-5. */
    public static Tensor instanceNorm(Tensor x) {
        return instanceNorm(x, null, null, null, null, 0, 1e-5);
    }

    /**
     * {@code (x − mean) / √(variance + eps) · weight + bias} for each channel of each example, by its own mean and variance;
     * running ones are moved towards their averages in place. By given ones it is {@link #batchNorm}.
     *
     * @param x {@code [n, channels, places, ...]}, more than one value a channel
     * @param runningMean {@code [channels]}, or null for none; as all the others
     * @param momentum how far running values go, from 0 to 1
     * @throws ShapeException if shapes do not fit, or a channel has only one value
     */
    public static Tensor instanceNorm(
            Tensor x, Tensor runningMean, Tensor runningVar, Tensor weight, Tensor bias, double momentum, double eps) {
        return Normalizations.instanceTraining(x, runningMean, runningVar, weight, bias, momentum, eps);
    }

    /** Over the last dimensions, of these sizes, without parameters; eps 1e-5. */
    public static Tensor layerNorm(Tensor x, long... shape) {
        return layerNorm(x, shape, null, null, 1e-5);
    }

    /**
     * {@code (x − mean) / √(variance + eps) · weight + bias}, with mean and variance over the last dimensions.
     *
     * @param shape the sizes of these dimensions
     * @param weight of that shape, or null for none; as bias
     * @throws ShapeException if shapes do not fit
     */
    public static Tensor layerNorm(Tensor x, long[] shape, Tensor weight, Tensor bias, double eps) {
        return Normalizations.layer(x, shape, weight, bias, eps);
    }

    /** {@link #rmsNorm(Tensor, long[], Tensor, double)} with the smallest step from 1 in x's type for eps. */
    public static Tensor rmsNorm(Tensor x, long[] shape, Tensor weight) {
        return Normalizations.rms(x, shape, weight, Normalizations.smallest(x.dtype()));
    }

    /**
     * {@code x / √(mean(x²) + eps) · weight}, with the mean over the last dimensions.
     *
     * @param shape the sizes of these dimensions
     * @param weight of that shape, or null for none
     * @throws ShapeException if shapes do not fit
     */
    public static Tensor rmsNorm(Tensor x, long[] shape, Tensor weight, double eps) {
        return Normalizations.rms(x, shape, weight, eps);
    }

    /**
     * {@code (x − mean) / √(variance + eps) · weight + bias}, with mean and variance over each group of channels of each example.
     *
     * @param x {@code [n, channels, ...]}
     * @param weight {@code [channels]}, or null for none; as bias
     * @throws ShapeException if shapes do not fit, or there is only one value for all
     * @throws ValueException if the channels cannot be divided into so many groups
     */
    public static Tensor groupNorm(Tensor x, long groups, Tensor weight, Tensor bias, double eps) {
        return Normalizations.group(x, groups, weight, bias, eps);
    }

    /**
     * {@code x / (k + alpha · mean of x² over neighbouring channels)^beta}.
     *
     * @param x {@code [n, channels, ...]}
     * @param size over how many channels
     */
    public static Tensor localResponseNorm(Tensor x, long size, double alpha, double beta, double k) {
        return Normalizations.localResponse(x, size, alpha, beta, k);
    }

    // ---------------------------------------------------------------- attention

    /** {@link #scaledDotProductAttention(Tensor, Tensor, Tensor, Tensor)} without a mask. */
    public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
        return scaledDotProductAttention(query, key, value, null);
    }

    /** Without dropout, scaled with {@code 1/√features}. */
    public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value, Tensor mask) {
        return scaledDotProductAttention(query, key, value, mask, 0, 1 / Math.sqrt((double) query.size(-1)));
    }

    /**
     * {@code softmax(scale · query · keyᵀ) · value}: for each query the mean of the values, weighed by how well their keys fit.
     *
     * @param query {@code [..., queries, features]}
     * @param key {@code [..., keys, features]}
     * @param value {@code [..., keys, size]}
     * @param mask {@code [..., queries, keys]}: true where a query may look ({@link #causalMask}), or numbers that are added to the
     *     scores; a query that may look nowhere gets zeros. null for none
     * @param dropout the share of weights that is left out; 0 in use
     * @param scale of the scores
     * @return {@code [..., queries, size]}
     * @throws ShapeException if shapes do not fit
     */
    public static Tensor scaledDotProductAttention(
            Tensor query, Tensor key, Tensor value, Tensor mask, double dropout, double scale) {
        return Attentions.scaledDotProduct(query, key, value, mask, dropout, scale);
    }

    /**
     * Where query i may look at key j: true for j ≤ i. PyTorch: {@code is_causal=True}.
     *
     * @return BOOL {@code [queries, keys]}
     */
    public static Tensor causalMask(long queries, long keys) {
        return Tensor.ones(queries, keys).tril().to(DType.BOOL);
    }

    // ---------------------------------------------------------------- tables

    /**
     * The rows of a table at the positions that {@code input} holds.
     *
     * @param input integers of any shape
     * @param weight {@code [count, size]}
     * @return {@code [..., size]}
     */
    public static Tensor embedding(Tensor input, Tensor weight) {
        return embedding(input, weight, Embedding.Options.PLAIN);
    }

    /** As {@link #embedding(Tensor, Tensor)}; row {@code paddingIdx} gets no gradient. */
    public static Tensor embedding(Tensor input, Tensor weight, long paddingIdx) {
        return embedding(input, weight, Embedding.padding(paddingIdx));
    }

    /**
     * As {@link #embedding(Tensor, Tensor)}, not in the plain way: with padding, norms that are kept small in place, or
     * gradients divided by how often a row was read.
     */
    public static Tensor embedding(Tensor input, Tensor weight, Embedding.Options options) {
        return Engine.named(Embeddings.rows(input, weight, options), "EmbeddingBackward0");
    }

    /**
     * Scales those rows of the table that {@code input} names, and whose norm is larger, to this norm, in place and
     * unrecorded. PyTorch: {@code max_norm} of {@code embedding}, which does this before it reads.
     */
    public static void renormalizeInPlace(Tensor weight, Tensor input, double maxNorm, double normType) {
        Embeddings.renormalize(weight, input, maxNorm, normType);
    }

    /**
     * Bags of rows of a table, each reduced to one row; an empty bag gives zeros.
     *
     * @param input a vector of positions
     * @param weight {@code [count, size]}
     * @param offsets where each bag starts in {@code input}; the first at 0
     * @return {@code [bags, size]}
     */
    public static Tensor embeddingBag(Tensor input, Tensor weight, Tensor offsets, BagMode mode) {
        return embeddingBag(input, weight, offsets, mode, null, Embedding.Options.PLAIN);
    }

    /**
     * Bags of rows of a table, each reduced to one row; an empty bag gives zeros.
     *
     * @param input a vector of positions, or {@code [bags, length]} without offsets
     * @param weight {@code [count, size]}
     * @param offsets where each bag starts in {@code input}; the first at 0. null where the bags are input's rows
     * @param weights of input's shape: what each row is multiplied with before the sum; null for none
     * @param options padding, which is in no bag; norms that are kept small
     * @return {@code [bags, size]}
     */
    public static Tensor embeddingBag(
            Tensor input, Tensor weight, Tensor offsets, BagMode mode, Tensor weights, Embedding.Options options) {
        Tensor bags = offsets == null
                ? Embeddings.bags(input, weight, mode, weights, options)
                : Embeddings.bags(input, weight, offsets, mode, weights, options);
        return Engine.named(bags, "EmbeddingBagBackward0");
    }

    /**
     * {@code x · weight[k] · y + bias[k]} for each k.
     *
     * @param x {@code [..., in1]}
     * @param y {@code [..., in2]}, with the same sizes before
     * @param weight {@code [out, in1, in2]}
     * @param bias {@code [out]}, or null for none
     * @return {@code [..., out]}
     * @throws ShapeException if shapes do not fit
     */
    public static Tensor bilinear(Tensor x, Tensor y, Tensor weight, Tensor bias) {
        return Bilinear.of(x, y, weight, bias);
    }

    /** A vector for each class number: 1 at it, else 0; as many classes as the largest number asks for. */
    public static Tensor oneHot(Tensor classes) {
        return Embeddings.oneHot(classes, -1);
    }

    /** A vector of this length for each class number: 1 at it, else 0. */
    public static Tensor oneHot(Tensor classes, long count) {
        return Embeddings.oneHot(classes, count);
    }

    /**
     * Sets elements to 0 with probability {@code p}, and divides the others by {@code 1 − p}; random numbers from {@link
     * Rng#global()}. For training; a layer that is in use leaves its input as it is.
     *
     * @throws ValueException if {@code p} is not from 0 to 1
     */
    public static Tensor dropout(Tensor x, double p) {
        return dropout(x, p, Rng.global());
    }

    /** As {@link #dropout(Tensor, double)}, from this stream. */
    public static Tensor dropout(Tensor x, double p, Rng rng) {
        return Dropouts.dropout("dropout", x, p, Dropouts.Unit.ELEMENT, rng);
    }

    /** As {@link #dropout(Tensor, double)} in training; in use, {@code x} itself. */
    public static Tensor dropout(Tensor x, double p, Mode mode) {
        Dropouts.checkProbability("dropout", p);
        return mode.isTraining() ? dropout(x, p) : x;
    }

    /** As {@link #dropout(Tensor, double)}, in place. */
    public static Tensor dropoutInPlace(Tensor x, double p) {
        return Dropouts.dropoutInPlace(x, p, Rng.global());
    }

    /**
     * Sets whole channels to 0 with probability {@code p}, and divides the others by {@code 1 − p}.
     *
     * @param x {@code [batch, channels, length]} or {@code [channels, length]}
     */
    public static Tensor dropout1d(Tensor x, double p) {
        return Dropouts.channelDropout("dropout1d", x, p, 1, Rng.global());
    }

    /**
     * As {@link #dropout1d}.
     *
     * @param x {@code [batch, channels, height, width]}, or {@code [batch, channels, length]}
     */
    public static Tensor dropout2d(Tensor x, double p) {
        return Dropouts.channelDropout("dropout2d", x, p, 2, Rng.global());
    }

    /**
     * As {@link #dropout1d}.
     *
     * @param x {@code [batch, channels, depth, height, width]}, or without the batch
     */
    public static Tensor dropout3d(Tensor x, double p) {
        return Dropouts.channelDropout("dropout3d", x, p, 3, Rng.global());
    }

    /**
     * Dropout that keeps the mean 0 and the variance 1 of what {@code selu} makes: see {@link AlphaDropout}.
     *
     * @throws ValueException if {@code p} is not from 0 to 1
     */
    public static Tensor alphaDropout(Tensor x, double p) {
        return Dropouts.alphaDropout("alphaDropout", x, p, Dropouts.Unit.ELEMENT, Rng.global());
    }

    /**
     * As {@link #alphaDropout}, for whole channels.
     *
     * @param x {@code [batch, channels, …]}
     */
    public static Tensor featureAlphaDropout(Tensor x, double p) {
        return Dropouts.alphaDropout("featureAlphaDropout", x, p, Dropouts.Unit.CHANNEL, Rng.global());
    }

    /**
     * Random classes as probabilities, drawn so that gradients flow to the logits: the softmax of the logits with Gumbel noise.
     * Jang, Gu and Poole, "Categorical Reparameterization with Gumbel-Softmax", 2017. PyTorch: {@code gumbel_softmax}.
     *
     * @param logits unnormalised logarithms of the probabilities along {@code dim}
     * @param temperature positive; the smaller, the nearer the result is to one class alone
     * @throws ValueException if the temperature is not positive
     */
    public static Tensor gumbelSoftmax(Tensor logits, double temperature, int dim) {
        return GumbelSoftmax.soft(logits, temperature, dim, Rng.global());
    }

    /**
     * As {@link #gumbelSoftmax}, but one class alone: 1 for it and 0 for the others, with the gradient of the softmax. PyTorch:
     * {@code hard=True}.
     */
    public static Tensor hardGumbelSoftmax(Tensor logits, double temperature, int dim) {
        return GumbelSoftmax.hard(logits, temperature, dim, Rng.global());
    }
}
