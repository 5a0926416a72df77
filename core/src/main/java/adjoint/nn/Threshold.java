package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * {@code x} above a threshold, else a value.
 *
 * @param threshold what has to be above it
 * @param value what takes the place of the others
 */
public record Threshold(double threshold, double value) implements Layer {
    @Override
    public Tensor forward(Tensor x) {
        return Functional.threshold(x, threshold, value);
    }

    @Override
    public String toString() {
        return "Threshold(threshold=" + ModelText.number(threshold) + ", value=" + ModelText.number(value) + ")";
    }
}
