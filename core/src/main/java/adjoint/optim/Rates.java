package adjoint.optim;

import adjoint.types.ValueException;
import java.util.function.IntToDoubleFunction;

/**
 * Learning rates as functions of the number of updates or epochs, those of the book <i>Dive into Deep Learning</i>. To be
 * asked directly, or given to {@link LambdaLR} on an optimizer whose own rate is 1.
 */
public final class Rates {
    private Rates() {}

    /** {@code lr / √(t + 1)}. d2l: {@code SquareRootScheduler}. */
    public static IntToDoubleFunction squareRoot(double lr) {
        return t -> lr / Math.sqrt(t + 1.0);
    }

    /** {@code max(least, lr · factorᵗ⁺¹)}. d2l: {@code FactorScheduler}. */
    public static IntToDoubleFunction factor(double lr, double factor, double least) {
        return t -> Math.max(least, lr * StrictMath.pow(factor, t + 1));
    }

    /**
     * From {@code lr} along half a cosine to {@code last} at {@code steps}, and so on from there. d2l: {@code
     * CosineScheduler}.
     *
     * @throws ValueException if {@code steps} is less than 1
     */
    public static IntToDoubleFunction cosine(double lr, double last, int steps) {
        return cosine(lr, last, steps, 0, 0);
    }

    /**
     * The same after an even rise from {@code first} to {@code lr} during the first {@code warmup} of the steps.
     *
     * @throws ValueException if {@code steps} is not more than {@code warmup}, or that is negative
     */
    public static IntToDoubleFunction cosine(double lr, double last, int steps, int warmup, double first) {
        if (warmup < 0 || steps <= warmup) {
            throw new ValueException("cosine: " + steps + " steps, " + warmup + " of them rising: there has to be some"
                    + " time for the fall. Give more steps.");
        }
        return t -> {
            if (t < warmup) {
                return first + (lr - first) * t / warmup;
            }
            double part = (double) (Math.min(t, steps) - warmup) / (steps - warmup);
            return last + (lr - last) * (1 + StrictMath.cos(Math.PI * part)) / 2;
        };
    }
}
