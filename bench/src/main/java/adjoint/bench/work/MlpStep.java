package adjoint.bench.work;

import adjoint.nn.Linear;
import adjoint.nn.ReLU;
import adjoint.nn.Sequential;
import adjoint.tensor.Tensor;
import java.util.Map;

/** A step of training of the course's perceptron, 784 – 256 – 10 with relu, on a batch of 256, by plain descent. */
public record MlpStep() implements Work {
    /** How many examples. */
    public static final long BATCH = 256;

    /** The learning rate. */
    public static final double LR = 0.1;

    private static final long IN = 784;
    private static final long HIDDEN = 256;
    private static final long OUT = 10;

    @Override
    public String name() {
        return "mlp-step";
    }

    /** Two products forward, and for each one for its weight; for the second one more, for what went into it. */
    @Override
    public Cost cost() {
        double first = 2.0 * BATCH * IN * HIDDEN;
        double second = 2.0 * BATCH * HIDDEN * OUT;
        double parameters = (IN + 1) * HIDDEN + (HIDDEN + 1) * OUT;
        return Cost.floats(2 * first + 3 * second + 2 * parameters, BATCH * IN + 2 * parameters);
    }

    @Override
    public Map<String, Tensor> inputs() {
        return new Draw()
                .normal("x", BATCH, IN)
                .classes("y", OUT, BATCH)
                .linear("0", IN, HIDDEN)
                .linear("2", HIDDEN, OUT)
                .inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        var net = new Sequential(new Linear(IN, HIDDEN), new ReLU(), new Linear(HIDDEN, OUT));
        return new NetworkTraining(net, inputs, LR);
    }
}
