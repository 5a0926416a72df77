package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/**
 * Leaves out elements, at random and anew at each call, in training; those that stay are divided by {@code 1 − p}, so that
 * the mean stays. In use ({@link Model#eval()}) it passes on what it gets. Srivastava et al., "Dropout: A Simple Way to
 * Prevent Neural Networks from Overfitting", 2014.
 */
public final class Dropout extends DropoutLayer {
    private final boolean inPlace;

    /** A layer that leaves out one half. */
    public Dropout() {
        this(0.5);
    }

    /**
     * A layer that leaves out this share.
     *
     * @throws ValueException if {@code p} is not from 0 to 1
     */
    public Dropout(double p) {
        this(p, false);
    }

    private Dropout(double p, boolean inPlace) {
        super(p);
        this.inPlace = inPlace;
    }

    /** A layer that changes its input instead of making a new tensor. PyTorch: {@code inplace=True}. */
    public static Dropout inPlace(double p) {
        return new Dropout(p, true);
    }

    @Override
    Tensor leaveOut(Tensor x, double p) {
        return inPlace ? Functional.dropoutInPlace(x, p) : Functional.dropout(x, p);
    }

    @Override
    boolean inPlace() {
        return inPlace;
    }
}
