package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * Dimensions made one, usually all but that of examples: {@code [n, a, b] → [n, a·b]}.
 *
 * @param startDim the first of them
 * @param endDim the last of them
 */
public record Flatten(int startDim, int endDim) implements Layer {
    /** All but the first. */
    public Flatten() {
        this(1, -1);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.flatten(startDim, endDim);
    }

    @Override
    public String toString() {
        return "Flatten(start_dim=" + startDim + ", end_dim=" + endDim + ")";
    }
}
