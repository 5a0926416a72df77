package adjoint.nn;

import adjoint.tensor.Dim;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/**
 * What the distance from an anchor to a negative example lacks to be above that to a positive one by the margin. Balntas et
 * al., "Learning shallow convolutional feature descriptors with triplet losses", 2016.
 */
public final class TripletMarginLoss implements Model {
    private final double margin;
    private final double p;
    private final double eps;
    private final Margins.Swap swap;
    private final Reduction reduction;

    /** The mean, with margin 1 and Euclidean distances. */
    public TripletMarginLoss() {
        this(1);
    }

    /** The mean, with this margin and Euclidean distances. */
    public TripletMarginLoss(double margin) {
        this(margin, 2, 1e-6, Margins.Swap.NEVER, Reduction.MEAN);
    }

    private TripletMarginLoss(double margin, double p, double eps, Margins.Swap swap, Reduction reduction) {
        this.margin = margin;
        this.p = p;
        this.eps = eps;
        this.swap = swap;
        this.reduction = reduction;
    }

    /**
     * The same with other distances: see {@link PairwiseDistance}.
     *
     * @param p the norm's power
     * @param eps keeps the derivative of the distance between equal vectors finite
     */
    public TripletMarginLoss distance(double p, double eps) {
        return new TripletMarginLoss(margin, p, eps, swap, reduction);
    }

    /** The same where the negative's distance from the positive counts if it is less. PyTorch: {@code swap=True}. */
    public TripletMarginLoss swap() {
        return new TripletMarginLoss(margin, p, eps, Margins.Swap.NEARER, reduction);
    }

    /** The same with another reduction. */
    public TripletMarginLoss reduction(Reduction other) {
        return new TripletMarginLoss(margin, p, eps, swap, other);
    }

    /**
     * The loss of vectors along the last dimension.
     *
     * @throws ValueException if the margin is not above 0
     */
    public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
        return Margins.triplet(
                anchor,
                positive,
                negative,
                margin,
                swap,
                (a, b) -> Functional.pairwiseDistance(a, b, p, eps, Dim.DROP),
                reduction);
    }

    @Override
    public String toString() {
        return "TripletMarginLoss()";
    }
}
