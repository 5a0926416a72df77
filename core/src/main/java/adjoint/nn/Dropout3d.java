package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/**
 * Leaves out channels, at random and anew for each example, in training; those that stay are divided by {@code 1 − p}.
 * {@code [batch, channels, depth, height, width]} or without the batch. In use it passes on what it gets.
 */
public final class Dropout3d extends DropoutLayer {
    /** A layer that leaves out one half. */
    public Dropout3d() {
        this(0.5);
    }

    /**
     * A layer that leaves out this share.
     *
     * @throws ValueException if {@code p} is not from 0 to 1
     */
    public Dropout3d(double p) {
        super(p);
    }

    @Override
    Tensor leaveOut(Tensor x, double p) {
        return Functional.dropout3d(x, p);
    }
}
