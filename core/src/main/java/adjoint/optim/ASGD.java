package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Update;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.List;
import java.util.Set;

/**
 * Gradient descent that also averages the parameters over its steps, from step t0 on; the average is the state's
 * {@code ax}. With t the number of the step, and η = lr and μ = 1 at first:
 *
 * <pre>
 * g ← ∇ + weightDecay · p
 * p ← (1 − lambd · η) · p − η · g
 * a ← μ = 1 ? p : a + μ · (p − a)
 * η ← lr / (1 + lambd · lr · t)^alpha
 * μ ← 1 / max(1, t − t0)
 * </pre>
 *
 * <p>Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992.
 */
public final class ASGD extends ParameterwiseOptimizer<ASGD> {
    /** How much a step shrinks the parameter, and how fast η falls. */
    public static final Setting LAMBD = Setting.number("lambd", "Usual is 1e-4");

    /** The power with which η falls. */
    public static final Setting ALPHA = Setting.number("alpha", "Usual is 0.75");

    /** The step from which on parameters are averaged. */
    public static final Setting T0 = Setting.number("t0", "Usual is 1e6");

    private static final String ETA = "eta";
    private static final String MU = "mu";
    private static final String AVERAGE = "ax";

    private static final int DECAY = 1;
    private static final int COPY = 2;
    private static final Variants UPDATES = new Variants(2, ASGD::update);

    /** Averaged descent with a learning rate of 0.01. */
    public ASGD(List<Tensor> parameters) {
        this(parameters, 1e-2);
    }

    /** Averaged descent of these parameters. */
    public ASGD(List<Tensor> parameters, double lr) {
        this(lr, new ParameterGroup(parameters));
    }

    /** Averaged descent of several groups. */
    public ASGD(double lr, ParameterGroup... groups) {
        super(
                List.of(groups),
                Set.of(AVERAGE),
                Setting.LR.initially(lr),
                LAMBD.initially(1e-4),
                ALPHA.initially(0.75),
                T0.initially(1e6),
                Setting.WEIGHT_DECAY.initially(0),
                Setting.MAXIMIZE.initially(0));
    }

    /** Sets how much a step shrinks the parameter, and how fast steps become shorter. */
    public ASGD lambd(double value) {
        return set(LAMBD, value);
    }

    /** Sets the power with which steps become shorter. */
    public ASGD alpha(double value) {
        return set(ALPHA, value);
    }

    /** Sets the step from which on parameters are averaged. */
    public ASGD t0(double value) {
        return set(T0, value);
    }

    /**
     * Adds this times the parameter to its gradient (an L2 penalty).
     *
     * @throws ValueException if it is negative
     */
    public ASGD weightDecay(double value) {
        return set(Setting.WEIGHT_DECAY, value);
    }

    @Override
    protected Set<String> numbers() {
        return Set.of(ETA, MU);
    }

    @Override
    protected Rule rule(ParameterGroup group) {
        double decay = group.weightDecay();
        double sign = group.isOn(Setting.MAXIMIZE) ? -1 : 1;
        double lr = group.lr();
        double lambd = group.get(LAMBD);
        double alpha = group.get(ALPHA);
        double t0 = group.get(T0);
        return (p, g, state) -> {
            long step = state.nextStep();
            // PyTorch keeps both in single precision, whatever the parameters' type.
            double eta = state.number(ETA, (float) lr);
            double mu = state.number(MU, 1);
            int options = (decay != 0 ? DECAY : 0) | (mu == 1 ? COPY : 0);
            double[] numbers = {sign, decay, 1 - lambd * eta, -eta, mu};
            Engine.update(UPDATES.get(options), numbers, p, state.tensor(AVERAGE), g);
            state.put(ETA, (float) (lr / StrictMath.pow(1 + lambd * lr * step, alpha)));
            state.put(MU, (float) (1 / Math.max(1, step - t0)));
        };
    }

    /** Of p, a and the gradient. */
    private static Update update(int options) {
        return Update.of("ASGD", 3, 5, (x, n) -> {
            Expr g = n.get(0).mul(x.get(2));
            g = (options & DECAY) != 0 ? Fused.add(g, n.get(1), x.get(0)) : g;
            Expr p = Fused.add(x.get(0).mul(n.get(2)), n.get(3), g);
            Expr a = x.get(1);
            return List.of(p, (options & COPY) != 0 ? p : a.add(p.sub(a).mul(n.get(4))));
        });
    }
}
