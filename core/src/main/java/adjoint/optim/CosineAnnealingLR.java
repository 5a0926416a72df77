package adjoint.optim;

import adjoint.types.ValueException;

/**
 * Lets the rate fall along half a cosine to its least, and, if it goes on, rise again.
 *
 * <p>Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, without its restarts.
 */
public final class CosineAnnealingLR extends LRScheduler {
    private final int tMax;
    private final double etaMin;

    /** Falls to 0 in {@code tMax} epochs. */
    public CosineAnnealingLR(Optimizer optimizer, int tMax) {
        this(optimizer, tMax, 0);
    }

    /**
     * Falls to {@code etaMin} in {@code tMax} epochs.
     *
     * @throws ValueException if {@code tMax} is less than 1
     */
    public CosineAnnealingLR(Optimizer optimizer, int tMax, double etaMin) {
        super(optimizer);
        require(tMax > 0, "CosineAnnealingLR: in " + tMax + " epochs", "the fall takes some. Give 1 or more.");
        this.tMax = tMax;
        this.etaMin = etaMin;
        start();
    }

    private double height(int at) {
        return 1 + StrictMath.cos(Math.PI * at / tMax);
    }

    @Override
    double next(int to, int group, double lr) {
        if ((to - 1 - tMax) % (2 * tMax) == 0) {
            // At the bottom there is nothing to multiply.
            return lr + (base(group) - etaMin) * (1 - StrictMath.cos(Math.PI / tMax)) / 2;
        }
        return height(to) / height(to - 1) * (lr - etaMin) + etaMin;
    }

    @Override
    double initial(int to, int group, double lr) {
        return lr;
    }

    @Override
    double direct(int to, int group, double lr) {
        return etaMin + (base(group) - etaMin) * height(to) / 2;
    }
}
