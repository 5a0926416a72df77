package adjoint.conformance.course;

import adjoint.nn.AdaptiveAvgPool2d;
import adjoint.nn.AvgPool2d;
import adjoint.nn.BatchNorm2d;
import adjoint.nn.Conv2d;
import adjoint.nn.Convolution;
import adjoint.nn.CrossEntropyLoss;
import adjoint.nn.Flatten;
import adjoint.nn.Layer;
import adjoint.nn.Linear;
import adjoint.nn.MaxPool2d;
import adjoint.nn.ReLU;
import adjoint.nn.Sequential;
import adjoint.nn.Sigmoid;
import adjoint.optim.Adam;
import adjoint.optim.Optimizer;
import adjoint.optim.SGD;
import adjoint.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The course's networks, trained for ten steps with each of three optimizers: every loss is PyTorch's. */
class NetworksTest {
    private static Layer mlp() {
        return new Sequential(new Flatten(), new Linear(784, 256), new ReLU(), new Linear(256, 10));
    }

    private static Layer lenet() {
        return new Sequential(
                new Conv2d(1, 6, 5, Convolution.padding(2)),
                new Sigmoid(),
                new AvgPool2d(2),
                new Conv2d(6, 16, 5),
                new Sigmoid(),
                new AvgPool2d(2),
                new Flatten(),
                new Linear(16 * 5 * 5, 120),
                new Sigmoid(),
                new Linear(120, 84),
                new Sigmoid(),
                new Linear(84, 10));
    }

    private static Layer normalised() {
        return new Sequential(
                new Conv2d(3, 8, 3, Convolution.padding(1).withoutBias()),
                new BatchNorm2d(8),
                new ReLU(),
                new MaxPool2d(2),
                new Conv2d(8, 8, 3, Convolution.stride(2).padding(1)),
                new BatchNorm2d(8),
                new ReLU(),
                new AdaptiveAvgPool2d(1, 1),
                new Flatten(),
                new Linear(8, 10));
    }

    private static Layer residual() {
        return new Sequential(new Residual(3, 8, 2), new AdaptiveAvgPool2d(1, 1), new Flatten(), new Linear(8, 10));
    }

    /** Two convolutions, and what goes past them. */
    private static final class Residual implements Layer {
        private final Conv2d conv1;
        private final BatchNorm2d bn1;
        private final Conv2d conv2;
        private final BatchNorm2d bn2;
        private final Conv2d conv3;

        Residual(long in, long out, long stride) {
            conv1 = new Conv2d(in, out, 3, Convolution.padding(1).stride(stride));
            bn1 = new BatchNorm2d(out);
            conv2 = new Conv2d(out, out, 3, Convolution.padding(1));
            bn2 = new BatchNorm2d(out);
            conv3 = new Conv2d(in, out, 1, Convolution.stride(stride));
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = bn1.forward(conv1.forward(x)).relu();
            y = bn2.forward(conv2.forward(y));
            return y.add(conv3.forward(x)).relu();
        }
    }

    /** A network, and the shape of a batch of its images. */
    private enum Network {
        MLP(NetworksTest::mlp, 8, 1, 28, 28),
        LENET(NetworksTest::lenet, 4, 1, 28, 28),
        NORMALISED(NetworksTest::normalised, 4, 3, 12, 12),
        RESIDUAL(NetworksTest::residual, 4, 3, 12, 12);

        private final Supplier<Layer> make;
        private final long[] images;

        Network(Supplier<Layer> make, long... images) {
            this.make = make;
            this.images = images;
        }
    }

    private enum Descent {
        SGD(p -> new SGD(p, 0.1)),
        MOMENTUM(p -> new SGD(p, 0.05).momentum(0.9).weightDecay(1e-3)),
        ADAM(p -> new Adam(p, 1e-3));

        private final Function<List<Tensor>, Optimizer> of;

        Descent(Function<List<Tensor>, Optimizer> of) {
            this.of = of;
        }
    }

    @ParameterizedTest
    @EnumSource
    void trainsMlp(Descent descent) {
        trains(Network.MLP, descent);
    }

    @ParameterizedTest
    @EnumSource
    void trainsLenet(Descent descent) {
        trains(Network.LENET, descent);
    }

    @ParameterizedTest
    @EnumSource
    void trainsNormalised(Descent descent) {
        trains(Network.NORMALISED, descent);
    }

    @ParameterizedTest
    @EnumSource
    void trainsResidual(Descent descent) {
        trains(Network.RESIDUAL, descent);
    }

    private static void trains(Network network, Descent descent) {
        Recorded pytorch = Recorded.of(("network/" + network + "/" + descent).toLowerCase(java.util.Locale.ROOT));
        Layer net = Recorded.filled(network.make.get(), 0.1);
        Tensor images = Recorded.waves(0.3, network.images);
        Tensor labels = Tensor.arange(images.size(0)).remainder(10L);
        var loss = new CrossEntropyLoss();
        Optimizer optimizer = descent.of.apply(net.parameters());

        double[] losses = new double[10];
        for (int step = 0; step < losses.length; step++) {
            optimizer.zeroGrad();
            Tensor l = loss.forward(net.forward(images), labels);
            l.backward();
            optimizer.step();
            losses[step] = l.item();
        }
        Recorded.assertSame(losses, pytorch.numbers("losses"));

        net.eval(); // from here on normalised by what was seen in training
        double used = loss.forward(net.forward(images), labels).item();
        Recorded.assertSame(new double[] {used}, pytorch.numbers("eval"));
    }
}
