package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * Of distances: the distance itself of pairs that belong together (target 1), what it lacks to the margin of others
 * (target −1).
 *
 * @param margin the distance that others should have at least
 * @param reduction what is made of the losses of the single elements
 */
public record HingeEmbeddingLoss(double margin, Reduction reduction) implements Loss {
    /** The mean, with margin 1. */
    public HingeEmbeddingLoss() {
        this(1);
    }

    /** The mean, with this margin. */
    public HingeEmbeddingLoss(double margin) {
        this(margin, Reduction.MEAN);
    }

    /** The same with another reduction. */
    public HingeEmbeddingLoss reduction(Reduction other) {
        return new HingeEmbeddingLoss(margin, other);
    }

    @Override
    public Tensor forward(Tensor input, Tensor target) {
        return Margins.hingeEmbedding(input, target, margin, reduction);
    }

    @Override
    public String toString() {
        return "HingeEmbeddingLoss()";
    }
}
