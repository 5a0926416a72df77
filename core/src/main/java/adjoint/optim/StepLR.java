package adjoint.optim;

import adjoint.types.ValueException;

/** Multiplies the rate by gamma every few epochs. */
public final class StepLR extends LRScheduler {
    private final int stepSize;
    private final double gamma;

    /** A tenth of the rate after every {@code stepSize} epochs. */
    public StepLR(Optimizer optimizer, int stepSize) {
        this(optimizer, stepSize, 0.1);
    }

    /**
     * {@code gamma} times the rate after every {@code stepSize} epochs.
     *
     * @throws ValueException if {@code stepSize} is less than 1
     */
    public StepLR(Optimizer optimizer, int stepSize, double gamma) {
        super(optimizer);
        require(stepSize > 0, "StepLR: every " + stepSize + " epochs", "there is no such rhythm. Give 1 or more.");
        this.stepSize = stepSize;
        this.gamma = gamma;
        start();
    }

    @Override
    double next(int to, int group, double lr) {
        return to == 0 || to % stepSize != 0 ? lr : lr * gamma;
    }

    @Override
    double direct(int to, int group, double lr) {
        return base(group) * StrictMath.pow(gamma, to / stepSize);
    }
}
