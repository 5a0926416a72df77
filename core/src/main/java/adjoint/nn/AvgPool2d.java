package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The mean of each window of the last two dimensions; see {@link Functional#avgPool2d(Tensor, Pooling)}.
 *
 * @param pooling the windows
 */
public record AvgPool2d(Pooling pooling) implements Layer {
    /** Square windows of this size, side by side. */
    public AvgPool2d(long window) {
        this(Pooling.window(window));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.avgPool2d(x, pooling);
    }

    @Override
    public String toString() {
        return "AvgPool2d(kernel_size=" + pooling.text() + ")";
    }
}
