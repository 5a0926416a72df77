package adjoint.nn;

import adjoint.op.Parametric;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.function.BinaryOperator;

/** Losses that ask for an order, or for a distance, with a margin. */
final class Margins {
    private Margins() {}

    static Tensor hingeEmbedding(Tensor input, Tensor target, double margin, Reduction reduction) {
        Tensor each = Losses.each(Parametric.HINGE_EMBEDDING_LOSS.with(margin), input, target);
        return reduction == Reduction.NONE ? Engine.named(each, "AddBackward0") : Losses.reduce(each, reduction);
    }

    /** Cosines as PyTorch has them here: 1e-12f is added to the squares. */
    static Tensor cosineEmbedding(Tensor a, Tensor b, Tensor target, double margin, Reduction reduction) {
        int rank = target.shape().rank();
        if (rank > 1 || a.shape().rank() != rank + 1 || b.shape().rank() != rank + 1) {
            throw new ShapeException("cosineEmbeddingLoss: " + a.shape() + " and " + b.shape() + " with target "
                    + target.shape() + ": pairs of vectors [N, d] have a target [N], one pair [d] a single number."
                    + " Reshape them.");
        }
        DType type = DType.promote(DType.promote(a.dtype(), b.dtype()), DType.F32);
        Tensor x = a.to(type);
        Tensor y = b.to(type);
        Tensor squares = squares(x, rank).mul(squares(y, rank));
        Tensor cosines = x.mul(y).sum(rank).div(squares.sqrt());
        Tensor each = Losses.each(Parametric.COSINE_EMBEDDING_LOSS.with(margin), cosines, target);
        return reduction == Reduction.NONE ? Engine.named(each, "AddBackward0") : Losses.reduce(each, reduction);
    }

    private static Tensor squares(Tensor x, int dim) {
        return x.mul(x).sum(dim).add(1e-12f);
    }

    static Tensor ranking(Tensor a, Tensor b, Tensor target, double margin, Reduction reduction) {
        int rank = target.shape().rank();
        if (a.shape().rank() != rank || b.shape().rank() != rank) {
            throw new ShapeException("marginRankingLoss: " + a.shape() + " and " + b.shape() + " with target "
                    + target.shape() + ": the numbers of dimensions are equal. Reshape them.");
        }
        Tensor each = Losses.each(Parametric.MARGIN_RANKING_LOSS.with(margin), a, b, target);
        return reduction == Reduction.NONE ? Engine.named(each, "ClampMinBackward0") : Losses.reduce(each, reduction);
    }

    /** What the distance to the negative lacks to be above that to the positive by the margin. */
    static Tensor triplet(
            Tensor anchor,
            Tensor positive,
            Tensor negative,
            double margin,
            Swap swap,
            BinaryOperator<Tensor> distance,
            Reduction reduction) {
        if (!(margin > 0)) {
            throw new ValueException("tripletMarginLoss: with margin " + margin
                    + ": equal distances would be no loss. Give a number above 0.");
        }
        int rank = anchor.shape().rank();
        if (positive.shape().rank() != rank || negative.shape().rank() != rank) {
            throw new ShapeException("tripletMarginLoss: anchor " + anchor.shape() + ", positive " + positive.shape()
                    + ", negative " + negative.shape() + ": the numbers of dimensions are equal. Reshape them.");
        }
        Tensor near = distance.apply(anchor, positive);
        Tensor far = distance.apply(anchor, negative);
        if (swap == Swap.NEARER) {
            far = far.minimum(distance.apply(positive, negative));
        }
        if (!near.dtype().isFloating()) {
            throw new DTypeException("tripletMarginLoss: with " + near.dtype()
                    + " distances: a loss is a real number. Convert the tensors with to(DType.F32).");
        }
        return Losses.reduce(near.add(margin).sub(far).clampMin(0.0), reduction);
    }

    /** From where the negative's distance counts. */
    enum Swap {
        /** From the anchor. */
        NEVER,
        /** From the anchor or from the positive, whichever is nearer. */
        NEARER
    }
}
