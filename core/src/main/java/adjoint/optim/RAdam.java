package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Update;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import java.util.List;
import java.util.Set;

/**
 * Adam whose first steps, while v is still uncertain, go along the mean m alone: with m and v of {@link AdamFamily} and t
 * the number of the step,
 *
 * <pre>
 * ρ∞ = 2 / (1 − beta2) − 1
 * ρ  = ρ∞ − 2 t · beta2ᵗ / (1 − beta2ᵗ)
 * r  = √((ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ))
 * p ← p − lr / (1 − beta1ᵗ) · m · (ρ &gt; 5 ? r · √(1 − beta2ᵗ) / (√v + eps) : 1)
 * </pre>
 *
 * <p>Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", 2020.
 */
public final class RAdam extends AdamFamily<RAdam> {
    private static final int CERTAIN = OWN;
    private static final Variants UPDATES = new Variants(4, RAdam::update);

    /** RAdam with a learning rate of 0.001. */
    public RAdam(List<Tensor> parameters) {
        this(parameters, 1e-3);
    }

    /** RAdam of these parameters. */
    public RAdam(List<Tensor> parameters, double lr) {
        this(lr, new ParameterGroup(parameters));
    }

    /** RAdam of several groups. */
    public RAdam(double lr, ParameterGroup... groups) {
        super(
                List.of(groups),
                Set.of(MEAN, SQUARE),
                Setting.LR.initially(lr),
                Setting.BETA1.initially(0.9),
                Setting.BETA2.initially(0.999),
                Setting.EPS.initially(1e-8),
                Setting.WEIGHT_DECAY.initially(0),
                Setting.DECOUPLED.initially(0),
                Setting.MAXIMIZE.initially(0));
    }

    /** Lets weight decay shrink parameters themselves, as {@link AdamW} does. */
    public RAdam decoupledWeightDecay() {
        return set(Setting.DECOUPLED, 1);
    }

    @Override
    protected Rule rule(ParameterGroup group) {
        int always = optionsWithDecoupling(group);
        double lr = group.lr();
        double beta1 = group.get(Setting.BETA1);
        double beta2 = group.get(Setting.BETA2);
        double eps = group.get(Setting.EPS);
        double limit = 2 / (1 - beta2) - 1;
        return (p, g, state) -> {
            long step = state.nextStep();
            double known = correction(beta2, step);
            double length = limit - 2 * step * StrictMath.pow(beta2, step) / known;
            int options = length > 5 ? always | CERTAIN : always;
            double[] numbers = numbers(group, options, 5);
            numbers[COMMON] = correction(beta1, step);
            numbers[COMMON + 1] = lr;
            if (length > 5) {
                double over = (length - 4) * (length - 2) * limit;
                double under = (limit - 4) * (limit - 2) * length;
                numbers[COMMON + 2] = Math.sqrt(known);
                numbers[COMMON + 3] = eps;
                numbers[COMMON + 4] = Math.sqrt(over / under);
            }
            Engine.update(UPDATES.get(options), numbers, p, state.tensor(MEAN), state.tensor(SQUARE), g);
        };
    }

    /** Of p, m, v and the gradient. */
    private static Update update(int options) {
        return Update.of("RAdam", 4, COMMON + 5, (x, n) -> {
            var begin = Beginning.of(options, x, n);
            Expr v = begin.square(x.get(2), n);
            Expr step = begin.mean().div(n.get(COMMON)).mul(n.get(COMMON + 1));
            if ((options & CERTAIN) != 0) {
                Expr size = v.sqrt().add(n.get(COMMON + 3));
                step = step.mul(n.get(COMMON + 2).div(size)).mul(n.get(COMMON + 4));
            }
            return List.of(begin.p().sub(step), begin.mean(), v);
        });
    }
}
