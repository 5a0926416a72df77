package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@link BCEWithLogitsLoss} of each class, the mean over the classes, the last dimension.
 *
 * @param weight how much each class counts, {@code [C]}; null for all the same
 * @param reduction what is made of the losses of the single examples
 */
public record MultiLabelSoftMarginLoss(Tensor weight, Reduction reduction) implements Loss {
    /** The mean, of all classes the same. */
    public MultiLabelSoftMarginLoss() {
        this(null, Reduction.MEAN);
    }

    /** The same where classes count differently. */
    public MultiLabelSoftMarginLoss weight(Tensor perClass) {
        return new MultiLabelSoftMarginLoss(perClass, reduction);
    }

    /** The same with another reduction. */
    public MultiLabelSoftMarginLoss reduction(Reduction other) {
        return new MultiLabelSoftMarginLoss(weight, other);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Classification.multiLabelSoftMargin(input, target, weight, reduction);
    }

    @Override
    public String toString() {
        return "MultiLabelSoftMarginLoss()";
    }
}
