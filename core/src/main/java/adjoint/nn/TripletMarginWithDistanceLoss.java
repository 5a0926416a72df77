package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.Map;
import java.util.function.BinaryOperator;

/** {@link TripletMarginLoss} with a distance of one's own. */
public final class TripletMarginWithDistanceLoss implements Model {
    private final PairwiseDistance usual;
    private final BinaryOperator<Tensor> distance;
    private final double margin;
    private final Margins.Swap swap;
    private final Reduction reduction;

    /** The mean, with margin 1 and the {@link PairwiseDistance}. */
    public TripletMarginWithDistanceLoss() {
        this(new PairwiseDistance(), null, 1, Margins.Swap.NEVER, Reduction.MEAN);
    }

    /** The mean, with margin 1 and this distance. */
    public TripletMarginWithDistanceLoss(BinaryOperator<Tensor> distance) {
        this(null, distance, 1, Margins.Swap.NEVER, Reduction.MEAN);
    }

    private TripletMarginWithDistanceLoss(
            PairwiseDistance usual,
            BinaryOperator<Tensor> distance,
            double margin,
            Margins.Swap swap,
            Reduction reduction) {
        this.usual = usual;
        this.distance = distance;
        this.margin = margin;
        this.swap = swap;
        this.reduction = reduction;
    }

    /** The same with this margin. */
    public TripletMarginWithDistanceLoss margin(double other) {
        return new TripletMarginWithDistanceLoss(usual, distance, other, swap, reduction);
    }

    /** The same where the negative's distance from the positive counts if it is less. PyTorch: {@code swap=True}. */
    public TripletMarginWithDistanceLoss swap() {
        return new TripletMarginWithDistanceLoss(usual, distance, margin, Margins.Swap.NEARER, reduction);
    }

    /** The same with another reduction. */
    public TripletMarginWithDistanceLoss reduction(Reduction other) {
        return new TripletMarginWithDistanceLoss(usual, distance, margin, swap, other);
    }

    /**
     * The loss.
     *
     * @throws ValueException if the margin is not above 0
     */
    public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
        return Margins.triplet(
                anchor, positive, negative, margin, swap, usual == null ? distance : usual::forward, reduction);
    }

    /** The distance, under PyTorch's name: it may have parameters. */
    @Override
    public Map<String, Object> parts() {
        return Map.of("distance_function", usual == null ? distance : usual);
    }

    @Override
    public String toString() {
        return ModelText.tree("TripletMarginWithDistanceLoss", children());
    }
}
