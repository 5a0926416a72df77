package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Map;

/** A {@link Conv2d} layer that takes its number of channels from the first input. */
public final class LazyConv2d extends LazyConvolution {
    /** A layer with a bias, a step of 1 and no padding. */
    public LazyConv2d(long outChannels, long window) {
        this(outChannels, window, Convolution.plain());
    }

    /** A layer with these options. */
    public LazyConv2d(long outChannels, long window, Convolution.Options options) {
        this(outChannels, new long[] {window}, options);
    }

    /** As above, with a window that may have a size for each dimension. */
    public LazyConv2d(long outChannels, long[] window, Convolution.Options options) {
        super(2, outChannels, window, options);
    }

    @Override
    ConvolutionLayer of(long inChannels, long outChannels, long[] window, Convolution.Options options) {
        return new Conv2d(inChannels, outChannels, window, options);
    }

    @Override
    ConvolutionLayer of(Map<String, Tensor> parameters, Convolution.Options options) {
        return new Conv2d(parameters.get("weight"), parameters.get("bias"), options);
    }
}
