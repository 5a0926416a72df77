package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code x}, and 0 within ±λ.
 *
 * @param lambda what is at most as far from 0 becomes 0
 */
public record Hardshrink(double lambda) implements Layer {
    /** With λ = ½. */
    public Hardshrink() {
        this(0.5);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.hardshrink(x, lambda);
    }

    @Override
    public String toString() {
        return "Hardshrink(" + ModelText.number(lambda) + ")";
    }
}
