package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The mean of each window of the last three dimensions; see {@link Functional#avgPool3d(Tensor, Pooling)}.
 *
 * @param pooling the windows
 */
public record AvgPool3d(Pooling pooling) implements Layer {
    /** Cubic windows of this size, side by side. */
    public AvgPool3d(long window) {
        this(Pooling.window(window));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.avgPool3d(x, pooling);
    }

    @Override
    public String toString() {
        return "AvgPool3d(kernel_size=" + pooling.text() + ")";
    }
}
