package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code x} to the right of 0, {@code α (exp(x/α) − 1)} to the left. Barron, 2017.
 *
 * @param alpha what it goes to, negated, on the left; not 0
 */
public record CELU(double alpha) implements Layer {
    /** With α = 1. */
    public CELU() {
        this(1);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.celu(x, alpha);
    }

    @Override
    public String toString() {
        return "CELU(alpha=" + ModelText.number(alpha) + ")";
    }
}
