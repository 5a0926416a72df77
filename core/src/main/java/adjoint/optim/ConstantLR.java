package adjoint.optim;

import adjoint.types.ValueException;

/** Multiplies the rate by a factor during the first epochs. */
public final class ConstantLR extends LRScheduler {
    private final double factor;
    private final int totalIters;

    /** A third of the rate during the first 5 epochs. */
    public ConstantLR(Optimizer optimizer) {
        this(optimizer, 1.0 / 3, 5);
    }

    /**
     * {@code factor} times the rate during the first {@code totalIters} epochs.
     *
     * @throws ValueException if the factor is not positive, or more than 1
     */
    public ConstantLR(Optimizer optimizer, double factor, int totalIters) {
        super(optimizer);
        require(
                factor > 0 && factor <= 1,
                "ConstantLR: a factor of " + factor,
                "it has to be more than 0 and at most 1. Give the part of the rate to begin with.");
        this.factor = factor;
        this.totalIters = totalIters;
        start();
    }

    @Override
    double next(int to, int group, double lr) {
        if (to == 0) {
            return lr * factor;
        }
        return to == totalIters ? lr * (1 / factor) : lr;
    }

    @Override
    double direct(int to, int group, double lr) {
        return to >= totalIters ? base(group) : base(group) * factor;
    }
}
