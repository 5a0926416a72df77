package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * Of the cosine of two vectors: what it lacks to 1 if they belong together (target 1), what it has above the margin if
 * not (target −1).
 *
 * @param margin the cosine that others should have at most, from −1 to 1
 * @param reduction what is made of the losses of the single elements
 */
public record CosineEmbeddingLoss(double margin, Reduction reduction) implements Model {
    /** The mean, with margin 0. */
    public CosineEmbeddingLoss() {
        this(0);
    }

    /** The mean, with this margin. */
    public CosineEmbeddingLoss(double margin) {
        this(margin, Reduction.MEAN);
    }

    /** The same with another reduction. */
    public CosineEmbeddingLoss reduction(Reduction other) {
        return new CosineEmbeddingLoss(margin, other);
    }

    /** The loss of pairs {@code [N, d]} with a target {@code [N]}, or of one pair {@code [d]} with a single number. */
    public Tensor forward(Tensor a, Tensor b, Tensor target) {
        return Margins.cosineEmbedding(a, b, target, margin, reduction);
    }

    @Override
    public String toString() {
        return "CosineEmbeddingLoss()";
    }
}
