package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * Images made larger or smaller; see {@link Functional#interpolate}.
 *
 * @param how to what size, by which method
 */
public record Upsample(Interpolation how) implements Layer {

    @Override
    public Tensor forward(Tensor x) {
        return Functional.interpolate(x, how);
    }

    @Override
    public String toString() {
        return "Upsample(" + how.text() + ")";
    }
}
