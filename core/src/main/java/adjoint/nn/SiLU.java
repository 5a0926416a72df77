package adjoint.nn;

import adjoint.tensor.Tensor;

/** {@code x sigmoid(x)}, also known as swish. */
public record SiLU() implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return Functional.silu(x);
    }

    @Override
    public String toString() {
        return "SiLU()";
    }
}
