package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/**
 * Dropout for networks with {@code selu}: sets elements to its smallest value, and scales and shifts all, so that mean 0 and
 * variance 1 stay. In use it passes on what it gets. Klambauer et al., "Self-Normalizing Neural Networks", 2017.
 */
public final class AlphaDropout extends DropoutLayer {
    /** A layer that leaves out one half. */
    public AlphaDropout() {
        this(0.5);
    }

    /**
     * A layer that leaves out this share.
     *
     * @throws ValueException if {@code p} is not from 0 to 1
     */
    public AlphaDropout(double p) {
        super(p);
    }

    @Override
    Tensor leaveOut(Tensor x, double p) {
        return Functional.alphaDropout(x, p);
    }
}
