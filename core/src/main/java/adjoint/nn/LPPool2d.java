package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The p-norm of each window of the last two dimensions; see {@link Functional#lpPool2d}.
 *
 * @param p which norm
 * @param pooling the windows
 */
public record LPPool2d(double p, Pooling pooling) implements Layer {
    /** Square windows of this size, side by side. */
    public LPPool2d(double p, long window) {
        this(p, Pooling.window(window));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.lpPool2d(x, p, pooling);
    }

    @Override
    public String toString() {
        return "LPPool2d(norm_type=" + ModelText.number(p).replaceFirst("\\.0$", "") + ", kernel_size="
                + ConvolutionLayer.given(pooling.window) + ", stride="
                + (pooling.stride == pooling.window ? "None" : ConvolutionLayer.given(pooling.stride)) + ", ceil_mode="
                + ModelText.truth(pooling.ceil) + ")";
    }
}
