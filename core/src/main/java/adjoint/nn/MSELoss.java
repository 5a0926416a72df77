package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The mean squared error, {@code mean((input − target)²)}.
 *
 * @param reduction what is made of the squares
 */
public record MSELoss(Reduction reduction) implements Loss {
    /** The mean of the squares. */
    public MSELoss() {
        this(Reduction.MEAN);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Losses.mse(input, target, reduction);
    }

    @Override
    public String toString() {
        return "MSELoss()";
    }
}
