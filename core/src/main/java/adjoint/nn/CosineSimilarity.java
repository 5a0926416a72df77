package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The cosine of the angle between vectors along a dimension.
 *
 * @param dim the dimension; negative ones count from the last
 * @param eps what lengths count as that are less
 */
public record CosineSimilarity(int dim, double eps) implements Model {
    /** Along dimension 1. */
    public CosineSimilarity() {
        this(1);
    }

    /** Along this dimension. */
    public CosineSimilarity(int dim) {
        this(dim, 1e-8);
    }

    /** The cosines of {@code a} and {@code b}, which broadcast; without that dimension. */
    public Tensor forward(Tensor a, Tensor b) {
        return Functional.cosineSimilarity(a, b, dim, eps);
    }

    @Override
    public String toString() {
        return "CosineSimilarity()";
    }
}
