package adjoint.optim;

/** Multiplies the rate by gamma in every epoch. */
public final class ExponentialLR extends LRScheduler {
    private final double gamma;

    /** {@code gamma} times the rate in every epoch but the first. */
    public ExponentialLR(Optimizer optimizer, double gamma) {
        super(optimizer);
        this.gamma = gamma;
        start();
    }

    @Override
    double next(int to, int group, double lr) {
        return lr * gamma;
    }

    @Override
    double initial(int to, int group, double lr) {
        return lr;
    }

    @Override
    double direct(int to, int group, double lr) {
        return base(group) * StrictMath.pow(gamma, to);
    }
}
