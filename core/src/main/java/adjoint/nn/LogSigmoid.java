package adjoint.nn;

import adjoint.tensor.Tensor;

/** {@code log(sigmoid(x))}, without overflow. */
public record LogSigmoid() implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return Functional.logSigmoid(x);
    }

    @Override
    public String toString() {
        return "LogSigmoid()";
    }
}
