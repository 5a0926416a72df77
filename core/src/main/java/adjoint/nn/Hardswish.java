package adjoint.nn;

import adjoint.tensor.Tensor;

/** {@code x hardsigmoid(x)}. Howard et al., 2019. */
public record Hardswish() implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return Functional.hardswish(x);
    }

    @Override
    public String toString() {
        return "Hardswish()";
    }
}
