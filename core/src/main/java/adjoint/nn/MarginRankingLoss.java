package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * What a lacks to be above b by the margin (target 1), or b to be above a (target −1):
 * {@code max(0, margin − target (a − b))}.
 *
 * @param margin by how much
 * @param reduction what is made of the losses of the single elements
 */
public record MarginRankingLoss(double margin, Reduction reduction) implements Model {
    /** The mean, with margin 0. */
    public MarginRankingLoss() {
        this(0);
    }

    /** The mean, with this margin. */
    public MarginRankingLoss(double margin) {
        this(margin, Reduction.MEAN);
    }

    /** The same with another reduction. */
    public MarginRankingLoss reduction(Reduction other) {
        return new MarginRankingLoss(margin, other);
    }

    /** The loss of numbers whose order is known. */
    public Tensor forward(Tensor a, Tensor b, Tensor target) {
        return Margins.ranking(a, b, target, margin, reduction);
    }

    @Override
    public String toString() {
        return "MarginRankingLoss()";
    }
}
