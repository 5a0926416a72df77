package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Update;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.List;
import java.util.Set;

/**
 * Adam with Nesterov's momentum: with the means m and v of {@link AdamFamily}, t the number of the step, and Mₜ the
 * product of μ₁ to μₜ,
 *
 * <pre>
 * μₜ = beta1 · (1 − 0.96^(t · momentumDecay) / 2)
 * p ← p − lr · ((1 − μₜ) / (1 − Mₜ) · g + μₜ₊₁ / (1 − Mₜ₊₁) · m) / (√(v / (1 − beta2ᵗ)) + eps)
 * </pre>
 *
 * <p>Dozat, "Incorporating Nesterov Momentum into Adam", 2016.
 */
public final class NAdam extends AdamFamily<NAdam> {
    /** How fast μ grows from half of beta1 to beta1. */
    public static final Setting MOMENTUM_DECAY = Setting.notNegative("momentum_decay", "Usual is 0.004");

    private static final String PRODUCT = "mu_product";
    private static final Variants UPDATES = new Variants(3, NAdam::update);

    /** NAdam with a learning rate of 0.002. */
    public NAdam(List<Tensor> parameters) {
        this(parameters, 2e-3);
    }

    /** NAdam of these parameters. */
    public NAdam(List<Tensor> parameters, double lr) {
        this(lr, new ParameterGroup(parameters));
    }

    /** NAdam of several groups. */
    public NAdam(double lr, ParameterGroup... groups) {
        super(
                List.of(groups),
                Set.of(MEAN, SQUARE),
                Setting.LR.initially(lr),
                Setting.BETA1.initially(0.9),
                Setting.BETA2.initially(0.999),
                Setting.EPS.initially(1e-8),
                Setting.WEIGHT_DECAY.initially(0),
                MOMENTUM_DECAY.initially(4e-3),
                Setting.DECOUPLED.initially(0),
                Setting.MAXIMIZE.initially(0));
    }

    /**
     * Sets how fast momentum grows to beta1.
     *
     * @throws ValueException if it is negative
     */
    public NAdam momentumDecay(double value) {
        return set(MOMENTUM_DECAY, value);
    }

    /** Lets weight decay shrink parameters themselves, as {@link AdamW} does. */
    public NAdam decoupledWeightDecay() {
        return set(Setting.DECOUPLED, 1);
    }

    @Override
    protected Set<String> numbers() {
        return Set.of(PRODUCT);
    }

    @Override
    protected Rule rule(ParameterGroup group) {
        int options = optionsWithDecoupling(group);
        double lr = group.lr();
        double beta2 = group.get(Setting.BETA2);
        double eps = group.get(Setting.EPS);
        return (p, g, state) -> {
            long step = state.nextStep();
            double mu = momentum(group, step);
            double next = momentum(group, step + 1);
            // PyTorch keeps the product in single precision, whatever the parameters' type.
            double product = (float) state.number(PRODUCT, 1) * (float) mu;
            state.put(PRODUCT, product);
            double[] numbers = numbers(group, options, 4);
            numbers[COMMON] = -lr * (1 - mu) / (1 - product);
            numbers[COMMON + 1] = -lr * next / (1 - product * next);
            numbers[COMMON + 2] = correction(beta2, step);
            numbers[COMMON + 3] = eps;
            Engine.update(UPDATES.get(options), numbers, p, state.tensor(MEAN), state.tensor(SQUARE), g);
        };
    }

    private static double momentum(ParameterGroup group, long step) {
        double grown = StrictMath.pow(0.96, step * group.get(MOMENTUM_DECAY));
        return group.get(Setting.BETA1) * (1 - 0.5 * grown);
    }

    /** Of p, m, v and the gradient. */
    private static Update update(int options) {
        return Update.of("NAdam", 4, COMMON + 4, (x, n) -> {
            var begin = Beginning.of(options, x, n);
            Expr v = begin.square(x.get(2), n);
            Expr divisor = v.div(n.get(COMMON + 2)).sqrt().add(n.get(COMMON + 3));
            Expr p = Fused.addcdiv(begin.p(), n.get(COMMON), begin.g(), divisor);
            return List.of(Fused.addcdiv(p, n.get(COMMON + 1), begin.mean(), divisor), begin.mean(), v);
        });
    }
}
