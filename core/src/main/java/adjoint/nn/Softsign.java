package adjoint.nn;

import adjoint.tensor.Tensor;

/** {@code x / (1 + |x|)}. */
public record Softsign() implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return Functional.softsign(x);
    }

    @Override
    public String toString() {
        return "Softsign()";
    }
}
