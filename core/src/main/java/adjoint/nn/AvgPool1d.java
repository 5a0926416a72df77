package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The mean of each window of the last dimension; see {@link Functional#avgPool1d(Tensor, Pooling)}.
 *
 * @param pooling the windows
 */
public record AvgPool1d(Pooling pooling) implements Layer {
    /** Windows of this size, side by side. */
    public AvgPool1d(long window) {
        this(Pooling.window(window));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.avgPool1d(x, pooling);
    }

    @Override
    public String toString() {
        return "AvgPool1d(kernel_size=" + pooling.tuples(1) + ")";
    }
}
