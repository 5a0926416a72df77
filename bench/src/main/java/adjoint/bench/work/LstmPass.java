package adjoint.bench.work;

import adjoint.nn.LSTM;
import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * A recurrent layer with memory, 28 → 256, over 35 steps of a batch of 32, and backward through all of them to its input and
 * its weights: many small products, each of which waits for the one before.
 */
public record LstmPass() implements Work {
    /** Numbers of an input. */
    public static final long IN = 28;

    /** Numbers of a state. */
    public static final long HIDDEN = 256;

    private static final long STEPS = 35;
    private static final long BATCH = 32;

    @Override
    public String name() {
        return "lstm-backward";
    }

    /** Of each step the two products, three times; five functions a hidden number and some twenty operations. */
    @Override
    public Cost cost() {
        double products = 2.0 * BATCH * 4 * HIDDEN * (IN + HIDDEN);
        double cells = BATCH * HIDDEN * (5 * Cost.FUNCTION + 20);
        double weights = 4.0 * HIDDEN * (IN + HIDDEN + 2);
        return Cost.floats(STEPS * (3 * products + cells), 2 * weights + 2.0 * STEPS * BATCH * (IN + HIDDEN));
    }

    @Override
    public Map<String, Tensor> inputs() {
        double std = 1 / Math.sqrt((double) HIDDEN);
        return new Draw()
                .normal("x", STEPS, BATCH, IN)
                .normal("lstm.weight_ih_l0", std, 4 * HIDDEN, IN)
                .normal("lstm.weight_hh_l0", std, 4 * HIDDEN, HIDDEN)
                .normal("lstm.bias_ih_l0", std, 4 * HIDDEN)
                .normal("lstm.bias_hh_l0", std, 4 * HIDDEN)
                .normal("gradient", STEPS, BATCH, HIDDEN)
                .inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor x = Ours.leaf(inputs, "x", Pass.BACKWARD);
        var lstm = new LSTM(IN, HIDDEN);
        lstm.loadStateDict(Map.of(
                "weight_ih_l0", inputs.get("lstm.weight_ih_l0"),
                "weight_hh_l0", inputs.get("lstm.weight_hh_l0"),
                "bias_ih_l0", inputs.get("lstm.bias_ih_l0"),
                "bias_hh_l0", inputs.get("lstm.bias_hh_l0")));
        Map<String, Tensor> weights = lstm.namedParameters();
        return Ours.of(
                Pass.BACKWARD,
                inputs,
                () -> lstm.forward(x).output(),
                x,
                weights.get("weight_ih_l0"),
                weights.get("weight_hh_l0"),
                weights.get("bias_ih_l0"),
                weights.get("bias_hh_l0"));
    }
}
