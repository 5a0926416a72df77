package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/**
 * Leaves out channels, at random and anew for each example, in training; those that stay are divided by {@code 1 − p}.
 * {@code [batch, channels, length]} or {@code [channels, length]}. In use it passes on what it gets.
 */
public final class Dropout1d extends DropoutLayer {
    /** A layer that leaves out one half. */
    public Dropout1d() {
        this(0.5);
    }

    /**
     * A layer that leaves out this share.
     *
     * @throws ValueException if {@code p} is not from 0 to 1
     */
    public Dropout1d(double p) {
        super(p);
    }

    @Override
    Tensor leaveOut(Tensor x, double p) {
        return Functional.dropout1d(x, p);
    }
}
