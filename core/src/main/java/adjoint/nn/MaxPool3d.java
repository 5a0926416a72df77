package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.tensor.ValuesAndIndices;

/**
 * The largest element of each window of the last three dimensions; see {@link Functional#maxPool3d(Tensor, Pooling)}.
 *
 * @param pooling the windows
 */
public record MaxPool3d(Pooling pooling) implements Layer {
    /** Cubic windows of this size, side by side. */
    public MaxPool3d(long window) {
        this(Pooling.window(window));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.maxPool3d(x, pooling);
    }

    /** As {@link #forward}, and where in its channel each was found. PyTorch: {@code return_indices=True}. */
    public ValuesAndIndices withIndices(Tensor x) {
        return Functional.maxPool3dWithIndices(x, pooling);
    }

    @Override
    public String toString() {
        return "MaxPool3d(kernel_size=" + pooling.text() + ", dilation=" + ConvolutionLayer.given(pooling.dilation)
                + ", ceil_mode=" + ModelText.truth(pooling.ceil) + ")";
    }
}
