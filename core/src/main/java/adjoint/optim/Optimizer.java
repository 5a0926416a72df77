package adjoint.optim;

import adjoint.autograd.Autograd;
import adjoint.tensor.Tensor;
import adjoint.types.DataException;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

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
public abstract sealed class Optimizer permits ParameterwiseOptimizer, LBFGS {
    private final List<ParameterGroup> groups = new ArrayList<>();
    private final List<Setting.Default> defaults;

    /**
     * An optimizer of these groups.
     *
     * @param defaults the settings it has, {@link Setting#LR} among them
     * @throws GraphException if there is no parameter, one is given twice, or one is no leaf
     * @throws ValueException if a group sets what the optimizer does not have, or what does not go together
     */
    Optimizer(List<ParameterGroup> groups, Setting.Default... defaults) {
        this.defaults = new ArrayList<>(List.of(defaults));
        List<Tensor> all = groups.stream().flatMap(g -> g.parameters().stream()).toList();
        if (all.isEmpty()) {
            throw new GraphException(name() + ": of no parameters: there is nothing to change. Check that the layer's"
                    + " tensors are fields and were made with requiresGrad(true).");
        }
        checkParameters(all);
        take(groups);
    }

    private void checkParameters(List<Tensor> added) {
        Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        groups.forEach(g -> seen.addAll(g.parameters()));
        for (Tensor p : added) {
            if (!p.isLeaf()) {
                throw new GraphException(name() + ": a tensor of shape " + p.shape() + " made by " + p.gradFn()
                        + " as parameter: only leaves can be optimized. Give the tensors that it was computed from.");
            }
            if (!seen.add(p)) {
                throw new GraphException(name() + ": a parameter of shape " + p.shape()
                        + " that is given twice: it would be moved twice a step. Name each once.");
            }
        }
    }

    private void take(List<ParameterGroup> added) {
        List<ParameterGroup> joined = new ArrayList<>();
        try {
            for (ParameterGroup group : added) {
                group.join(this, defaults);
                joined.add(group);
            }
        } catch (ValueException | GraphException e) {
            joined.forEach(ParameterGroup::leave);
            throw e;
        }
        groups.addAll(added);
    }

    /** What messages call it. */
    final String name() {
        String simple = getClass().getSimpleName();
        return simple.isEmpty() ? "optimizer" : simple;
    }

    /** The groups, whose learning rates and other settings may be changed between steps. */
    public final List<ParameterGroup> groups() {
        return Collections.unmodifiableList(groups);
    }

    /**
     * Optimizes further parameters from now on: those of layers that are thawed, for example. PyTorch: {@code
     * add_param_group}. Schedules that exist already do not know the group.
     *
     * @throws GraphException if a parameter is optimized already, or is no leaf
     * @throws ValueException if the group sets what the optimizer does not have
     */
    public void add(ParameterGroup group) {
        checkParameters(group.parameters());
        take(List.of(group));
    }

    /** The learning rate of the first group. */
    public final double lr() {
        return groups.getFirst().lr();
    }

    /** The settings that there are. */
    final List<Setting> settings() {
        return defaults.stream().map(Setting.Default::setting).toList();
    }

    /** Whether there is such a setting. */
    public final boolean has(Setting setting) {
        return settings().contains(setting);
    }

    /** Sets a number for all groups that have not set it themselves. */
    final void setAll(Setting setting, double value) {
        setting.check(value);
        List<double[]> before = groups.stream().map(ParameterGroup::values).toList();
        try {
            for (ParameterGroup group : groups) {
                group.inherit(setting, value);
                check(group);
            }
        } catch (ValueException e) {
            for (int i = 0; i < before.size(); i++) {
                groups.get(i).restore(before.get(i));
            }
            throw e;
        }
        defaults.replaceAll(d -> d.setting() == setting ? setting.initially(value) : d);
    }

    /**
     * Refuses settings that do not go together; called after each change, which is undone then.
     *
     * @throws ValueException if they do not
     */
    protected void check(ParameterGroup group) {}

    /** Drops the gradients of all parameters, so that the next backward starts from nothing. */
    public final void zeroGrad() {
        for (ParameterGroup group : groups) {
            for (Tensor p : group.parameters()) {
                p.grad(null);
            }
        }
    }

    /** Changes every parameter that has a gradient. */
    public abstract void step();

    /**
     * Has the gradients computed, then makes a step.
     *
     * @param closure drops the old gradients, computes the loss, calls its backward, and returns it; runs while recording
     *     is on
     * @return the loss before the step
     */
    public Tensor step(Supplier<Tensor> closure) {
        Tensor loss = Autograd.enableGrad(closure);
        step();
        return loss;
    }

    /**
     * All that it takes to go on later: settings ({@code param_groups.0.lr}) and what is remembered ({@code
     * state.0.momentum_buffer}; parameters are numbered through all groups). Single numbers are tensors of rank 0;
     * the others share their memory with the optimizer's. It can be saved with {@code Safetensors.save}.
     */
    public final Map<String, Tensor> stateDict() {
        Map<String, Tensor> dict = StateDict.ofGroups(groups);
        remembered().forEach((name, t) -> dict.put(StateDict.STATE + name, t));
        return dict;
    }

    /**
     * Takes over copies of what another optimizer of the same kind, with as many groups of as many parameters,
     * remembered and was set to. Everything is checked before anything is changed.
     *
     * @throws DataException if names are missing or unexpected, or the groups are others
     * @throws ShapeException if a tensor is not of its parameter's shape
     * @throws ValueException if a setting is out of range
     */
    public final void loadStateDict(Map<String, Tensor> dict) {
        StateDict.load(this, dict);
    }

    /** What is remembered, by name: {@code 0.exp_avg}. */
    abstract Map<String, Tensor> remembered();

    /**
     * Checks what is to be remembered from now on.
     *
     * @return takes it over
     */
    abstract Runnable remembering(Map<String, Tensor> state);

    /** The settings of all groups. */
    @Override
    public final String toString() {
        StringBuilder text = new StringBuilder(name()).append(" (\n");
        for (int i = 0; i < groups.size(); i++) {
            text.append("Parameter Group ").append(i).append('\n').append(groups.get(i));
        }
        return text.append(')').toString();
    }
}
