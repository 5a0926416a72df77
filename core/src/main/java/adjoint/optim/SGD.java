package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Update;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.List;
import java.util.Set;

/**
 * Stochastic gradient descent, with momentum, dampening, Nesterov's step and weight decay as in PyTorch's {@code SGD}:
 *
 * <pre>
 * g ← ∇ + weightDecay · p
 * b ← momentum · b + (1 − dampening) · g         (the first b is g)
 * p ← p − lr · (nesterov ? g + momentum · b : b)
 * </pre>
 *
 * <p>Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013.
 */
public final class SGD extends ParameterwiseOptimizer<SGD> {
    /** What part of a gradient is kept out of the remembered direction. */
    public static final Setting DAMPENING = Setting.number("dampening", "Usual is 0");

    /** Whether the step looks one step of momentum ahead. */
    public static final Setting NESTEROV = Setting.flag("nesterov");

    private static final String BUFFER = "momentum_buffer";

    private static final int DECAY = 1;
    private static final int REMEMBER = 2;
    private static final int FIRST = 4;
    private static final int LOOK_AHEAD = 8;
    private static final Variants UPDATES = new Variants(4, SGD::update);

    /** Plain descent of these parameters, with a learning rate of 0.001. */
    public SGD(List<Tensor> parameters) {
        this(parameters, 1e-3);
    }

    /** Plain descent of these parameters. */
    public SGD(List<Tensor> parameters, double lr) {
        this(lr, new ParameterGroup(parameters));
    }

    /** Descent of several groups. */
    public SGD(double lr, ParameterGroup... groups) {
        super(
                List.of(groups),
                Set.of(BUFFER),
                Setting.LR.initially(lr),
                Setting.MOMENTUM.initially(0),
                DAMPENING.initially(0),
                Setting.WEIGHT_DECAY.initially(0),
                NESTEROV.initially(0),
                Setting.MAXIMIZE.initially(0));
    }

    /**
     * Remembers this part of the previous step's direction; usually 0.9.
     *
     * @throws ValueException if it is negative
     */
    public SGD momentum(double value) {
        return set(Setting.MOMENTUM, value);
    }

    /**
     * Lets only 1 − this of the gradient into the remembered direction.
     *
     * @throws ValueException if it is not 0 and Nesterov's step is on
     */
    public SGD dampening(double value) {
        return set(DAMPENING, value);
    }

    /**
     * Adds this times the parameter to its gradient (an L2 penalty).
     *
     * @throws ValueException if it is negative
     */
    public SGD weightDecay(double value) {
        return set(Setting.WEIGHT_DECAY, value);
    }

    /**
     * Looks one step of momentum ahead.
     *
     * @throws ValueException if there is no momentum yet, or dampening
     */
    public SGD nesterov() {
        return set(NESTEROV, 1);
    }

    @Override
    protected void check(ParameterGroup group) {
        double momentum = group.get(Setting.MOMENTUM);
        double dampening = group.get(DAMPENING);
        if (group.isOn(NESTEROV) && (momentum <= 0 || dampening != 0)) {
            throw new ValueException("SGD: Nesterov's step with momentum " + momentum + " and dampening " + dampening
                    + ": it needs momentum and no dampening. Set momentum(0.9) before nesterov(), and no dampening.");
        }
    }

    @Override
    protected Rule rule(ParameterGroup group) {
        double momentum = group.get(Setting.MOMENTUM);
        double decay = group.weightDecay();
        int options = (decay != 0 ? DECAY : 0)
                | (momentum != 0 ? REMEMBER : 0)
                | (momentum != 0 && group.isOn(NESTEROV) ? LOOK_AHEAD : 0);
        double sign = group.isOn(Setting.MAXIMIZE) ? -1 : 1;
        double[] numbers = {-group.lr(), sign, decay, momentum, 1 - group.get(DAMPENING)};
        if (momentum == 0) {
            return (p, g, _) -> Engine.update(UPDATES.get(options), numbers, p, g);
        }
        return (p, g, state) -> {
            int first = state.has(BUFFER) ? 0 : FIRST;
            Engine.update(UPDATES.get(options | first), numbers, p, state.tensor(BUFFER), g);
        };
    }

    /** Of p, the remembered direction b where there is one, and the gradient. */
    private static Update update(int options) {
        return Update.of("SGD", (options & REMEMBER) != 0 ? 3 : 2, 5, (x, n) -> {
            Expr p = x.getFirst();
            Expr g = n.get(1).mul(x.getLast());
            g = (options & DECAY) != 0 ? Fused.add(g, n.get(2), p) : g;
            if ((options & REMEMBER) == 0) {
                return List.of(Fused.add(p, n.get(0), g));
            }
            Expr momentum = n.get(3);
            Expr b = (options & FIRST) != 0 ? g : Fused.add(x.get(1).mul(momentum), n.get(4), g);
            Expr direction = (options & LOOK_AHEAD) != 0 ? Fused.add(g, momentum, b) : b;
            return List.of(Fused.add(p, n.get(0), direction), b);
        });
    }
}
