package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.tensor.ValuesAndIndices;

/**
 * The largest element of each window of the last dimension; see {@link Functional#maxPool1d(Tensor, Pooling)}.
 *
 * @param pooling the windows
 */
public record MaxPool1d(Pooling pooling) implements Layer {
    /** Windows of this size, side by side. */
    public MaxPool1d(long window) {
        this(Pooling.window(window));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.maxPool1d(x, pooling);
    }

    /** As {@link #forward}, and where in its channel each was found. PyTorch: {@code return_indices=True}. */
    public ValuesAndIndices withIndices(Tensor x) {
        return Functional.maxPool1dWithIndices(x, pooling);
    }

    @Override
    public String toString() {
        return "MaxPool1d(kernel_size=" + pooling.text() + ", dilation=" + ConvolutionLayer.given(pooling.dilation)
                + ", ceil_mode=" + ModelText.truth(pooling.ceil) + ")";
    }
}
