package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Map;

/** A {@link ConvTranspose1d} layer that takes its number of channels from the first input. */
public final class LazyConvTranspose1d extends LazyConvolution {
    /** A layer with a bias, a step of 1 and no padding. */
    public LazyConvTranspose1d(long outChannels, long window) {
        this(outChannels, window, Convolution.plain());
    }

    /** A layer with these options. */
    public LazyConvTranspose1d(long outChannels, long window, Convolution.Options options) {
        super(1, outChannels, new long[] {window}, options);
    }

    @Override
    ConvolutionLayer of(long inChannels, long outChannels, long[] window, Convolution.Options options) {
        return new ConvTranspose1d(inChannels, outChannels, window[0], options);
    }

    @Override
    ConvolutionLayer of(Map<String, Tensor> parameters, Convolution.Options options) {
        return new ConvTranspose1d(parameters.get("weight"), parameters.get("bias"), options);
    }
}
