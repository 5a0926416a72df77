package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/**
 * {@code x} within two bounds; flat at both.
 *
 * @param min the lower bound
 * @param max the upper bound; above the lower one
 */
public record Hardtanh(double min, double max) implements Layer {
    /**
     * Within these.
     *
     * @throws ValueException if {@code min >= max}
     */
    public Hardtanh {
        if (!(min < max)) {
            throw new ValueException("Hardtanh: from " + min + " to " + max
                    + ": there is nothing between them. Give a lower bound below the upper one.");
        }
    }

    /** Within −1 and 1. */
    public Hardtanh() {
        this(-1, 1);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.hardtanh(x, min, max);
    }

    @Override
    public String toString() {
        return "Hardtanh(min_val=" + ModelText.number(min) + ", max_val=" + ModelText.number(max) + ")";
    }
}
