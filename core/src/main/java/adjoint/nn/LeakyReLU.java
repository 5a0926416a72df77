package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code x} to the right of 0, {@code negativeSlope · x} to the left.
 *
 * @param negativeSlope the slope to the left of 0
 */
public record LeakyReLU(double negativeSlope) implements Layer {
    /** With a hundredth. */
    public LeakyReLU() {
        this(0.01);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.leakyRelu(x, negativeSlope);
    }

    @Override
    public String toString() {
        return "LeakyReLU(negative_slope=" + ModelText.number(negativeSlope) + ")";
    }
}
