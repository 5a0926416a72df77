package adjoint.optim;

import adjoint.codegen.Expr;
import adjoint.codegen.Formula;
import adjoint.codegen.Kind;
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
    private static final Formula DECAYED =
            formula(2, v -> v.get(6).mul(v.get(0)).add(v.get(5).mul(v.get(1))));
    private static final Formula DESCEND = formula(2, v -> v.get(0).sub(v.get(2).mul(v.get(1))));
    private static final Formula MOMENTUM =
            formula(2, v -> v.get(3).mul(v.get(0)).add(v.get(4).mul(v.get(1))));
    private static final Formula NESTEROV =
            formula(3, v -> v.get(0).sub(v.get(3).mul(v.get(1).add(v.get(4).mul(v.get(2))))));

    private final List<Group> groups;
    private final Map<Tensor, Tensor> buffers = new IdentityHashMap<>();

    /** Parameters that are updated alike, with all that can be set for them. */
    public static final class Group extends ParameterGroup {
        private double momentum;
        private double dampening;
        private boolean nesterov;
        private boolean maximize;

        /** A group that is moved by plain descent. */
        public Group(List<Tensor> parameters, double lr) {
            super(parameters, lr);
        }

        @Override
        public Group lr(double value) {
            super.lr(value);
            return this;
        }

        @Override
        public Group weightDecay(double value) {
            super.weightDecay(value);
            return this;
        }

        /**
         * Remembers this part of the previous step's direction; usually 0.9.
         *
         * @throws ValueException if it is negative
         */
        public Group momentum(double value) {
            momentum = notNegative("momentum", value);
            return this;
        }

        /** Lets only 1 − this of the gradient into the remembered direction. */
        public Group dampening(double value) {
            dampening = value;
            return this;
        }

        /** Looks one step of momentum ahead. */
        public Group nesterov() {
            nesterov = true;
            return this;
        }

        /** Ascends: the parameters are moved to where the objective is larger. */
        public Group maximize() {
            maximize = true;
            return this;
        }
    }

    /** Plain descent of these parameters. */
    public SGD(List<Tensor> parameters, double lr) {
        this(List.of(new Group(parameters, lr)));
    }

    /** Descent of several groups, each by its own settings. */
    public SGD(List<Group> groups) {
        super(groups);
        this.groups = List.copyOf(groups);
    }

    private static Formula formula(int inputs, Function<List<Expr>, Expr> definition) {
        Kind[] kinds = new Kind[inputs];
        Arrays.fill(kinds, Kind.NUMBER);
        return Formula.of("sgd", "SgdBackward0", kinds, NUMBERS, definition);
    }

    /**
     * Sets the momentum of all groups.
     *
     * @throws ValueException if it is negative
     */
    public SGD momentum(double value) {
        groups.forEach(g -> g.momentum(value));
        return this;
    }

    /** Sets the dampening of all groups. */
    public SGD dampening(double value) {
        groups.forEach(g -> g.dampening(value));
        return this;
    }

    /** Sets the weight decay of all groups. */
    public SGD weightDecay(double value) {
        groups.forEach(g -> g.weightDecay(value));
        return this;
    }

    /** Looks one step of momentum ahead, in all groups. */
    public SGD nesterov() {
        groups.forEach(Group::nesterov);
        return this;
    }

    /** Ascends in all groups. */
    public SGD maximize() {
        groups.forEach(Group::maximize);
        return this;
    }

    @Override
    protected void checkSettings() {
        for (Group group : groups) {
            if (group.nesterov && (group.momentum <= 0 || group.dampening != 0)) {
                throw new ValueException("SGD: Nesterov's step with momentum " + group.momentum + " and dampening "
                        + group.dampening + ": it needs momentum and no dampening. Set momentum(0.9).dampening(0).");
            }
        }
    }

    @Override
    protected void update(ParameterGroup settings, Tensor p, Tensor g) {
        Group group = (Group) settings;
        double momentum = group.momentum;
        double sign = group.maximize ? -1 : 1;
        double[] numbers = {group.lr(), momentum, 1 - group.dampening, group.weightDecay(), sign};
        Tensor direction = g;
        if (group.weightDecay() != 0) {
            direction = Engine.run(DECAYED, numbers, g, p);
        } else if (group.maximize) {
            direction = Engine.run(DIRECTION, numbers, g);
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
        if (group.nesterov) {
            run(NESTEROV, numbers, p, direction, buffer);
        } else {
            run(DESCEND, numbers, p, buffer);
        }
    }

    private static void run(Formula formula, double[] numbers, Tensor... in) {
        Engine.runInPlace(formula, numbers, in);
    }
}
