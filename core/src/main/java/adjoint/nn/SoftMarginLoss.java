package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code log(1 + exp(−input · target))}, for targets of 1 and −1.
 *
 * @param reduction what is made of the losses of the single elements
 */
public record SoftMarginLoss(Reduction reduction) implements Loss {
    /** Their mean. */
    public SoftMarginLoss() {
        this(Reduction.MEAN);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Losses.softMargin(input, target, reduction);
    }

    @Override
    public String toString() {
        return "SoftMarginLoss()";
    }
}
