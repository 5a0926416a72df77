package adjoint.optim;

import adjoint.autograd.Autograd;
import adjoint.codegen.Update;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Goes along directions that the last gradients' changes suggest: a quasi-Newton method, for losses of all the data. A
 * step consists of several iterations, and calls the closure that computes the loss and its gradients several times:
 *
 * <pre>{@code
 * var lbfgs = new LBFGS(net.parameters()).strongWolfe();
 * lbfgs.step(() -> {
 *     lbfgs.zeroGrad();
 *     Tensor loss = …;
 *     loss.backward();
 *     return loss;
 * });
 * }</pre>
 *
 * <p>Nocedal, "Updating Quasi-Newton Matrices with Limited Storage", 1980; stops and step lengths are PyTorch's.
 */
public final class LBFGS extends Optimizer {
    /** The most iterations a step. */
    public static final Setting MAX_ITER = count("max_iter", 0);

    /** The most calls of the closure a step; −1 for 5/4 of the iterations. */
    public static final Setting MAX_EVAL = count("max_eval", -1);

    /** A step ends when no element of the gradient is larger. */
    public static final Setting TOLERANCE_GRAD = Setting.notNegative("tolerance_grad", "Usual is 1e-7");

    /** A step ends when loss or parameters change by less. */
    public static final Setting TOLERANCE_CHANGE = Setting.notNegative("tolerance_change", "Usual is 1e-9");

    /** How many changes of the gradient are remembered. */
    public static final Setting HISTORY_SIZE = count("history_size", 0);

    /** Whether the length of each iteration is searched for. */
    public static final Setting STRONG_WOLFE = Setting.flag("strong_wolfe");

    // x ← x + n·y, rounded once.
    private static final Update ADD =
            Update.of("LBFGS", 2, 1, (x, n) -> List.of(n.getFirst().fma(x.get(1), x.get(0))));

    private final List<Tensor> parameters;
    private History history;

    private static Setting count(String name, int from) {
        return Setting.of(
                name,
                v -> v >= from && v == Math.rint(v) && v < 1e9,
                "a whole number, " + from + " or more",
                "Usual are" + " 4 to 100");
    }

    /** LBFGS whose steps are as long as suggested. */
    public LBFGS(List<Tensor> parameters) {
        this(parameters, 1);
    }

    /**
     * LBFGS whose steps are {@code lr} times as long as suggested.
     *
     * @throws DTypeException if the parameters are of different types
     */
    public LBFGS(List<Tensor> parameters, double lr) {
        super(
                List.of(new ParameterGroup(parameters)),
                Setting.LR.initially(lr),
                MAX_ITER.initially(20),
                MAX_EVAL.initially(-1),
                TOLERANCE_GRAD.initially(1e-7),
                TOLERANCE_CHANGE.initially(1e-9),
                HISTORY_SIZE.initially(100),
                STRONG_WOLFE.initially(0));
        this.parameters = groups().getFirst().parameters();
        for (Tensor p : parameters) {
            if (p.dtype() != parameters.getFirst().dtype()) {
                throw new DTypeException(
                        "LBFGS: parameters of " + parameters.getFirst().dtype() + " and " + p.dtype()
                                + ": it sees them as one long vector, of one type. Convert the layer.");
            }
        }
        history = new History(parameters.getFirst().dtype());
    }

    private LBFGS set(Setting setting, double value) {
        setAll(setting, value);
        return this;
    }

    /**
     * Sets how much of a suggested step is made.
     *
     * @throws ValueException if it is negative or no number
     */
    public LBFGS lr(double value) {
        return set(Setting.LR, value);
    }

    /**
     * Sets the most iterations a step.
     *
     * @throws ValueException if it is negative
     */
    public LBFGS maxIter(int value) {
        return set(MAX_ITER, value);
    }

    /**
     * Sets the most calls of the closure a step; usually 5/4 of the iterations.
     *
     * @throws ValueException if it is less than −1, which stands for that
     */
    public LBFGS maxEval(int value) {
        return set(MAX_EVAL, value);
    }

    /**
     * Ends a step when no element of the gradient is larger.
     *
     * @throws ValueException if it is negative
     */
    public LBFGS toleranceGrad(double value) {
        return set(TOLERANCE_GRAD, value);
    }

    /**
     * Ends a step when loss or parameters change by less.
     *
     * @throws ValueException if it is negative
     */
    public LBFGS toleranceChange(double value) {
        return set(TOLERANCE_CHANGE, value);
    }

    /**
     * Sets how many changes of the gradient are remembered.
     *
     * @throws ValueException if it is negative
     */
    public LBFGS historySize(int value) {
        return set(HISTORY_SIZE, value);
    }

    /** Searches the length of each iteration, so that the strong Wolfe conditions hold. */
    public LBFGS strongWolfe() {
        return set(STRONG_WOLFE, 1);
    }

    /**
     * Refused: there is one group.
     *
     * @throws GraphException always
     */
    @Override
    public void add(ParameterGroup group) {
        throw new GraphException("LBFGS: a second group of parameters: it sees all as one long vector and treats them"
                + " alike. Give all to one optimizer.");
    }

    /**
     * Refused: the closure is needed.
     *
     * @throws GraphException always
     */
    @Override
    public void step() {
        throw new GraphException("LBFGS: a step without a closure: it computes the loss at several places. Call"
                + " step(() -> { zeroGrad(); …; loss.backward(); return loss; }).");
    }

    @Override
    public Tensor step(Supplier<Tensor> closure) {
        try (var _ = Autograd.noGrad()) {
            return new Step(closure).run();
        }
    }

    @Override
    Map<String, Tensor> remembered() {
        return history.all();
    }

    @Override
    Runnable remembering(Map<String, Tensor> state) {
        History next = History.of(this, state, parameters);
        return () -> history = next;
    }

    /** One step: some iterations. */
    private final class Step {
        private final ParameterGroup group = groups().getFirst();
        private final double lr = group.lr();
        private final int maxIter = (int) group.get(MAX_ITER);
        private final int maxEval = group.get(MAX_EVAL) < 0 ? maxIter * 5 / 4 : (int) group.get(MAX_EVAL);
        private final double toleranceChange = group.get(TOLERANCE_CHANGE);
        private final Supplier<Tensor> closure;
        private Tensor gradient;
        private double loss;
        private int evaluations;

        Step(Supplier<Tensor> closure) {
            this.closure = closure;
        }

        Tensor run() {
            Tensor first = Autograd.enableGrad(closure);
            loss = first.item();
            gradient = gather();
            evaluated(1);
            for (int i = 1; !isOptimal() && i <= maxIter; i++) {
                history.iterations++;
                history.turn(gradient, loss, (int) group.get(HISTORY_SIZE));
                history.length = history.iterations == 1
                        ? history.rounded(Math.min(
                                        1,
                                        history.rounded(1 / gradient.abs().sum().item()))
                                * lr)
                        : lr;
                double before = loss;
                double slope = gradient.dot(history.direction).item();
                if (slope > -toleranceChange) {
                    break;
                }
                move(slope, i == maxIter);
                if (evaluations >= maxEval
                        || history.rounded(largest(history.direction) * history.length) <= toleranceChange
                        || Math.abs(loss - before) < toleranceChange) {
                    break;
                }
            }
            return first;
        }

        private boolean isOptimal() {
            return largest(gradient) <= group.get(TOLERANCE_GRAD);
        }

        private void evaluated(int times) {
            evaluations += times;
            history.evaluations += times;
        }

        private void move(double slope, boolean last) {
            if (group.isOn(STRONG_WOLFE)) {
                List<Tensor> from = parameters.stream().map(Tensor::clone).toList();
                var search = new WolfeSearch(
                        t -> look(from, t),
                        new WolfeSearch.Point(0, loss, gradient, slope),
                        largest(history.direction),
                        toleranceChange,
                        maxEval - evaluations,
                        gradient.dtype() == DType.F32);
                WolfeSearch.Point found = search.run(history.length);
                history.length = found.t();
                loss = found.loss();
                gradient = found.gradient();
                evaluated(search.evaluations());
                go(history.length);
                return;
            }
            go(history.length);
            if (!last) {
                loss = Autograd.enableGrad(closure).item();
                gradient = gather();
                evaluated(1);
            }
        }

        /** The loss and its gradient so far along the direction; the parameters stay. */
        private WolfeSearch.Point look(List<Tensor> from, double t) {
            try {
                go(t);
                double there = Autograd.enableGrad(closure).item();
                Tensor g = gather();
                return new WolfeSearch.Point(
                        t, there, g, g.dot(history.direction).item());
            } finally {
                for (int i = 0; i < from.size(); i++) {
                    parameters.get(i).copyInPlace(from.get(i));
                }
            }
        }

        private void go(double t) {
            long at = 0;
            for (Tensor p : parameters) {
                Tensor part = history.direction
                        .narrow(0, at, p.numel())
                        .reshape(p.shape().sizes());
                Engine.update(ADD, new double[] {t}, p, part);
                at += p.numel();
            }
        }

        private Tensor gather() {
            List<Tensor> parts = new ArrayList<>();
            for (Tensor p : parameters) {
                Tensor g = p.grad() == null ? Tensor.zerosLike(p) : p.grad().detach();
                parts.add(g.reshape(-1));
            }
            return Tensor.cat(0, parts);
        }
    }

    private static double largest(Tensor x) {
        return x.numel() == 0 ? 0 : x.abs().max().item();
    }

    static void add(Tensor to, double times, Tensor x) {
        Engine.update(ADD, new double[] {times}, to, x);
    }
}
