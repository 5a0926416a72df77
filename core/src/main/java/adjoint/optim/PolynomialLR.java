package adjoint.optim;

/** Lets the rate fall to 0 as {@code (1 − epoch / totalIters)ᵖᵒʷᵉʳ}. */
public final class PolynomialLR extends LRScheduler {
    private final int totalIters;
    private final double power;

    /** Falls evenly in 5 epochs. */
    public PolynomialLR(Optimizer optimizer) {
        this(optimizer, 5, 1);
    }

    /** Falls in {@code totalIters} epochs. */
    public PolynomialLR(Optimizer optimizer, int totalIters, double power) {
        super(optimizer);
        this.totalIters = totalIters;
        this.power = power;
        start();
    }

    @Override
    double next(int to, int group, double lr) {
        if (to > totalIters) {
            return lr;
        }
        double left = 1 - (double) to / totalIters;
        double before = 1 - (double) (to - 1) / totalIters;
        return lr * StrictMath.pow(left / before, power);
    }

    @Override
    double initial(int to, int group, double lr) {
        return lr;
    }

    @Override
    double direct(int to, int group, double lr) {
        double part = totalIters == 0 ? 1 : (double) Math.min(totalIters, to) / totalIters;
        return base(group) * StrictMath.pow(1 - part, power);
    }
}
