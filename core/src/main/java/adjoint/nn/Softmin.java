package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@link Softmax} of {@code −x}.
 *
 * @param dim the dimension; negative ones count from the last
 */
public record Softmin(int dim) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return Functional.softmin(x, dim);
    }

    @Override
    public String toString() {
        return "Softmin(dim=" + dim + ")";
    }
}
