package adjoint.bench.work;

import adjoint.nn.AvgPool2d;
import adjoint.nn.Conv2d;
import adjoint.nn.Convolution;
import adjoint.nn.Flatten;
import adjoint.nn.Linear;
import adjoint.nn.Sequential;
import adjoint.nn.Sigmoid;
import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * A step of training of the course's LeNet on a batch of 256 pictures of 28 × 28, by plain descent: two convolutions of
 * 5 × 5 with sigmoids and mean pooling, three fully connected layers.
 */
public record LeNetStep() implements Work {
    /** How many examples. */
    public static final long BATCH = 256;

    /** The learning rate. */
    public static final double LR = 0.1;

    @Override
    public String name() {
        return "lenet-step";
    }

    /** Each product forward, for its weight and for what went into it; not for the pictures. Sigmoids. */
    @Override
    public Cost cost() {
        double first = 2.0 * 28 * 28 * 6 * 25;
        double second = 2.0 * 10 * 10 * 16 * 6 * 25;
        double dense = 2.0 * (400 * 120 + 120 * 84 + 84 * 10);
        double sigmoids = 28 * 28 * 6 + 10 * 10 * 16 + 120 + 84;
        double parameters = 61_706;
        return Cost.floats(
                BATCH * (2 * first + 3 * (second + dense) + (Cost.FUNCTION + 3) * sigmoids) + 2 * parameters,
                BATCH * 784 + 2 * parameters);
    }

    @Override
    public Map<String, Tensor> inputs() {
        return new Draw()
                .normal("x", BATCH, 1, 28, 28)
                .classes("y", 10, BATCH)
                .normal("0.weight", 0.2, 6, 1, 5, 5)
                .normal("0.bias", 0.2, 6)
                .normal("3.weight", 0.1, 16, 6, 5, 5)
                .normal("3.bias", 0.1, 16)
                .linear("7", 400, 120)
                .linear("9", 120, 84)
                .linear("11", 84, 10)
                .inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        var net = new Sequential(
                new Conv2d(1, 6, 5, Convolution.padding(2)),
                new Sigmoid(),
                new AvgPool2d(2),
                new Conv2d(6, 16, 5),
                new Sigmoid(),
                new AvgPool2d(2),
                new Flatten(),
                new Linear(400, 120),
                new Sigmoid(),
                new Linear(120, 84),
                new Sigmoid(),
                new Linear(84, 10));
        return new NetworkTraining(net, inputs, LR);
    }

    /** Changes of the first layer are so small beside its parameters that they carry the rounding of these. */
    @Override
    public double tolerance() {
        return 5e-3;
    }
}
