package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/**
 * As {@link AlphaDropout}, but for whole channels of {@code [batch, channels, …]}, the second dimension.
 */
public final class FeatureAlphaDropout extends DropoutLayer {
    /** A layer that leaves out one half. */
    public FeatureAlphaDropout() {
        this(0.5);
    }

    /**
     * A layer that leaves out this share.
     *
     * @throws ValueException if {@code p} is not from 0 to 1
     */
    public FeatureAlphaDropout(double p) {
        super(p);
    }

    @Override
    Tensor leaveOut(Tensor x, double p) {
        return Functional.featureAlphaDropout(x, p);
    }
}
