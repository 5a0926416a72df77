package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Update;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Divides gradients by the root of a running mean of their squares:
 *
 * <pre>
 * g ← ∇ + weightDecay · p
 * v ← alpha · v + (1 − alpha) · g²
 * a ← alpha · a + (1 − alpha) · g               (centered only)
 * d = √(centered ? v − a² : v) + eps
 * b ← momentum · b + g / d                      (with momentum only)
 * p ← p − lr · (momentum &gt; 0 ? b : g / d)
 * </pre>
 *
 * <p>Tieleman and Hinton, "Lecture 6.5 – RMSProp", 2012; centered: Graves, "Generating Sequences With Recurrent Neural
 * Networks", 2013.
 */
public final class RMSprop extends ParameterwiseOptimizer<RMSprop> {
    /** What part of the means is kept in a step. */
    public static final Setting ALPHA = Setting.notNegative("alpha", "Usual is 0.99");

    /** Whether the gradients' spread about their mean is the divisor. */
    public static final Setting CENTERED = Setting.flag("centered");

    private static final String SQUARE = "square_avg";
    private static final String MEAN = "grad_avg";
    private static final String BUFFER = "momentum_buffer";

    private static final int DECAY = 1;
    private static final int REMEMBER = 2;
    private static final int CENTER = 4;
    private static final int FAR = 8; // means are mostly this step's gradient
    private static final Variants UPDATES = new Variants(4, RMSprop::update);

    /** RMSprop with a learning rate of 0.01. */
    public RMSprop(List<Tensor> parameters) {
        this(parameters, 1e-2);
    }

    /** RMSprop of these parameters. */
    public RMSprop(List<Tensor> parameters, double lr) {
        this(lr, new ParameterGroup(parameters));
    }

    /** RMSprop of several groups. */
    public RMSprop(double lr, ParameterGroup... groups) {
        super(
                List.of(groups),
                Set.of(SQUARE, MEAN, BUFFER),
                Setting.LR.initially(lr),
                ALPHA.initially(0.99),
                Setting.EPS.initially(1e-8),
                Setting.WEIGHT_DECAY.initially(0),
                Setting.MOMENTUM.initially(0),
                CENTERED.initially(0),
                Setting.MAXIMIZE.initially(0));
    }

    /**
     * Sets how much of the means is kept in a step.
     *
     * @throws ValueException if it is negative
     */
    public RMSprop alpha(double value) {
        return set(ALPHA, value);
    }

    /**
     * Sets what is added to the divisor.
     *
     * @throws ValueException if it is negative
     */
    public RMSprop eps(double value) {
        return set(Setting.EPS, value);
    }

    /**
     * Adds this times the parameter to its gradient (an L2 penalty).
     *
     * @throws ValueException if it is negative
     */
    public RMSprop weightDecay(double value) {
        return set(Setting.WEIGHT_DECAY, value);
    }

    /**
     * Remembers this part of the previous step's direction.
     *
     * @throws ValueException if it is negative
     */
    public RMSprop momentum(double value) {
        return set(Setting.MOMENTUM, value);
    }

    /** Divides by the gradients' spread about their mean. */
    public RMSprop centered() {
        return set(CENTERED, 1);
    }

    @Override
    protected Rule rule(ParameterGroup group) {
        double decay = group.weightDecay();
        double momentum = group.get(Setting.MOMENTUM);
        int options = (decay != 0 ? DECAY : 0)
                | (momentum > 0 ? REMEMBER : 0)
                | (group.isOn(CENTERED) ? CENTER : 0)
                | (Fused.isNear(1 - group.get(ALPHA)) ? 0 : FAR);
        Update update = UPDATES.get(options);
        double sign = group.isOn(Setting.MAXIMIZE) ? -1 : 1;
        double alpha = group.get(ALPHA);
        double[] numbers = {
            sign, decay, -group.lr(), alpha, 1 - alpha, group.get(Setting.EPS), momentum, 1 - (1 - alpha)
        };
        return (p, g, state) -> {
            state.nextStep();
            Tensor v = state.tensor(SQUARE);
            switch (options & (REMEMBER | CENTER)) {
                case 0 -> Engine.update(update, numbers, p, v, g);
                case REMEMBER -> Engine.update(update, numbers, p, v, state.tensor(BUFFER), g);
                case CENTER -> Engine.update(update, numbers, p, v, state.tensor(MEAN), g);
                default -> Engine.update(update, numbers, p, v, state.tensor(MEAN), state.tensor(BUFFER), g);
            }
        };
    }

    /** Of p, v, a where it is centered, b where there is momentum, and the gradient. */
    private static Update update(int options) {
        boolean centered = (options & CENTER) != 0;
        boolean remembers = (options & REMEMBER) != 0;
        return Update.of("RMSprop", 3 + (centered ? 1 : 0) + (remembers ? 1 : 0), 8, (x, n) -> {
            Expr p = x.get(0);
            Expr g = n.get(0).mul(x.getLast());
            g = (options & DECAY) != 0 ? Fused.add(g, n.get(1), p) : g;
            Expr v = Fused.addcmul(x.get(1).mul(n.get(3)), n.get(4), g, g);
            List<Expr> results = new ArrayList<>(List.of(p, v));
            Expr spread = v;
            if (centered) {
                Expr a = (options & FAR) != 0
                        ? Fused.lerpFrom(g, x.get(2), n.get(7))
                        : Fused.lerp(x.get(2), g, n.get(4));
                results.add(a);
                spread = a.neg().fma(a, v);
            }
            Expr divisor = spread.sqrt().add(n.get(5));
            if (remembers) {
                Expr b = x.get(results.size()).mul(n.get(6)).add(g.div(divisor));
                results.add(b);
                results.set(0, Fused.add(p, n.get(2), b));
            } else {
                results.set(0, Fused.addcdiv(p, n.get(2), g, divisor));
            }
            return results;
        });
    }
}
