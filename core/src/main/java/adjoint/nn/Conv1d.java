package adjoint.nn;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;

/**
 * A convolution over one dimension, {@code [n, in, length] → [n, out, …]}; see
 * {@link Functional#conv1d(Tensor, Tensor, Tensor, Convolution.Options)}. The parameters start uniform in
 * ±1/√(in / groups · window), as PyTorch's, from the same random numbers.
 */
public final class Conv1d extends ConvolutionLayer {
    /** A layer with a bias, a step of 1 and no padding, F32, from the default random stream. */
    public Conv1d(long inChannels, long outChannels, long window) {
        this(inChannels, outChannels, window, Convolution.plain());
    }

    /**
     * A layer with these options.
     *
     * @param window its size
     * @throws ValueException if the channels are no multiples of the groups, or the options contradict each other
     */
    public Conv1d(long inChannels, long outChannels, long window, Convolution.Options options) {
        this(inChannels, outChannels, new long[] {window}, options, Rng.global(), DType.F32);
    }

    /** A layer whose parameters are of this type and come from this random stream. */
    public Conv1d(long inChannels, long outChannels, long[] window, Convolution.Options options, Rng rng, DType dtype) {
        super(inChannels, outChannels, window, options, rng, dtype);
    }

    /**
     * A layer of these parameters themselves.
     *
     * @param weight {@code [out, in / groups, k]}
     * @param bias {@code [out]}, or null for none
     * @throws ShapeException if the shapes do not fit
     */
    public Conv1d(Tensor weight, Tensor bias, Convolution.Options options) {
        super(weight, bias, options);
    }

    @Override
    int dims() {
        return 1;
    }

    @Override
    boolean isTransposed() {
        return false;
    }
}
