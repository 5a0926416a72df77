package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * For examples of several classes: what each of an example's classes lacks to be above each other class by 1, by the
 * number of classes. The target lists the classes of each example, up to the first −1.
 *
 * @param reduction what is made of the losses of the single elements
 */
public record MultiLabelMarginLoss(Reduction reduction) implements Loss {
    /** Their mean. */
    public MultiLabelMarginLoss() {
        this(Reduction.MEAN);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Classification.multiLabelMargin(input, target, reduction);
    }

    @Override
    public String toString() {
        return "MultiLabelMarginLoss()";
    }
}
