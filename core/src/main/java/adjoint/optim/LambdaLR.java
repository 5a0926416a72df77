package adjoint.optim;

import adjoint.types.ValueException;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Multiplies the rate that a group began with by a function of the epoch. With a rate of 1 to begin with, the function
 * gives the rate itself: {@code new LambdaLR(new SGD(parameters, 1), Rates.squareRoot(0.1))}.
 */
public final class LambdaLR extends LRScheduler {
    private final List<IntToDoubleFunction> factors;

    /** One function for all groups. */
    public LambdaLR(Optimizer optimizer, IntToDoubleFunction factor) {
        this(optimizer, Collections.nCopies(optimizer.groups().size(), factor));
    }

    /**
     * A function for each group.
     *
     * @throws ValueException if there are not as many functions as groups
     */
    public LambdaLR(Optimizer optimizer, List<IntToDoubleFunction> factors) {
        super(optimizer);
        this.factors = checked("LambdaLR", optimizer, factors);
        start();
    }

    static List<IntToDoubleFunction> checked(String name, Optimizer optimizer, List<IntToDoubleFunction> factors) {
        int groups = optimizer.groups().size();
        require(
                factors.size() == groups,
                name + ": " + factors.size() + " functions for " + groups + " groups of parameters",
                "each group needs one. Give one for all, or as many as there are groups.");
        return List.copyOf(factors);
    }

    @Override
    double next(int to, int group, double lr) {
        return base(group) * factors.get(group).applyAsDouble(to);
    }
}
