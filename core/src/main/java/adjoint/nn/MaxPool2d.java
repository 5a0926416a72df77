package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.tensor.ValuesAndIndices;

/**
 * The largest element of each window of the last two dimensions; see {@link Functional#maxPool2d(Tensor, Pooling)}.
 *
 * @param pooling the windows
 */
public record MaxPool2d(Pooling pooling) implements Layer {
    /** Square windows of this size, side by side. */
    public MaxPool2d(long window) {
        this(Pooling.window(window));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.maxPool2d(x, pooling);
    }

    /** As {@link #forward}, and where in its channel each was found. PyTorch: {@code return_indices=True}. */
    public ValuesAndIndices withIndices(Tensor x) {
        return Functional.maxPool2dWithIndices(x, pooling);
    }

    @Override
    public String toString() {
        return "MaxPool2d(kernel_size=" + pooling.text() + ", dilation=" + ConvolutionLayer.given(pooling.dilation)
                + ", ceil_mode=" + ModelText.truth(pooling.ceil) + ")";
    }
}
