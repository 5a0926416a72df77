package adjoint.nn;

import adjoint.tensor.Tensor;

/** {@code x tanh(softplus(x))}. Misra, 2019. */
public record Mish() implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return Functional.mish(x);
    }

    @Override
    public String toString() {
        return "Mish()";
    }
}
