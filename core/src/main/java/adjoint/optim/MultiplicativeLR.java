package adjoint.optim;

import adjoint.types.ValueException;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Multiplies the rate in every epoch but the first by a function of the epoch. */
public final class MultiplicativeLR extends LRScheduler {
    private final List<IntToDoubleFunction> factors;

    /** One function for all groups. */
    public MultiplicativeLR(Optimizer optimizer, IntToDoubleFunction factor) {
        this(optimizer, Collections.nCopies(optimizer.groups().size(), factor));
    }

    /**
     * A function for each group.
     *
     * @throws ValueException if there are not as many functions as groups
     */
    public MultiplicativeLR(Optimizer optimizer, List<IntToDoubleFunction> factors) {
        super(optimizer);
        this.factors = LambdaLR.checked("MultiplicativeLR", optimizer, factors);
        start();
    }

    @Override
    double next(int to, int group, double lr) {
        return lr * factors.get(group).applyAsDouble(to);
    }

    @Override
    double initial(int to, int group, double lr) {
        return lr;
    }
}
