package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The binary cross entropy of probabilities: {@code −(target log(input) + (1 − target) log(1 − input))}. Better take {@link
 * BCEWithLogitsLoss} before the {@link Sigmoid}.
 *
 * @param weight how much each element counts, broadcast; null for all the same
 * @param reduction what is made of the losses of the single elements
 */
public record BCELoss(Tensor weight, Reduction reduction) implements Loss {
    /** The mean, of all elements the same. */
    public BCELoss() {
        this(null, Reduction.MEAN);
    }

    /** The same where elements count differently. */
    public BCELoss weight(Tensor perElement) {
        return new BCELoss(perElement, reduction);
    }

    /** The same with another reduction. */
    public BCELoss reduction(Reduction other) {
        return new BCELoss(weight, other);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Losses.binaryCrossEntropy(input, target, weight, reduction);
    }

    @Override
    public String toString() {
        return "BCELoss()";
    }
}
