package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Update;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.List;
import java.util.Set;

/**
 * Steps whose size is that of former steps, relative to former gradients:
 *
 * <pre>
 * g ← ∇ + weightDecay · p
 * v ← rho · v + (1 − rho) · g²
 * Δ = √(u + eps) / √(v + eps) · g
 * u ← rho · u + (1 − rho) · Δ²
 * p ← p − lr · Δ
 * </pre>
 *
 * <p>Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012.
 */
public final class Adadelta extends ParameterwiseOptimizer<Adadelta> {
    /** What part of the means of squares is kept in a step. */
    public static final Setting RHO =
            Setting.of("rho", v -> v >= 0 && v <= 1, "at least 0 and at most 1", "Usual is 0.9");

    private static final String SQUARE = "square_avg";
    private static final String STEPS = "acc_delta";

    private static final int DECAY = 1;
    private static final Variants UPDATES = new Variants(1, Adadelta::update);

    /** Adadelta with a learning rate of 1. */
    public Adadelta(List<Tensor> parameters) {
        this(parameters, 1);
    }

    /** Adadelta of these parameters. */
    public Adadelta(List<Tensor> parameters, double lr) {
        this(lr, new ParameterGroup(parameters));
    }

    /** Adadelta of several groups. */
    public Adadelta(double lr, ParameterGroup... groups) {
        super(
                List.of(groups),
                Set.of(SQUARE, STEPS),
                Setting.LR.initially(lr),
                RHO.initially(0.9),
                Setting.EPS.initially(1e-6),
                Setting.WEIGHT_DECAY.initially(0),
                Setting.MAXIMIZE.initially(0));
    }

    /**
     * Sets how much of the means of squares is kept in a step.
     *
     * @throws ValueException if it is not from 0 to 1
     */
    public Adadelta rho(double value) {
        return set(RHO, value);
    }

    /**
     * Sets what is added under the roots.
     *
     * @throws ValueException if it is negative
     */
    public Adadelta eps(double value) {
        return set(Setting.EPS, value);
    }

    /**
     * Adds this times the parameter to its gradient (an L2 penalty).
     *
     * @throws ValueException if it is negative
     */
    public Adadelta weightDecay(double value) {
        return set(Setting.WEIGHT_DECAY, value);
    }

    @Override
    protected Rule rule(ParameterGroup group) {
        double decay = group.weightDecay();
        Update update = UPDATES.get(decay != 0 ? DECAY : 0);
        double sign = group.isOn(Setting.MAXIMIZE) ? -1 : 1;
        double rho = group.get(RHO);
        double[] numbers = {sign, decay, -group.lr(), rho, 1 - rho, group.get(Setting.EPS)};
        return (p, g, state) -> {
            state.nextStep();
            Engine.update(update, numbers, p, state.tensor(SQUARE), state.tensor(STEPS), g);
        };
    }

    /** Of p, v, u and the gradient. */
    private static Update update(int options) {
        return Update.of("Adadelta", 4, 6, (x, n) -> {
            Expr p = x.get(0);
            Expr rho = n.get(3);
            Expr rest = n.get(4);
            Expr eps = n.get(5);
            Expr g = n.get(0).mul(x.get(3));
            g = (options & DECAY) != 0 ? Fused.add(g, n.get(1), p) : g;
            Expr v = Fused.addcmul(x.get(1).mul(rho), rest, g, g);
            Expr step = x.get(2).add(eps).sqrt().div(v.add(eps).sqrt()).mul(g);
            Expr u = Fused.addcmul(x.get(2).mul(rho), rest, step, step);
            return List.of(Fused.add(p, n.get(2), step), v, u);
        });
    }
}
