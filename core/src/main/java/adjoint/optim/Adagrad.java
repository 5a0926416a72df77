package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Update;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.List;
import java.util.Set;

/**
 * Steps that become the shorter, the more a parameter was moved already: with t the number of the step,
 *
 * <pre>
 * g ← ∇ + weightDecay · p
 * s ← s + g²                             (at first, initialAccumulatorValue)
 * p ← p − lr / (1 + (t − 1) · lrDecay) · g / (√s + eps)
 * </pre>
 *
 * <p>Duchi et al., "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", 2011.
 */
public final class Adagrad extends ParameterwiseOptimizer<Adagrad> {
    /** How fast the learning rate falls besides. */
    public static final Setting LR_DECAY = Setting.notNegative("lr_decay", "Usual is 0");

    /** What the sum of squares begins with. */
    public static final Setting INITIAL_ACCUMULATOR_VALUE =
            Setting.notNegative("initial_accumulator_value", "Usual is 0");

    private static final String SUM = "sum";

    private static final int DECAY = 1;
    private static final Variants UPDATES = new Variants(1, Adagrad::update);

    /** Adagrad with a learning rate of 0.01. */
    public Adagrad(List<Tensor> parameters) {
        this(parameters, 1e-2);
    }

    /** Adagrad of these parameters. */
    public Adagrad(List<Tensor> parameters, double lr) {
        this(lr, new ParameterGroup(parameters));
    }

    /** Adagrad of several groups. */
    public Adagrad(double lr, ParameterGroup... groups) {
        super(
                List.of(groups),
                Set.of(SUM),
                Setting.LR.initially(lr),
                LR_DECAY.initially(0),
                Setting.EPS.initially(1e-10),
                Setting.WEIGHT_DECAY.initially(0),
                INITIAL_ACCUMULATOR_VALUE.initially(0),
                Setting.MAXIMIZE.initially(0));
    }

    /**
     * Lets the learning rate fall as the number of steps grows.
     *
     * @throws ValueException if it is negative
     */
    public Adagrad lrDecay(double value) {
        return set(LR_DECAY, value);
    }

    /**
     * Sets what the sum of squares of a parameter begins with at its first step.
     *
     * @throws ValueException if it is negative
     */
    public Adagrad initialAccumulatorValue(double value) {
        return set(INITIAL_ACCUMULATOR_VALUE, value);
    }

    /**
     * Sets what is added to the divisor.
     *
     * @throws ValueException if it is negative
     */
    public Adagrad eps(double value) {
        return set(Setting.EPS, value);
    }

    /**
     * Adds this times the parameter to its gradient (an L2 penalty).
     *
     * @throws ValueException if it is negative
     */
    public Adagrad weightDecay(double value) {
        return set(Setting.WEIGHT_DECAY, value);
    }

    @Override
    protected Rule rule(ParameterGroup group) {
        double decay = group.weightDecay();
        Update update = UPDATES.get(decay != 0 ? DECAY : 0);
        double sign = group.isOn(Setting.MAXIMIZE) ? -1 : 1;
        double lr = group.lr();
        double falling = group.get(LR_DECAY);
        double eps = group.get(Setting.EPS);
        double initially = group.get(INITIAL_ACCUMULATOR_VALUE);
        return (p, g, state) -> {
            double rate = lr / (1 + (state.nextStep() - 1) * falling);
            Engine.update(update, new double[] {sign, decay, -rate, eps}, p, state.tensor(SUM, initially), g);
        };
    }

    /** Of p, s and the gradient. */
    private static Update update(int options) {
        return Update.of("Adagrad", 3, 4, (x, n) -> {
            Expr p = x.get(0);
            Expr g = n.get(0).mul(x.get(2));
            g = (options & DECAY) != 0 ? Fused.add(g, n.get(1), p) : g;
            Expr s = g.fma(g, x.get(1));
            return List.of(Fused.addcdiv(p, n.get(2), g, s.sqrt().add(n.get(3))), s);
        });
    }
}
