package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code exp(x) / Σ exp(x)} along a dimension.
 *
 * @param dim the dimension; negative ones count from the last
 */
public record Softmax(int dim) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return x.softmax(dim);
    }

    @Override
    public String toString() {
        return "Softmax(dim=" + dim + ")";
    }
}
