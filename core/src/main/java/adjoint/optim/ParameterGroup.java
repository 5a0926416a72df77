package adjoint.optim;

import adjoint.tensor.Tensor;
import adjoint.types.GraphException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters that are updated alike. What a group does not set itself it has from its optimizer; everything may be
 * changed between steps.
 *
 * <pre>{@code
 * new SGD(0.1, new ParameterGroup(weights).weightDecay(0.01), new ParameterGroup(biases).lr(0.2));
 * }</pre>
 */
public final class ParameterGroup {
    private final List<Tensor> parameters;
    private final State[] states;
    private final Map<Setting, Double> given = new LinkedHashMap<>();

    // What follows is the optimizer's; none before it has taken the group.
    private Optimizer optimizer;
    private Setting[] settings;
    private double[] values;
    private boolean[] own;
    private double initialLr = Double.NaN;

    /** A group of these parameters. */
    public ParameterGroup(List<Tensor> parameters) {
        this.parameters = List.copyOf(parameters);
        this.states = new State[parameters.size()];
        Arrays.setAll(states, i -> new State(this.parameters.get(i)));
    }

    /** A group of these parameters. */
    public ParameterGroup(Tensor... parameters) {
        this(List.of(parameters));
    }

    /** The parameters. */
    public List<Tensor> parameters() {
        return parameters;
    }

    /**
     * The learning rate.
     *
     * @throws ValueException if the group has none yet, since no optimizer has taken it
     */
    public double lr() {
        return get(Setting.LR);
    }

    /**
     * Sets the learning rate.
     *
     * @throws ValueException if it is negative or no number
     */
    public ParameterGroup lr(double value) {
        return set(Setting.LR, value);
    }

    /** The weight decay. */
    public double weightDecay() {
        return get(Setting.WEIGHT_DECAY);
    }

    /**
     * Sets the weight decay.
     *
     * @throws ValueException if it is negative or no number
     */
    public ParameterGroup weightDecay(double value) {
        return set(Setting.WEIGHT_DECAY, value);
    }

    /**
     * What is set, by the group or by its optimizer.
     *
     * @throws ValueException if nothing is, or the optimizer has no such setting
     */
    public double get(Setting setting) {
        if (optimizer != null) {
            return values[place(setting)];
        }
        Double value = given.get(setting);
        if (value == null) {
            throw new ValueException("parameter group: " + setting + " is not set here, and no optimizer has taken the"
                    + " group. Set it, or ask when the optimizer is made.");
        }
        return value;
    }

    /** Whether a setting that is on or off is on. */
    public boolean isOn(Setting flag) {
        return get(flag) != 0;
    }

    /**
     * Sets a number for this group.
     *
     * @throws ValueException if it is out of range, does not go with the others, or the optimizer has no such setting;
     *     nothing is changed then
     */
    public ParameterGroup set(Setting setting, double value) {
        setting.check(value);
        if (optimizer == null) {
            given.put(setting, value);
            return this;
        }
        int i = place(setting);
        double before = values[i];
        values[i] = value;
        try {
            optimizer.check(this);
        } catch (ValueException e) {
            values[i] = before;
            throw e;
        }
        own[i] = true;
        return this;
    }

    /** Turns something on for this group. */
    public ParameterGroup turnOn(Setting flag) {
        return set(flag, 1);
    }

    /** Gives the group to an optimizer. */
    void join(Optimizer taking, List<Setting.Default> defaults) {
        if (optimizer != null) {
            throw new GraphException("parameter group: it belongs to " + optimizer.name() + " and is given to "
                    + taking.name() + ": it holds what its optimizer remembers. Make a group for each.");
        }
        settings = defaults.stream().map(Setting.Default::setting).toArray(Setting[]::new);
        values = defaults.stream().mapToDouble(Setting.Default::value).toArray();
        own = new boolean[values.length];
        optimizer = taking;
        try {
            given.forEach((setting, value) -> {
                values[place(setting)] = value;
                own[place(setting)] = true;
            });
            taking.check(this);
        } catch (ValueException e) {
            leave();
            throw e;
        }
    }

    /** Undoes {@link #join}. */
    void leave() {
        optimizer = null;
    }

    /** A setting's value for those who have none of their own; checked by the caller. */
    void inherit(Setting setting, double value) {
        int i = place(setting);
        if (!own[i]) {
            values[i] = value;
        }
    }

    /** The settings that its optimizer has. */
    List<Setting> settings() {
        return List.of(settings);
    }

    /** All values, in the order of the settings, to be put back by {@link #restore}. */
    double[] values() {
        return values.clone();
    }

    void restore(double[] before) {
        System.arraycopy(before, 0, values, 0, values.length);
    }

    /** What the optimizer remembers of parameter {@code i}. */
    State state(int i) {
        return states[i];
    }

    /** The rate that schedules start from (PyTorch's {@code initial_lr}); NaN as long as there is no schedule. */
    double initialLr() {
        return initialLr;
    }

    void initialLr(double value) {
        initialLr = value;
    }

    /** Sets what a schedule computes: extrapolated past its end, a rate may be negative, as in PyTorch. */
    void schedule(Setting setting, double value) {
        int i = place(setting);
        values[i] = value;
        own[i] = true;
    }

    private int place(Setting setting) {
        for (int i = 0; i < settings.length; i++) {
            if (settings[i] == setting) {
                return i;
            }
        }
        throw new ValueException(optimizer.name() + ": " + setting + ": there is no such setting. It has "
                + Arrays.toString(settings) + ".");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; optimizer != null && i < settings.length; i++) {
            text.append("    ")
                    .append(settings[i])
                    .append(": ")
                    .append(values[i])
                    .append('\n');
        }
        return text.toString();
    }
}
