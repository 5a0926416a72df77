package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Formula;
import adjoint.codegen.Kind;
import adjoint.op.Elementwise;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
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
    // The formulas' operands, then their numbers: lr, momentum, 1 − dampening, weight decay, sign of the gradient.
    private static final int NUMBERS = 5;
    private static final Formula DIRECTION = formula(1, v -> v.get(5).mul(v.get(0)));
    private static final Formula DECAYED = formula(2, v -> v.get(6).mul(v.get(0)).add(v.get(5).mul(v.get(1))));
    private static final Formula DESCEND = formula(2, v -> v.get(0).sub(v.get(2).mul(v.get(1))));
    private static final Formula MOMENTUM = formula(2, v -> v.get(3).mul(v.get(0)).add(v.get(4).mul(v.get(1))));
    private static final Formula NESTEROV =
            formula(3, v -> v.get(0).sub(v.get(3).mul(v.get(1).add(v.get(4).mul(v.get(2))))));

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

    /**
     * Remembers this part of the previous step's direction; usually 0.9.
     *
     * @throws ValueException if it is negative
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
            throw new ValueException("SGD: Nesterov's step with momentum " + momentum + " and dampening "
                    + dampening + ": it needs momentum and no dampening. Set momentum(0.9).dampening(0).");
        }
        double[] numbers = {group.lr(), momentum, 1 - dampening, group.weightDecay(), maximize ? -1 : 1};
        Tensor direction = g;
        if (group.weightDecay() != 0) {
            direction = Engine.run(new Elementwise(DECAYED, numbers), g, p);
        } else if (maximize) {
            direction = Engine.run(new Elementwise(DIRECTION, numbers), g);
        }
        if (momentum == 0) {
            run(DESCEND, numbers, p, direction);
            return;
        }
        Tensor buffer = buffers.get(p);
        if (buffer == null) {
            buffer = direction.clone();
            buffers.put(p, buffer);
        } else {
            run(MOMENTUM, numbers, buffer, direction);
        }
        if (nesterov) {
            run(NESTEROV, numbers, p, direction, buffer);
        } else {
            run(DESCEND, numbers, p, buffer);
        }
    }

    private static void run(Formula formula, double[] numbers, Tensor... in) {
        Engine.runInPlace(new Elementwise(formula, numbers), in);
    }
}
