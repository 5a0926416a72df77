package adjoint.nn;

import adjoint.tensor.Tensor;

/** What the dropout layers have in common: in training they leave something out, in use they pass on what they get. */
abstract sealed class DropoutLayer implements Layer
        permits Dropout, Dropout1d, Dropout2d, Dropout3d, AlphaDropout, FeatureAlphaDropout {
    private final double p;
    private final Mode mode = new Mode();

    DropoutLayer(double p) {
        Dropouts.checkProbability(getClass().getSimpleName(), p);
        this.p = p;
    }

    /** What training does. */
    abstract Tensor leaveOut(Tensor x, double p);

    /** What is left of {@code x} in training, else {@code x} itself. */
    @Override
    public final Tensor forward(Tensor x) {
        return mode.isTraining() ? leaveOut(x, p) : x;
    }

    /** The share that is left out. */
    public final double p() {
        return p;
    }

    boolean inPlace() {
        return false;
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "(p=" + ModelText.number(p) + ", inplace=" + (inPlace() ? "True" : "False")
                + ")";
    }
}
