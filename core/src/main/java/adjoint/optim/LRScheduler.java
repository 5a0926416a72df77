package adjoint.optim;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Changes the learning rates of an optimizer's groups from epoch to epoch (or from step to step, as one likes):
 *
 * <pre>{@code
 * var schedule = new CosineAnnealingLR(sgd, epochs);
 * for (int epoch = 0; epoch < epochs; epoch++) {
 *     … sgd.step(); …
 *     schedule.step();
 * }
 * }</pre>
 *
 * <p>A schedule sets the rate of epoch 0 when it is made. Most compute a rate from the one before it, so that several
 * schedules, and changes by hand, add up; see {@link ChainedScheduler}. The names are those of PyTorch's {@code
 * torch.optim.lr_scheduler}; {@link ReduceLROnPlateau}, which goes by a measured value, stands apart.
 */
public abstract class LRScheduler {
    private static final String LAST_EPOCH = "last_epoch";
    private static final String BASE_LRS = "base_lrs";
    private static final String LAST_LR = "last_lr";

    private final Optimizer optimizer;
    private final double[] bases;
    private int epoch = -1;

    /** A schedule; the subclass calls {@link #start} when it is complete. */
    LRScheduler(Optimizer optimizer) {
        this.optimizer = optimizer;
        for (ParameterGroup group : optimizer.groups()) {
            if (Double.isNaN(group.initialLr())) {
                group.initialLr(group.lr());
            }
        }
        bases = optimizer.groups().stream()
                .mapToDouble(ParameterGroup::initialLr)
                .toArray();
    }

    /** Sets the rates of epoch 0. */
    void start() {
        goTo(epoch + 1, this::initial);
    }

    /** Goes on to the next epoch. */
    public void step() {
        goTo(epoch + 1, this::next);
    }

    /** Goes back to epoch 0, as if nothing had been before. */
    void restart() {
        goTo(0, this::direct);
    }

    /** Forgets all epochs, so that {@link #start} begins anew. */
    void forget() {
        epoch = -1;
    }

    /** A rate for a group in an epoch. */
    @FunctionalInterface
    interface Rule {
        double of(int epoch, int group, double lr);
    }

    private void goTo(int to, Rule rule) {
        check(to);
        double[] rates = new double[bases.length];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = rule.of(to, i, optimizer.groups().get(i).lr());
            if (Double.isNaN(rates[i]) || Double.isInfinite(rates[i])) {
                throw new ValueException(getClass().getSimpleName() + ": a rate of " + rates[i] + " in epoch " + to
                        + ": nothing can be learnt with it. Check the schedule's numbers and functions.");
            }
        }
        epoch = to;
        for (int i = 0; i < rates.length; i++) {
            optimizer.groups().get(i).schedule(Setting.LR, rates[i]);
            adjust(to, optimizer.groups().get(i), i);
        }
    }

    /**
     * Refuses an epoch that the schedule does not reach.
     *
     * @throws ValueException if it does not
     */
    void check(int to) {}

    /** The rate after {@code lr}, which was that of the epoch before. */
    abstract double next(int to, int group, double lr);

    /** The rate of the first epoch, where {@code lr} is what was set before. */
    double initial(int to, int group, double lr) {
        return next(to, group, lr);
    }

    /** The rate of an epoch, from nothing but the rate that the group began with. */
    double direct(int to, int group, double lr) {
        return next(to, group, lr);
    }

    /** Changes what else a schedule changes. */
    void adjust(int to, ParameterGroup group, int i) {}

    /** What the optimizer's rates were before any schedule. */
    final double base(int group) {
        return bases[group];
    }

    /** Sets what a group's rates are computed from. */
    final void base(int group, double value) {
        bases[group] = value;
    }

    /** The optimizer whose rates are set. */
    public final Optimizer optimizer() {
        return optimizer;
    }

    /** The epoch whose rates are set now; 0 at first. PyTorch: {@code last_epoch}. */
    public int epoch() {
        return epoch;
    }

    final void epoch(int value) {
        epoch = value;
    }

    /** The rate of each group, in this epoch. PyTorch: {@code get_last_lr}. */
    public final List<Double> lastLr() {
        return optimizer.groups().stream().map(ParameterGroup::lr).toList();
    }

    /** All that it takes to go on later, apart from what the schedule was made with. */
    public final Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        save("", state);
        double[] rates = lastLr().stream().mapToDouble(Double::doubleValue).toArray();
        state.put(LAST_LR, Tensor.of(rates, DType.F64));
        return state;
    }

    void save(String prefix, Map<String, Tensor> state) {
        state.put(prefix + LAST_EPOCH, Tensor.scalar(epoch));
        state.put(prefix + BASE_LRS, Tensor.of(bases, DType.F64));
    }

    /**
     * Goes on where another schedule of the same kind, made with the same numbers, was: in its epoch, with its rates.
     * Everything is checked before anything is changed.
     *
     * @throws DataException if names are missing or unexpected, or the number of groups is another
     */
    public final void loadStateDict(Map<String, Tensor> state) {
        Map<String, Tensor> own = stateDict();
        var missing = new TreeSet<>(own.keySet());
        missing.removeAll(state.keySet());
        var unexpected = new TreeSet<>(state.keySet());
        unexpected.removeAll(own.keySet());
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw unlike(
                    (missing.isEmpty() ? "" : "missing " + missing)
                            + (missing.isEmpty() || unexpected.isEmpty() ? "" : ", ")
                            + (unexpected.isEmpty() ? "" : "unexpected " + unexpected),
                    "the state is that of another kind of schedule");
        }
        own.forEach((name, t) -> {
            if (!t.shape().equals(state.get(name).shape())) {
                throw unlike(
                        name + " of shape " + state.get(name).shape(), "with these groups it has shape " + t.shape());
            }
        });
        load("", state);
        double[] rates = state.get(LAST_LR).toDoubles();
        for (int i = 0; i < rates.length; i++) {
            optimizer.groups().get(i).schedule(Setting.LR, rates[i]);
        }
    }

    private DataException unlike(String what, String why) {
        return new DataException(getClass().getSimpleName() + ".loadStateDict: " + what + ": " + why
                + ". Make the schedule as it was made when it was saved.");
    }

    void load(String prefix, Map<String, Tensor> state) {
        epoch = (int) state.get(prefix + LAST_EPOCH).item();
        double[] saved = state.get(prefix + BASE_LRS).toDoubles();
        System.arraycopy(saved, 0, bases, 0, bases.length);
    }

    /** A number for each group, of one for all or of one each. */
    static double[] each(String what, Optimizer optimizer, double... values) {
        int groups = optimizer.groups().size();
        if (values.length == 1) {
            double[] all = new double[groups];
            Arrays.fill(all, values[0]);
            return all;
        }
        if (values.length != groups) {
            throw new ValueException(what + ": " + values.length + " numbers for " + groups
                    + " groups of parameters: each group needs one. Give one for all, or as many as there are groups.");
        }
        return values.clone();
    }

    static void require(boolean holds, String asked, String why) {
        if (!holds) {
            throw new ValueException(asked + ": " + why);
        }
    }
}
