package adjoint.nn;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;

/**
 * A transposed convolution over three dimensions, {@code [n, in, depth, height, width] → [n, out, …]}: what a {@link Conv3d} with
 * these options does to gradients, so it makes larger what that makes smaller. The parameters start uniform in
 * ±1/√(out / groups · window), as PyTorch's, from the same random numbers.
 */
public final class ConvTranspose3d extends ConvolutionLayer {
    /** A layer with a bias, a step of 1 and no padding, F32, from the default random stream. */
    public ConvTranspose3d(long inChannels, long outChannels, long window) {
        this(inChannels, outChannels, window, Convolution.plain());
    }

    /**
     * A layer with these options.
     *
     * @param window its size in each dimension
     * @throws ValueException if the channels are no multiples of the groups, or the options contradict each other
     */
    public ConvTranspose3d(long inChannels, long outChannels, long window, Convolution.Options options) {
        this(inChannels, outChannels, new long[] {window}, options, Rng.global(), DType.F32);
    }

    /**
     * As above, with a window that may have a size for each dimension.
     *
     * @param window depth, height and width
     */
    public ConvTranspose3d(long inChannels, long outChannels, long[] window, Convolution.Options options) {
        this(inChannels, outChannels, window, options, Rng.global(), DType.F32);
    }

    /** A layer whose parameters are of this type and come from this random stream. */
    public ConvTranspose3d(
            long inChannels, long outChannels, long[] window, Convolution.Options options, Rng rng, DType dtype) {
        super(inChannels, outChannels, window, options, rng, dtype);
    }

    /**
     * A layer of these parameters themselves.
     *
     * @param weight {@code [in, out / groups, kD, kH, kW]}
     * @param bias {@code [out]}, or null for none
     * @throws ShapeException if the shapes do not fit
     */
    public ConvTranspose3d(Tensor weight, Tensor bias, Convolution.Options options) {
        super(weight, bias, options);
    }

    /**
     * As {@link #forward}, to a result of these sizes, of several that give x's size when convolved. PyTorch: {@code
     * output_size}.
     *
     * @param sizes of the last three dimensions
     */
    public Tensor forwardTo(Tensor x, long... sizes) {
        return Convolutions.transposedTo(3, x, weight(), bias(), options(), sizes);
    }

    @Override
    int dims() {
        return 3;
    }

    @Override
    boolean isTransposed() {
        return true;
    }
}
