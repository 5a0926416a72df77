package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;

/**
 * What the right class lacks to be above each other by the margin, to a power, by the number of classes.
 *
 * @param power 1 or 2
 * @param margin by how much
 * @param weight how much the examples of each class count, {@code [C]}; null for all the same
 * @param reduction what is made of the losses of the single examples
 */
public record MultiMarginLoss(int power, double margin, Tensor weight, Reduction reduction) implements Loss {
    /**
     * A loss of these.
     *
     * @throws ValueException if {@code power} is neither 1 nor 2
     * @throws ShapeException if {@code weight} is no vector
     */
    public MultiMarginLoss {
        if (power != 1 && power != 2) {
            throw new ValueException(
                    "multiMarginLoss: to the power " + power + ": it is what is lacking, or its square. Give 1 or 2.");
        }
        if (weight != null && weight.shape().rank() != 1) {
            throw new ShapeException("multiMarginLoss: with weight " + weight.shape()
                    + ": it is a vector of one number for each class. Reshape it.");
        }
    }

    /** The mean, with margin 1. */
    public MultiMarginLoss() {
        this(1, 1, null, Reduction.MEAN);
    }

    /** The same to this power. */
    public MultiMarginLoss power(int other) {
        return new MultiMarginLoss(other, margin, weight, reduction);
    }

    /** The same with this margin. */
    public MultiMarginLoss margin(double other) {
        return new MultiMarginLoss(power, other, weight, reduction);
    }

    /** The same where classes count differently. */
    public MultiMarginLoss weight(Tensor perClass) {
        return new MultiMarginLoss(power, margin, perClass, reduction);
    }

    /** The same with another reduction. */
    public MultiMarginLoss reduction(Reduction other) {
        return new MultiMarginLoss(power, margin, weight, other);
    }

    /**
     * The loss.
     *
     * @param input {@code [N, C]} or {@code [C]}
     * @param target class numbers: {@code [N]} or a single one
     */
    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Classification.multiMargin(input, target, this);
    }

    @Override
    public String toString() {
        return "MultiMarginLoss()";
    }
}
