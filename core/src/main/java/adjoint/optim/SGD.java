package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Formula;
import adjoint.codegen.Kind;
import adjoint.op.Elementwise;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
public final class SGD extends Optimizer {
    // Numbers of the formulas: lr, weight decay, momentum, 1 − dampening, sign of the gradient.
    private static final int NUMBERS = 5;
    private static final Formula DESCEND = formula(2, v -> {
        var p = v.get(0);
        return p.sub(v.get(2).mul(gradient(p, v.get(1), v.get(3), v.get(6))));
    });
    private static final Formula FIRST = formula(2, v -> gradient(v.get(1), v.get(0), v.get(3), v.get(6)));
    private static final Formula MOMENTUM = formula(
            3,
            v -> v.get(5).mul(v.get(0)).add(v.get(6).mul(gradient(v.get(1), v.get(2), v.get(4), v.get(7)))));
    private static final Formula HEAVY_BALL = formula(2, v -> v.get(0).sub(v.get(2).mul(v.get(1))));
    private static final Formula NESTEROV = formula(3, v -> {
        var g = gradient(v.get(0), v.get(1), v.get(4), v.get(7));
        return v.get(0).sub(v.get(3).mul(g.add(v.get(5).mul(v.get(2)))));
    });

    private double momentum;
    private double dampening;
    private boolean nesterov;
    private boolean maximize;
    private final Map<Tensor, Tensor> buffers = new IdentityHashMap<>();

    /** Plain descent of these parameters. */
    public SGD(List<Tensor> parameters, double lr) {
        this(List.of(new ParameterGroup(parameters, lr)));
    }

    /** Plain descent of several groups, each with a learning rate of its own. */
    public SGD(List<ParameterGroup> groups) {
        super(groups);
    }

    private static Formula formula(int inputs, Function<List<Expr>, Expr> definition) {
        Kind[] kinds = new Kind[inputs];
        Arrays.fill(kinds, Kind.NUMBER);
        return Formula.of("sgd", "SgdBackward0", kinds, NUMBERS, definition);
    }

    private static Expr gradient(
            Expr p, Expr g, Expr decay, Expr sign) {
        return g.mul(sign).add(decay.mul(p));
    }

    /**
     * Remembers this part of the previous step's direction; usually 0.9.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public SGD momentum(double value) {
        momentum = notNegative("momentum", value);
        return this;
    }

    /** Lets only 1 − this of the gradient into the remembered direction. */
    public SGD dampening(double value) {
        dampening = value;
        return this;
    }

    /** Adds this multiple of the parameter to its gradient, in every group. */
    public SGD weightDecay(double value) {
        groups().forEach(g -> g.weightDecay(value));
        return this;
    }

    /** Looks one step of momentum ahead. */
    public SGD nesterov() {
        nesterov = true;
        return this;
    }

    /** Ascends: the parameters are moved to where the objective is larger. */
    public SGD maximize() {
        maximize = true;
        return this;
    }

    @Override
    protected void update(ParameterGroup group, Tensor p, Tensor g) {
        if (nesterov && (momentum <= 0 || dampening != 0)) {
            throw new IllegalArgumentException("SGD: Nesterov's step with momentum " + momentum + " and dampening "
                    + dampening + ": it needs momentum and no dampening. Set momentum(0.9).dampening(0).");
        }
        double[] numbers = {group.lr(), group.weightDecay(), momentum, 1 - dampening, maximize ? -1 : 1};
        if (momentum == 0) {
            run(DESCEND, numbers, p, g);
            return;
        }
        Tensor buffer = buffers.get(p);
        if (buffer == null) {
            buffer = g.clone();
            buffers.put(p, buffer);
            run(FIRST, numbers, buffer, p);
        } else {
            run(MOMENTUM, numbers, buffer, p, g);
        }
        if (nesterov) {
            run(NESTEROV, numbers, p, g, buffer);
        } else {
            run(HEAVY_BALL, numbers, p, buffer);
        }
    }

    private static void run(Formula formula, double[] numbers, Tensor... in) {
        Engine.runInPlace(new Elementwise.Of(formula, numbers), in);
    }
}
