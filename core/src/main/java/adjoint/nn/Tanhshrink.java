package adjoint.nn;

import adjoint.tensor.Tensor;

/** {@code x − tanh(x)}. */
public record Tanhshrink() implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return Functional.tanhshrink(x);
    }

    @Override
    public String toString() {
        return "Tanhshrink()";
    }
}
