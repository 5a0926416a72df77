package adjoint.optim;

import adjoint.types.ValueException;

/** Multiplies the rate by a factor that changes evenly during the first epochs: warm-up, or a fall. */
public final class LinearLR extends LRScheduler {
    private final double startFactor;
    private final double endFactor;
    private final int totalIters;

    /** From a third of the rate to all of it in 5 epochs. */
    public LinearLR(Optimizer optimizer) {
        this(optimizer, 1.0 / 3, 1, 5);
    }

    /**
     * From {@code startFactor} to {@code endFactor} times the rate in {@code totalIters} epochs.
     *
     * @throws ValueException if the first factor is not positive, the second negative, or one more than 1
     */
    public LinearLR(Optimizer optimizer, double startFactor, double endFactor, int totalIters) {
        super(optimizer);
        require(
                startFactor > 0 && startFactor <= 1,
                "LinearLR: from a factor of " + startFactor,
                "it has to be more than 0 and at most 1. Give the part of the rate to begin with.");
        require(
                endFactor >= 0 && endFactor <= 1,
                "LinearLR: to a factor of " + endFactor,
                "it has to be from 0 to 1. Give the part of the rate to end with.");
        this.startFactor = startFactor;
        this.endFactor = endFactor;
        this.totalIters = totalIters;
        start();
    }

    @Override
    double next(int to, int group, double lr) {
        if (to == 0) {
            return lr * startFactor;
        }
        if (to > totalIters) {
            return lr;
        }
        double rise = endFactor - startFactor;
        return lr * (1 + rise / (totalIters * startFactor + (to - 1) * rise));
    }

    @Override
    double direct(int to, int group, double lr) {
        double part = totalIters == 0 ? 1 : (double) Math.min(totalIters, to) / totalIters;
        return base(group) * (startFactor + (endFactor - startFactor) * part);
    }
}
