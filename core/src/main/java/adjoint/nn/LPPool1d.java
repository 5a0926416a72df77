package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The p-norm of each window of the last dimension; see {@link Functional#lpPool1d}.
 *
 * @param p which norm
 * @param pooling the windows
 */
public record LPPool1d(double p, Pooling pooling) implements Layer {
    /** Windows of this size, side by side. */
    public LPPool1d(double p, long window) {
        this(p, Pooling.window(window));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.lpPool1d(x, p, pooling);
    }

    @Override
    public String toString() {
        return "LPPool1d(norm_type=" + ModelText.number(p).replaceFirst("\\.0$", "") + ", kernel_size="
                + ConvolutionLayer.given(pooling.window) + ", stride="
                + (pooling.stride == pooling.window ? "None" : ConvolutionLayer.given(pooling.stride)) + ", ceil_mode="
                + ModelText.truth(pooling.ceil) + ")";
    }
}
