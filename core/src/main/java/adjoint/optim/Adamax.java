package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Update;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import java.util.List;
import java.util.Set;

/**
 * Adam with the largest gradient rather than the mean of squares: with m and g of {@link AdamFamily} and t the number of
 * the step,
 *
 * <pre>
 * u ← max(beta2 · u, |g| + eps)
 * p ← p − lr / (1 − beta1ᵗ) · m / u
 * </pre>
 *
 * <p>Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, section 7.1.
 */
public final class Adamax extends AdamFamily<Adamax> {
    private static final String LARGEST = "exp_inf";
    private static final Variants UPDATES = new Variants(3, Adamax::update);

    /** Adamax with a learning rate of 0.002. */
    public Adamax(List<Tensor> parameters) {
        this(parameters, 2e-3);
    }

    /** Adamax of these parameters. */
    public Adamax(List<Tensor> parameters, double lr) {
        this(lr, new ParameterGroup(parameters));
    }

    /** Adamax of several groups. */
    public Adamax(double lr, ParameterGroup... groups) {
        super(
                List.of(groups),
                Set.of(MEAN, LARGEST),
                Setting.LR.initially(lr),
                Setting.BETA1.initially(0.9),
                Setting.BETA2.initially(0.999),
                Setting.EPS.initially(1e-8),
                Setting.WEIGHT_DECAY.initially(0),
                Setting.MAXIMIZE.initially(0));
    }

    @Override
    protected Rule rule(ParameterGroup group) {
        int options = options(group);
        double beta1 = group.get(Setting.BETA1);
        double lr = group.lr();
        double eps = group.get(Setting.EPS);
        return (p, g, state) -> {
            double[] numbers = numbers(group, options, 2);
            numbers[COMMON] = -lr / correction(beta1, state.nextStep());
            numbers[COMMON + 1] = eps;
            Engine.update(UPDATES.get(options), numbers, p, state.tensor(MEAN), state.tensor(LARGEST), g);
        };
    }

    /** Of p, m, u and the gradient. */
    private static Update update(int options) {
        return Update.of("Adamax", 4, COMMON + 2, (x, n) -> {
            var begin = Beginning.of(options, x, n);
            Expr u = x.get(2).mul(n.get(3)).max(begin.g().abs().add(n.get(COMMON + 1)));
            Expr p = Fused.addcdiv(begin.p(), n.get(COMMON), begin.mean(), u);
            return List.of(p, begin.mean(), u);
        });
    }
}
