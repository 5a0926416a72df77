package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.types.ValueException;
import java.util.List;
import java.util.Set;

/**
 * Optimizers that divide a running mean of the gradient by one of its size. Their common beginning, where each mean
 * forgets by its beta:
 *
 * <pre>
 * g ← ∇ + weightDecay · p                (decoupled: p ← (1 − lr · weightDecay) · p instead)
 * m ← beta1 · m + (1 − beta1) · g
 * v ← beta2 · v + (1 − beta2) · g²
 * </pre>
 *
 * @param <S> the class itself, which its setters return
 */
public abstract sealed class AdamFamily<S extends AdamFamily<S>> extends ParameterwiseOptimizer<S>
        permits Adam, AdamW, Adamax, NAdam, RAdam {
    static final String MEAN = "exp_avg";
    static final String SQUARE = "exp_avg_sq";

    static final int DECAY = 1;
    static final int DECOUPLED = 2;
    private static final int FAR = 4; // the mean is mostly this step's gradient

    /** The first bit for options of an update's own. */
    static final int OWN = 8;

    /** How many numbers all updates begin with. */
    static final int COMMON = 6;

    AdamFamily(List<ParameterGroup> groups, Set<String> tensors, Setting.Default... defaults) {
        super(groups, tensors, defaults);
    }

    /**
     * Sets how much of the means of the gradients and of their squares is kept in a step.
     *
     * @throws ValueException if one is negative, or 1 or more
     */
    public S betas(double beta1, double beta2) {
        Setting.BETA2.check(beta2);
        set(Setting.BETA1, beta1);
        return set(Setting.BETA2, beta2);
    }

    /**
     * Sets what is added to the divisor.
     *
     * @throws ValueException if it is negative
     */
    public S eps(double value) {
        return set(Setting.EPS, value);
    }

    /**
     * Sets the weight decay.
     *
     * @throws ValueException if it is negative
     */
    public S weightDecay(double value) {
        return set(Setting.WEIGHT_DECAY, value);
    }

    /** The options that all have. */
    static int options(ParameterGroup group) {
        int mean = Fused.isNear(1 - group.get(Setting.BETA1)) ? 0 : FAR;
        return group.weightDecay() == 0 ? mean : mean | DECAY;
    }

    /** The options of those that may have decoupled decay. */
    static int optionsWithDecoupling(ParameterGroup group) {
        int options = options(group);
        return (options & DECAY) != 0 && group.isOn(Setting.DECOUPLED) ? options | DECOUPLED : options;
    }

    /** The numbers that all updates begin with, and room for more. */
    static double[] numbers(ParameterGroup group, int options, int more) {
        double[] numbers = new double[COMMON + more];
        numbers[0] = group.isOn(Setting.MAXIMIZE) ? -1 : 1;
        numbers[1] = (options & DECOUPLED) != 0 ? 1 - group.lr() * group.weightDecay() : group.weightDecay();
        numbers[2] = 1 - group.get(Setting.BETA1);
        numbers[5] = 1 - numbers[2];
        numbers[3] = group.get(Setting.BETA2);
        numbers[4] = 1 - numbers[3];
        return numbers;
    }

    /** The common beginning: of p, m, then others, and the gradient last. */
    record Beginning(Expr p, Expr g, Expr mean) {
        static Beginning of(int options, List<Expr> x, List<Expr> n) {
            Expr p = x.get(0);
            Expr g = n.get(0).mul(x.getLast());
            if ((options & DECOUPLED) != 0) {
                p = n.get(1).mul(p);
            } else if ((options & DECAY) != 0) {
                g = Fused.add(g, n.get(1), p);
            }
            Expr m = x.get(1);
            Expr mean = (options & FAR) != 0 ? Fused.lerpFrom(g, m, n.get(5)) : Fused.lerp(m, g, n.get(2));
            return new Beginning(p, g, mean);
        }

        /** The mean of the squares, v before. */
        Expr square(Expr v, List<Expr> n) {
            return Fused.addcmul(v.mul(n.get(3)), n.get(4), g, g);
        }
    }

    /** {@code 1 − betaˢᵗᵉᵖ}: what a mean that began at 0 lacks. */
    static double correction(double beta, long step) {
        return 1 - StrictMath.pow(beta, step);
    }
}
