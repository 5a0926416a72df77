package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code log(1 + exp(βx)) / β}: a smooth {@link ReLU}.
 *
 * @param beta how sharp its bend is
 * @param threshold the βx above which it is {@code x}
 */
public record Softplus(double beta, double threshold) implements Layer {
    /** With β = 1, up to 20. */
    public Softplus() {
        this(1, 20);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.softplus(x, beta, threshold);
    }

    @Override
    public String toString() {
        return "Softplus(beta=" + ModelText.number(beta) + ", threshold=" + ModelText.number(threshold) + ")";
    }
}
