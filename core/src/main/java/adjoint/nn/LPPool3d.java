package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The p-norm of each window of the last three dimensions; see {@link Functional#lpPool3d}.
 *
 * @param p which norm
 * @param pooling the windows
 */
public record LPPool3d(double p, Pooling pooling) implements Layer {
    /** Cubic windows of this size, side by side. */
    public LPPool3d(double p, long window) {
        this(p, Pooling.window(window));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.lpPool3d(x, p, pooling);
    }

    @Override
    public String toString() {
        return "LPPool3d(norm_type=" + ModelText.number(p).replaceFirst("\\.0$", "") + ", kernel_size="
                + ConvolutionLayer.given(pooling.window) + ", stride="
                + (pooling.stride == pooling.window ? "None" : ConvolutionLayer.given(pooling.stride)) + ", ceil_mode="
                + ModelText.truth(pooling.ceil) + ")";
    }
}
