package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import java.util.List;
import java.util.Map;

/** What convolutions that wait for their first input have in common. */
abstract sealed class LazyConvolution extends LazyLayer
        permits LazyConv1d, LazyConv2d, LazyConv3d, LazyConvTranspose1d, LazyConvTranspose2d, LazyConvTranspose3d {
    private final int dims;
    private final long outChannels;
    private final long[] window;
    private final Convolution.Options options;

    LazyConvolution(int dims, long outChannels, long[] window, Convolution.Options options) {
        super(options.bias ? new String[] {"weight", "bias"} : new String[] {"weight"});
        this.dims = dims;
        this.outChannels = outChannels;
        this.window = window.clone();
        this.options = options;
        unbuilt(); // refuses options that do not fit now rather than at the first input
    }

    abstract ConvolutionLayer of(long inChannels, long outChannels, long[] window, Convolution.Options options);

    abstract ConvolutionLayer of(Map<String, Tensor> parameters, Convolution.Options options);

    /** Empty before the first input. */
    public final Tensor weight() {
        return (Tensor) parts().get("weight");
    }

    /** {@code [out]}, empty before the first input; null if the layer has none. */
    public final Tensor bias() {
        return (Tensor) parts().get("bias");
    }

    @Override
    final Layer fresh(Tensor x) {
        int rank = x.shape().rank();
        if (rank != dims + 1 && rank != dims + 2) {
            throw new ShapeException(ModelText.name(this) + ": of x " + x.shape() + ": it has " + (dims + 2)
                    + " dimensions, or " + (dims + 1) + " for one example. Reshape it.");
        }
        return of(x.size(rank - dims - 1), outChannels, window, options);
    }

    @Override
    final Layer of(Map<String, Tensor> parameters) {
        return of(parameters, options);
    }

    @Override
    final String unbuilt() {
        List<Long> sizes =
                Convolutions.each(ModelText.name(this), "window", dims, Convolution.numbers("window", 1, window));
        return ModelText.name(this) + "(0, " + outChannels
                + ConvolutionLayer.settings(sizes, options, dims, options.bias) + ")";
    }
}
