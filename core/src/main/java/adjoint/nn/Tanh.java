package adjoint.nn;

import adjoint.tensor.Tensor;

/** The hyperbolic tangent. */
public record Tanh() implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return x.tanh();
    }

    @Override
    public String toString() {
        return "Tanh()";
    }
}
