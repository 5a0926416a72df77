package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Map;

/** A {@link Conv3d} layer that takes its number of channels from the first input. */
public final class LazyConv3d extends LazyConvolution {
    /** A layer with a bias, a step of 1 and no padding. */
    public LazyConv3d(long outChannels, long window) {
        this(outChannels, window, Convolution.plain());
    }

    /** A layer with these options. */
    public LazyConv3d(long outChannels, long window, Convolution.Options options) {
        this(outChannels, new long[] {window}, options);
    }

    /** As above, with a window that may have a size for each dimension. */
    public LazyConv3d(long outChannels, long[] window, Convolution.Options options) {
        super(3, outChannels, window, options);
    }

    @Override
    ConvolutionLayer of(long inChannels, long outChannels, long[] window, Convolution.Options options) {
        return new Conv3d(inChannels, outChannels, window, options);
    }

    @Override
    ConvolutionLayer of(Map<String, Tensor> parameters, Convolution.Options options) {
        return new Conv3d(parameters.get("weight"), parameters.get("bias"), options);
    }
}
