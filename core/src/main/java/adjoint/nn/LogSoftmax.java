package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * The logarithm of {@link Softmax}, without overflow.
 *
 * @param dim the dimension; negative ones count from the last
 */
public record LogSoftmax(int dim) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return x.logSoftmax(dim);
    }

    @Override
    public String toString() {
        return "LogSoftmax(dim=" + dim + ")";
    }
}
