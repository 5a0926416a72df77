package adjoint.nn;

import adjoint.tensor.Tensor;

/** {@code x} within 0 and 6; flat at both. */
public record ReLU6() implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return Functional.relu6(x);
    }

    @Override
    public String toString() {
        return "ReLU6()";
    }
}
