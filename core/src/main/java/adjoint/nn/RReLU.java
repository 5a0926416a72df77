package adjoint.nn;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/**
 * {@code x} to the right of 0; to the left of it in training times slopes drawn anew for each element, in use times the
 * one in the middle. Xu et al., "Empirical Evaluation of Rectified Activations in Convolutional Network", 2015.
 */
public final class RReLU implements Layer {
    private final double lower;
    private final double upper;
    private final Mode mode = new Mode();

    /** With slopes from ⅛ to ⅓. */
    public RReLU() {
        this(1.0 / 8, 1.0 / 3);
    }

    /**
     * With slopes between these.
     *
     * @throws ValueException if {@code lower > upper}
     */
    public RReLU(double lower, double upper) {
        Activations.checkSlopes(lower, upper);
        this.lower = lower;
        this.upper = upper;
    }

    @Override
    public Tensor forward(Tensor x) {
        return mode.isTraining() ? Functional.rrelu(x, lower, upper, Rng.global()) : Functional.rrelu(x, lower, upper);
    }

    @Override
    public String toString() {
        return "RReLU(lower=" + ModelText.number(lower) + ", upper=" + ModelText.number(upper) + ")";
    }
}
