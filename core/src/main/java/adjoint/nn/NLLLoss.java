package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The negative logarithm of the probability of the right class, of logarithms of probabilities: {@link CrossEntropyLoss} is
 * this of {@link LogSoftmax}.
 *
 * @param weight how much each class counts, {@code [C]}; null for all the same
 * @param ignoreIndex the class number of targets that do not count
 * @param reduction what is made of the losses of the single examples; a mean is by weight
 */
public record NLLLoss(Tensor weight, long ignoreIndex, Reduction reduction) implements Loss {
    /** The mean, of all classes the same; a target of −100 does not count. */
    public NLLLoss() {
        this(null, -100, Reduction.MEAN);
    }

    /** The same where classes count differently. */
    public NLLLoss weight(Tensor perClass) {
        return new NLLLoss(perClass, ignoreIndex, reduction);
    }

    /** The same where targets of this number do not count. */
    public NLLLoss ignoreIndex(long index) {
        return new NLLLoss(weight, index, reduction);
    }

    /** The same with another reduction. */
    public NLLLoss reduction(Reduction other) {
        return new NLLLoss(weight, ignoreIndex, other);
    }

    /**
     * The loss.
     *
     * @param input {@code [N, C]}, {@code [N, C, d₁, …]} or {@code [C]}
     * @param target class numbers: {@code [N]}, {@code [N, d₁, …]} or a single one
     */
    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Classification.nll(input, target, weight, ignoreIndex, reduction);
    }

    @Override
    public String toString() {
        return "NLLLoss()";
    }
}
