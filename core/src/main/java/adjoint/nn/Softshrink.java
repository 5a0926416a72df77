package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code x} nearer to 0 by λ, and 0 within ±λ.
 *
 * @param lambda by how much; not negative
 */
public record Softshrink(double lambda) implements Layer {
    /** With λ = ½. */
    public Softshrink() {
        this(0.5);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.softshrink(x, lambda);
    }

    @Override
    public String toString() {
        return "Softshrink(" + ModelText.number(lambda) + ")";
    }
}
