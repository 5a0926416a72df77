package adjoint.optim;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import adjoint.types.ValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reduces the rates when a measured value, as the loss on held-out data, does not get better any more:
 *
 * <pre>{@code
 * var plateau = new ReduceLROnPlateau(sgd).factor(0.5).patience(3);
 * …
 * plateau.step(validationLoss);         // after each epoch
 * }</pre>
 */
public final class ReduceLROnPlateau {
    /** What is better. */
    public enum Mode {
        /** Less: a loss. */
        MIN,
        /** More: an accuracy. */
        MAX
    }

    /** What the threshold is. */
    public enum ThresholdMode {
        /** A part of the best value. */
        REL,
        /** A difference. */
        ABS
    }

    private final Optimizer optimizer;
    private Mode mode = Mode.MIN;
    private double factor = 0.1;
    private int patience = 10;
    private double threshold = 1e-4;
    private ThresholdMode thresholdMode = ThresholdMode.REL;
    private int cooldown;
    private double[] minLr = {0};
    private double eps = 1e-8;

    private double best = Double.POSITIVE_INFINITY;
    private int badEpochs;
    private int coolingEpochs;
    private int epoch;

    /** A tenth of the rate after 10 epochs without a smaller value. */
    public ReduceLROnPlateau(Optimizer optimizer) {
        this.optimizer = optimizer;
    }

    /** What is better; less, if nothing is said. */
    public ReduceLROnPlateau mode(Mode value) {
        mode = value;
        best = value == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        return this;
    }

    /**
     * Sets by what rates are multiplied.
     *
     * @throws ValueException if it is 1 or more, or no number
     */
    public ReduceLROnPlateau factor(double value) {
        LRScheduler.require(
                value < 1,
                "ReduceLROnPlateau: a factor of " + value,
                "it has to be less than 1, to reduce. Usual are 0.1" + " to 0.5.");
        factor = value;
        return this;
    }

    /** Sets how many epochs in a row may be no better. */
    public ReduceLROnPlateau patience(int epochs) {
        patience = epochs;
        return this;
    }

    /** Sets by how much a value has to be better in order to count; usually by 0.0001 of the best. */
    public ReduceLROnPlateau threshold(double value, ThresholdMode of) {
        threshold = value;
        thresholdMode = of;
        return this;
    }

    /** Sets for how many epochs after a reduction nothing counts as bad. */
    public ReduceLROnPlateau cooldown(int epochs) {
        cooldown = epochs;
        return this;
    }

    /**
     * Sets the least rate: one for all groups, or one for each.
     *
     * @throws ValueException if there are not as many as groups
     */
    public ReduceLROnPlateau minLr(double... values) {
        LRScheduler.each("ReduceLROnPlateau: min_lr", optimizer, values);
        minLr = values.clone();
        return this;
    }

    /** Sets how small a change of a rate is not worth making. */
    public ReduceLROnPlateau eps(double value) {
        eps = value;
        return this;
    }

    /** Takes an epoch's value into account. */
    public void step(double metric) {
        epoch++;
        if (isBetter(metric)) {
            best = metric;
            badEpochs = 0;
        } else {
            badEpochs++;
        }
        if (coolingEpochs > 0) {
            coolingEpochs--;
            badEpochs = 0;
        }
        if (badEpochs > patience) {
            reduce();
            coolingEpochs = cooldown;
            badEpochs = 0;
        }
    }

    private boolean isBetter(double value) {
        boolean relative = thresholdMode == ThresholdMode.REL;
        return mode == Mode.MIN
                ? value < (relative ? best * (1 - threshold) : best - threshold)
                : value > (relative ? best * (1 + threshold) : best + threshold);
    }

    private void reduce() {
        double[] least = LRScheduler.each("ReduceLROnPlateau: min_lr", optimizer, minLr);
        for (int i = 0; i < least.length; i++) {
            ParameterGroup group = optimizer.groups().get(i);
            double lr = Math.max(group.lr() * factor, least[i]);
            if (group.lr() - lr > eps) {
                group.schedule(Setting.LR, lr);
            }
        }
    }

    /** The best value so far; infinite before the first. */
    public double best() {
        return best;
    }

    /** How many values were taken into account. */
    public int epoch() {
        return epoch;
    }

    /** The rate of each group. PyTorch: {@code get_last_lr}. */
    public List<Double> lastLr() {
        return optimizer.groups().stream().map(ParameterGroup::lr).toList();
    }

    /** All that it takes to go on later, apart from what was set; the optimizer's own state has the rates. */
    public Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("best", Tensor.scalar(best, DType.F64));
        state.put("num_bad_epochs", Tensor.scalar((long) badEpochs));
        state.put("cooldown_counter", Tensor.scalar((long) coolingEpochs));
        state.put("last_epoch", Tensor.scalar((long) epoch));
        return state;
    }

    /**
     * Goes on where another was.
     *
     * @throws DataException if names are missing or unexpected
     */
    public void loadStateDict(Map<String, Tensor> state) {
        if (!state.keySet().equals(stateDict().keySet())) {
            throw new DataException("ReduceLROnPlateau.loadStateDict: " + state.keySet() + " rather than "
                    + stateDict().keySet() + ": the state is that of another kind of schedule. Give what its stateDict"
                    + " gave.");
        }
        best = state.get("best").item();
        badEpochs = (int) state.get("num_bad_epochs").item();
        coolingEpochs = (int) state.get("cooldown_counter").item();
        epoch = (int) state.get("last_epoch").item();
    }
}
