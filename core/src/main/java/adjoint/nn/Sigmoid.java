package adjoint.nn;

import adjoint.tensor.Tensor;

/** The logistic function {@code 1 / (1 + exp(−x))}. */
public record Sigmoid() implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return x.sigmoid();
    }

    @Override
    public String toString() {
        return "Sigmoid()";
    }
}
