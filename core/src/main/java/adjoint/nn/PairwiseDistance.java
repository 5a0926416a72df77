package adjoint.nn;

import adjoint.tensor.Dim;
import adjoint.tensor.Tensor;

/**
 * The distance between vectors along the last dimension: the p-norm of {@code a − b + eps}.
 *
 * @param p the norm's power
 * @param eps keeps the derivative of the distance between equal vectors finite
 * @param keep whether the last dimension stays, with size 1
 */
public record PairwiseDistance(double p, double eps, Dim keep) implements Model {
    /** The Euclidean distance. */
    public PairwiseDistance() {
        this(2);
    }

    /** The distance of this power. */
    public PairwiseDistance(double p) {
        this(p, 1e-6, Dim.DROP);
    }

    /** The distances of {@code a} and {@code b}, which broadcast. */
    public Tensor forward(Tensor a, Tensor b) {
        return Functional.pairwiseDistance(a, b, p, eps, keep);
    }

    @Override
    public String toString() {
        return "PairwiseDistance()";
    }
}
