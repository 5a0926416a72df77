package adjoint.optim;

import adjoint.autograd.Autograd;
import adjoint.tensor.Tensor;
import adjoint.types.GraphException;
import adjoint.types.ValueException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Changes parameters by their gradients, step by step. Takes tensors, not layers:
 *
 * <pre>{@code
 * var sgd = new SGD(net.parameters(), 0.03);
 * sgd.zeroGrad();
 * loss.backward();
 * sgd.step();
 * }</pre>
 */
public abstract class Optimizer {
    private final List<ParameterGroup> groups;

    /**
     * An optimizer of these groups.
     *
     * @throws GraphException if there is no parameter, one is in two groups, or one is no leaf
     */
    protected Optimizer(List<? extends ParameterGroup> groups) {
        Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ParameterGroup group : groups) {
            for (Tensor p : group.parameters()) {
                if (!p.isLeaf()) {
                    throw new GraphException(
                            "optimizer: a tensor of shape " + p.shape() + " made by " + p.gradFn()
                                    + " as parameter: only leaves can be optimized. Give the tensors that it was computed from.");
                }
                if (!seen.add(p)) {
                    throw new GraphException("optimizer: a parameter of shape " + p.shape()
                            + " that is given twice: it would be moved twice a step. Name each once.");
                }
            }
        }
        if (seen.isEmpty()) {
            throw new GraphException("optimizer: of no parameters: there is nothing to change. Check that the layer's"
                    + " tensors are fields and were made with requiresGrad(true).");
        }
        this.groups = List.copyOf(groups);
    }

    /** The groups, whose learning rates may be changed between steps. */
    public final List<ParameterGroup> groups() {
        return groups;
    }

    /** Drops the gradients of all parameters, so that the next backward starts from nothing. */
    public final void zeroGrad() {
        for (ParameterGroup group : groups) {
            for (Tensor p : group.parameters()) {
                p.grad(null);
            }
        }
    }

    /** Changes every parameter that has a gradient. */
    public final void step() {
        checkSettings();
        try (var _ = Autograd.noGrad()) {
            for (ParameterGroup group : groups) {
                for (Tensor p : group.parameters()) {
                    if (p.grad() != null && p.requiresGrad()) {
                        update(group, p, p.grad());
                    }
                }
            }
        }
    }

    /** Refuses settings that do not go together; called before a step changes anything. */
    protected void checkSettings() {}

    /** Changes one parameter in place; called without recording. */
    protected abstract void update(ParameterGroup group, Tensor parameter, Tensor gradient);

    static double notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new ValueException("optimizer: " + name + " " + value
                    + ": it has to be a number that is not negative. Typical are 0.001 to 0.1 for learning rates, 0 to"
                    + " 1 for the others.");
        }
        return value;
    }
}
