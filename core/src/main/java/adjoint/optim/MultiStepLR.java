package adjoint.optim;

import java.util.Collections;
import java.util.List;

/** Multiplies the rate by gamma in some epochs. */
public final class MultiStepLR extends LRScheduler {
    private final List<Integer> milestones;
    private final double gamma;

    /** A tenth of the rate from each milestone on. */
    public MultiStepLR(Optimizer optimizer, List<Integer> milestones) {
        this(optimizer, milestones, 0.1);
    }

    /** {@code gamma} times the rate from each milestone on; more than once at one that is given more than once. */
    public MultiStepLR(Optimizer optimizer, List<Integer> milestones, double gamma) {
        super(optimizer);
        this.milestones = List.copyOf(milestones);
        this.gamma = gamma;
        start();
    }

    @Override
    double next(int to, int group, double lr) {
        return lr * StrictMath.pow(gamma, Collections.frequency(milestones, to));
    }

    @Override
    double direct(int to, int group, double lr) {
        long passed = milestones.stream().filter(m -> m <= to).count();
        return base(group) * StrictMath.pow(gamma, passed);
    }
}
