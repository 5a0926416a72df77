package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code x} to the right of 0, {@code α (exp(x) − 1)} to the left. Clevert et al., 2015.
 *
 * @param alpha what it goes to, negated, on the left
 */
public record ELU(double alpha) implements Layer {
    /** With α = 1. */
    public ELU() {
        this(1);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.elu(x, alpha);
    }

    @Override
    public String toString() {
        return "ELU(alpha=" + ModelText.number(alpha) + ")";
    }
}
