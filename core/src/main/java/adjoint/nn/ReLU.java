package adjoint.nn;

import adjoint.tensor.Tensor;

/** {@code max(x, 0)}; its derivative at 0 is 0. */
public record ReLU() implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return x.relu();
    }

    @Override
    public String toString() {
        return "ReLU()";
    }
}
