package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Update;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.List;
import java.util.Set;

/**
 * Goes by the gradients' signs alone: each number has a step of its own (at first lr), which grows while the sign stays
 * and shrinks when it changes. For gradients of all the data, not of minibatches.
 *
 * <pre>
 * Δ ← clamp(Δ · (g · g′ &gt; 0 ? etaPlus : g · g′ &lt; 0 ? etaMinus : 1), stepMin, stepMax)
 * g ← g · g′ &lt; 0 ? 0 : g                   (g′ is the g of the previous step)
 * p ← p − sign(g) · Δ
 * </pre>
 *
 * <p>Riedmiller and Braun, "A Direct Adaptive Method for Faster Backpropagation Learning: The RPROP Algorithm", 1993.
 */
public final class Rprop extends ParameterwiseOptimizer<Rprop> {
    /** By what a step shrinks. */
    public static final Setting ETA_MINUS =
            Setting.of("eta_minus", v -> v > 0 && v < 1, "more than 0 and less than 1", "Usual is 0.5");

    /** By what a step grows. */
    public static final Setting ETA_PLUS =
            Setting.of("eta_plus", v -> v > 1 && Double.isFinite(v), "a number greater than 1", "Usual is 1.2");

    /** The shortest step. */
    public static final Setting STEP_MIN = Setting.notNegative("step_size_min", "Usual is 1e-6");

    /** The longest step. */
    public static final Setting STEP_MAX = Setting.notNegative("step_size_max", "Usual is 50");

    private static final String PREVIOUS = "prev";
    private static final String STEP_SIZE = "step_size";

    private static final Update UPDATE = Update.of("Rprop", 4, 5, Rprop::results);

    /** Rprop whose first steps are 0.01. */
    public Rprop(List<Tensor> parameters) {
        this(parameters, 1e-2);
    }

    /** Rprop of these parameters. */
    public Rprop(List<Tensor> parameters, double lr) {
        this(lr, new ParameterGroup(parameters));
    }

    /** Rprop of several groups. */
    public Rprop(double lr, ParameterGroup... groups) {
        super(
                List.of(groups),
                Set.of(PREVIOUS, STEP_SIZE),
                Setting.LR.initially(lr),
                ETA_MINUS.initially(0.5),
                ETA_PLUS.initially(1.2),
                STEP_MIN.initially(1e-6),
                STEP_MAX.initially(50),
                Setting.MAXIMIZE.initially(0));
    }

    /**
     * Sets by what steps shrink and grow.
     *
     * @throws ValueException if not 0 &lt; minus &lt; 1 &lt; plus
     */
    public Rprop etas(double minus, double plus) {
        ETA_PLUS.check(plus);
        set(ETA_MINUS, minus);
        return set(ETA_PLUS, plus);
    }

    /**
     * Sets the shortest and the longest step.
     *
     * @throws ValueException if one is negative
     */
    public Rprop stepSizes(double shortest, double longest) {
        STEP_MAX.check(longest);
        set(STEP_MIN, shortest);
        return set(STEP_MAX, longest);
    }

    @Override
    protected Rule rule(ParameterGroup group) {
        double sign = group.isOn(Setting.MAXIMIZE) ? -1 : 1;
        double lr = group.lr();
        double[] numbers = {sign, group.get(ETA_MINUS), group.get(ETA_PLUS), group.get(STEP_MIN), group.get(STEP_MAX)};
        return (p, g, state) -> {
            state.nextStep();
            Engine.update(UPDATE, numbers, p, state.tensor(PREVIOUS), state.tensor(STEP_SIZE, lr), g);
        };
    }

    /** Of p, the previous g, Δ and the gradient. */
    private static List<Expr> results(List<Expr> x, List<Expr> n) {
        Expr p = x.get(0);
        Expr g = n.get(0).mul(x.get(3));
        Expr change = g.mul(x.get(1));
        Expr turned = change.lt(0);
        // NaN stays NaN.
        Expr still = change.eq(0).select(Expr.of(1), change);
        Expr factor = change.gt(0).select(n.get(2), turned.select(n.get(1), still));
        Expr step = x.get(2).mul(factor).max(n.get(3)).min(n.get(4));
        Expr kept = turned.select(Expr.of(0), g);
        Expr direction = kept.gt(0).select(Expr.of(1), kept.lt(0).select(Expr.of(-1), kept));
        return List.of(p.sub(direction.mul(step)), kept, step);
    }
}
