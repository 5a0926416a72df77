package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/**
 * The negative logarithm of the probability of the right class, of numbers that {@link Softmax} would make probabilities of:
 *
 * <pre>{@code
 * var loss = new CrossEntropyLoss().labelSmoothing(0.1);
 * loss.forward(net.forward(x), classes).backward();
 * }</pre>
 *
 * @param weight how much each class counts, {@code [C]}; null for all the same
 * @param ignoreIndex the class number of targets that do not count
 * @param labelSmoothing which part of each target is spread evenly over the classes, from 0 to 1
 * @param reduction what is made of the losses of the single examples; a mean is by weight
 */
public record CrossEntropyLoss(Tensor weight, long ignoreIndex, double labelSmoothing, Reduction reduction)
        implements Loss {
    /**
     * A loss of these.
     *
     * @throws ValueException if {@code labelSmoothing} is not from 0 to 1
     */
    public CrossEntropyLoss {
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
            throw new ValueException("crossEntropy: with labelSmoothing " + labelSmoothing
                    + ": it is a part of the target. Give a number from 0 to 1.");
        }
    }

    /** The mean, of all classes the same; a target of −100 does not count. */
    public CrossEntropyLoss() {
        this(Reduction.MEAN);
    }

    /** With this reduction, of all classes the same; a target of −100 does not count. */
    public CrossEntropyLoss(Reduction reduction) {
        this(null, -100, 0, reduction);
    }

    /** The same where classes count differently. */
    public CrossEntropyLoss weight(Tensor perClass) {
        return new CrossEntropyLoss(perClass, ignoreIndex, labelSmoothing, reduction);
    }

    /** The same where targets of this number do not count. */
    public CrossEntropyLoss ignoreIndex(long index) {
        return new CrossEntropyLoss(weight, index, labelSmoothing, reduction);
    }

    /**
     * The same with this part of each target spread evenly over the classes. Szegedy et al., 2015.
     *
     * @throws ValueException if it is not from 0 to 1
     */
    public CrossEntropyLoss labelSmoothing(double part) {
        return new CrossEntropyLoss(weight, ignoreIndex, part, reduction);
    }

    /** The same with another reduction. */
    public CrossEntropyLoss reduction(Reduction other) {
        return new CrossEntropyLoss(weight, ignoreIndex, labelSmoothing, other);
    }

    /**
     * The loss.
     *
     * @param input {@code [N, C]}, {@code [N, C, d₁, …]} or {@code [C]}
     * @param target class numbers: {@code [N]}, {@code [N, d₁, …]} or a single one; or probabilities of the input's shape
     */
    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Classification.crossEntropy(input, target, this);
    }

    @Override
    public String toString() {
        return "CrossEntropyLoss()";
    }
}
