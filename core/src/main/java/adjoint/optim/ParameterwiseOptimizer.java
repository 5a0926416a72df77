package adjoint.optim;

import adjoint.autograd.Autograd;
import adjoint.tensor.Tensor;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An optimizer that changes each parameter by its own gradient and by what it remembers of it. One of your own says
 * which settings it has, what it remembers, and what becomes of a parameter:
 *
 * <pre>{@code
 * final class SignDescent extends ParameterwiseOptimizer<SignDescent> {
 *     SignDescent(List<Tensor> parameters, double lr) {
 *         super(List.of(new ParameterGroup(parameters)), Set.of(), Setting.LR.initially(lr));
 *     }
 *
 *     protected Rule rule(ParameterGroup group) {
 *         double lr = group.lr();
 *         return (p, g, state) -> p.subInPlace(g.sign().mul(lr));
 *     }
 * }
 * }</pre>
 *
 * @param <S> the class itself, which its setters return
 */
public abstract non-sealed class ParameterwiseOptimizer<S extends ParameterwiseOptimizer<S>> extends Optimizer {
    private final Set<String> tensors;

    /**
     * An optimizer of these groups.
     *
     * @param tensors the names of the tensors that it may remember of a parameter
     * @param defaults the settings it has, {@link Setting#LR} among them
     * @throws GraphException if there is no parameter, one is given twice, or one is no leaf
     * @throws ValueException if a group sets what the optimizer does not have, or what does not go together
     */
    protected ParameterwiseOptimizer(List<ParameterGroup> groups, Set<String> tensors, Setting.Default... defaults) {
        super(groups, defaults);
        this.tensors = Set.copyOf(tensors);
    }

    /** What becomes of a parameter in one step. */
    @FunctionalInterface
    public interface Rule {
        /** Changes the parameter, and what is remembered of it, in place. Nothing is recorded meanwhile. */
        void apply(Tensor parameter, Tensor gradient, State state);
    }

    /** The rule for the parameters of a group as it is set now; asked for once a step. */
    protected abstract Rule rule(ParameterGroup group);

    /** The names of the single numbers that it may remember of a parameter besides {@code step}. */
    protected Set<String> numbers() {
        return Set.of();
    }

    @SuppressWarnings("unchecked")
    private S self() {
        return (S) this;
    }

    /**
     * Sets a number for all groups that have not set it themselves.
     *
     * @throws ValueException if it is out of range, does not go with the others, or there is no such setting; nothing is
     *     changed then
     */
    public final S set(Setting setting, double value) {
        setAll(setting, value);
        return self();
    }

    /**
     * Sets the learning rate of all groups that have not set it themselves.
     *
     * @throws ValueException if it is negative or no number
     */
    public final S lr(double value) {
        return set(Setting.LR, value);
    }

    /** Ascends: parameters are moved to where the objective is larger. */
    public final S maximize() {
        return set(Setting.MAXIMIZE, 1);
    }

    /** Changes every parameter that has a gradient and is not frozen. */
    @Override
    public final void step() {
        try (var _ = Autograd.noGrad()) {
            for (ParameterGroup group : groups()) {
                Rule rule = rule(group);
                List<Tensor> parameters = group.parameters();
                for (int i = 0; i < parameters.size(); i++) {
                    Tensor p = parameters.get(i);
                    Tensor g = p.grad();
                    if (g != null && p.requiresGrad()) {
                        rule.apply(p, g, group.state(i));
                    }
                }
            }
        }
    }

    private List<State> states() {
        List<State> states = new ArrayList<>();
        for (ParameterGroup group : groups()) {
            for (int i = 0; i < group.parameters().size(); i++) {
                states.add(group.state(i));
            }
        }
        return states;
    }

    @Override
    final Map<String, Tensor> remembered() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        List<State> states = states();
        for (int i = 0; i < states.size(); i++) {
            String prefix = i + ".";
            states.get(i).all().forEach((name, t) -> all.put(prefix + name, t));
        }
        return all;
    }

    @Override
    final Runnable remembering(Map<String, Tensor> given) {
        List<State> states = states();
        Map<Integer, Map<String, Tensor>> split = new HashMap<>();
        given.forEach((name, t) -> {
            int dot = name.indexOf('.');
            int i = dot < 0 ? -1 : StateDict.number(name.substring(0, dot));
            if (i < 0 || i >= states.size()) {
                throw StateDict.unlike(this, "unexpected " + name, "it has " + states.size() + " parameters");
            }
            String what = name.substring(dot + 1);
            checkRemembered(name, what, t, states.get(i));
            split.computeIfAbsent(i, _ -> new HashMap<>()).put(what, t);
        });
        return () -> {
            for (int i = 0; i < states.size(); i++) {
                states.get(i).replace(split.getOrDefault(i, Map.of()), numbers());
            }
        };
    }

    private void checkRemembered(String name, String what, Tensor t, State state) {
        boolean number = what.equals(State.STEP) || numbers().contains(what);
        if (!number && !tensors.contains(what)) {
            throw StateDict.unlike(this, "unexpected " + name, "it remembers " + tensors + " of a parameter");
        }
        if (number && t.numel() != 1 || !number && !t.shape().equals(state.shape())) {
            throw new ShapeException(name() + ".loadStateDict: " + name + " of shape " + t.shape()
                    + " for a parameter of"
                    + " shape " + state.shape() + ": the shapes differ. Build the layers with the sizes they were saved"
                    + " with.");
        }
    }
}
