package adjoint.nn;

/**
 * Whether a model is being trained or used. Layers that behave differently then (dropout, batch normalisation) hold one in
 * a field, where {@link Model#train()} and {@link Model#eval()} find it:
 *
 * <pre>{@code
 * class Noisy implements Layer {
 *     private final Mode mode = new Mode();
 *
 *     public Tensor forward(Tensor x) {
 *         return mode.isTraining() ? x.add(Tensor.randnLike(x)) : x;
 *     }
 * }
 * }</pre>
 *
 * <p>It starts as training. PyTorch: {@code Module.training}.
 */
public final class Mode {
    private volatile boolean training = true;

    /** Training. */
    public Mode() {}

    /** Whether the model is being trained. */
    public boolean isTraining() {
        return training;
    }

    void training(boolean training) {
        this.training = training;
    }

    @Override
    public String toString() {
        return training ? "training" : "in use";
    }
}
