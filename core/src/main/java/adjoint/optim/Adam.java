package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Update;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import java.util.List;
import java.util.Set;

/**
 * Adam: with the means m and v of {@link AdamFamily} and t the number of the step,
 *
 * <pre>
 * p ← p − lr / (1 − beta1ᵗ) · m / (√v / √(1 − beta2ᵗ) + eps)
 * </pre>
 *
 * <p>Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015; AMSGrad: Reddi et al., "On the Convergence of
 * Adam and Beyond", 2018.
 */
public final class Adam extends AdamFamily<Adam> {
    /** Whether the largest v so far is the divisor. */
    public static final Setting AMSGRAD = Setting.flag("amsgrad");

    private static final String LARGEST = "max_exp_avg_sq";
    static final Set<String> REMEMBERED = Set.of(MEAN, SQUARE, LARGEST);

    private static final int KEEP_LARGEST = OWN;
    private static final Variants UPDATES = new Variants(4, Adam::update);

    /** Adam with a learning rate of 0.001. */
    public Adam(List<Tensor> parameters) {
        this(parameters, 1e-3);
    }

    /** Adam of these parameters. */
    public Adam(List<Tensor> parameters, double lr) {
        this(lr, new ParameterGroup(parameters));
    }

    /** Adam of several groups. */
    public Adam(double lr, ParameterGroup... groups) {
        super(List.of(groups), REMEMBERED, defaults(lr, 0, 0));
    }

    static Setting.Default[] defaults(double lr, double decay, int decoupled) {
        return new Setting.Default[] {
            Setting.LR.initially(lr),
            Setting.BETA1.initially(0.9),
            Setting.BETA2.initially(0.999),
            Setting.EPS.initially(1e-8),
            Setting.WEIGHT_DECAY.initially(decay),
            Setting.DECOUPLED.initially(decoupled),
            AMSGRAD.initially(0),
            Setting.MAXIMIZE.initially(0)
        };
    }

    /** Divides by the largest mean of squares so far. */
    public Adam amsgrad() {
        return set(AMSGRAD, 1);
    }

    /** Lets weight decay shrink parameters themselves, as {@link AdamW} does. */
    public Adam decoupledWeightDecay() {
        return set(Setting.DECOUPLED, 1);
    }

    @Override
    protected Rule rule(ParameterGroup group) {
        return ruleOf(group);
    }

    static Rule ruleOf(ParameterGroup group) {
        int options = optionsWithDecoupling(group) | (group.isOn(AMSGRAD) ? KEEP_LARGEST : 0);
        Update update = UPDATES.get(options);
        double beta1 = group.get(Setting.BETA1);
        double beta2 = group.get(Setting.BETA2);
        double lr = group.lr();
        double eps = group.get(Setting.EPS);
        return (p, g, state) -> {
            long step = state.nextStep();
            double[] numbers = numbers(group, options, 3);
            numbers[COMMON] = -lr / correction(beta1, step);
            numbers[COMMON + 1] = Math.sqrt(correction(beta2, step));
            numbers[COMMON + 2] = eps;
            Tensor m = state.tensor(MEAN);
            Tensor v = state.tensor(SQUARE);
            if ((options & KEEP_LARGEST) != 0) {
                Engine.update(update, numbers, p, m, v, state.tensor(LARGEST), g);
            } else {
                Engine.update(update, numbers, p, m, v, g);
            }
        };
    }

    /** Of p, m, v, the largest v where it is kept, and the gradient. */
    private static Update update(int options) {
        boolean largest = (options & KEEP_LARGEST) != 0;
        return Update.of("Adam", largest ? 5 : 4, COMMON + 3, (x, n) -> {
            var begin = Beginning.of(options, x, n);
            Expr v = begin.square(x.get(2), n);
            Expr size = largest ? x.get(3).max(v) : v;
            Expr divisor = size.sqrt().div(n.get(COMMON + 1)).add(n.get(COMMON + 2));
            Expr p = Fused.addcdiv(begin.p(), n.get(COMMON), begin.mean(), divisor);
            return largest ? List.of(p, begin.mean(), v, size) : List.of(p, begin.mean(), v);
        });
    }
}
