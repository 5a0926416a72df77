package adjoint.conformance.course;

import adjoint.Adjoint;
import adjoint.autograd.Autograd;
import adjoint.data.Batch;
import adjoint.data.DataLoader;
import adjoint.data.TensorDataset;
import adjoint.nn.Linear;
import adjoint.nn.MSELoss;
import adjoint.nn.Sequential;
import adjoint.optim.ParameterGroup;
import adjoint.optim.SGD;
import adjoint.tensor.Dim;
import adjoint.tensor.PythonRandom;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The course's regressions as they are written here: every step is PyTorch's, from the same random numbers. */
class LinearRegressionTest {
    private static final int BATCH = 10;
    private static final double LR = 0.03;

    /** Samples of {@code y = Xw + b + noise}. */
    private static Batch syntheticData(Tensor w, double b, long n) {
        Tensor features = Tensor.normal(0, 1, n, w.numel());
        Tensor labels = features.matmul(w).add(b);
        labels.addInPlace(Tensor.normal(0, 0.01, n));
        return new Batch(features, labels.reshape(-1, 1));
    }

    /** All samples once, in batches, in an order shuffled anew. */
    private static Stream<Batch> batches(Batch data, PythonRandom random) {
        int[] order = IntStream.range(0, (int) data.x().size(0)).toArray();
        random.shuffle(order);
        return IntStream.iterate(0, i -> i < order.length, i -> i + BATCH).mapToObj(i -> {
            Tensor rows = Tensor.of(Arrays.copyOfRange(order, i, i + BATCH));
            return new Batch(data.x().at(rows), data.y().at(rows));
        });
    }

    private static Tensor linreg(Tensor x, Tensor w, Tensor b) {
        return x.matmul(w).add(b);
    }

    private static Tensor squaredLoss(Tensor predicted, Tensor y) {
        return predicted.sub(y).pow(2).div(2);
    }

    private static void sgd(Tensor... parameters) {
        try (var _ = Autograd.noGrad()) {
            for (Tensor p : parameters) {
                p.subInPlace(p.grad().mul(LR).div(BATCH));
                p.zeroGrad();
            }
        }
    }

    @Test
    void fromScratch() {
        Recorded pytorch = Recorded.of("regression/scratch");
        Adjoint.seed(0);
        PythonRandom random = Rng.python(0);
        Batch data = syntheticData(Tensor.of(2, -3.4), 4.2, 1000);
        Tensor w = Tensor.normal(0, 0.01, 2, 1).requiresGrad(true);
        Tensor b = Tensor.zeros(1).requiresGrad(true);

        int step = 0;
        double[] epochs = new double[3];
        for (int epoch = 0; epoch < 3; epoch++) {
            for (Batch batch : batches(data, random).toList()) {
                Tensor loss = squaredLoss(linreg(batch.x(), w, b), batch.y()).sum();
                loss.backward();
                sgd(w, b);
                Recorded.assertNear(numbers(loss, w, b), pytorch.row("steps", step++));
            }
            epochs[epoch] = Autograd.noGrad(
                    () -> squaredLoss(linreg(data.x(), w, b), data.y()).mean().item());
        }
        Recorded.assertNear(epochs, pytorch.numbers("epochs"));
    }

    @Test
    void concise() {
        Recorded pytorch = Recorded.of("regression/concise");
        Adjoint.seed(0);
        Batch data = syntheticData(Tensor.of(2, -3.4), 4.2, 1000);
        var loader = new DataLoader(new TensorDataset(data.x(), data.y()), BATCH).shuffle();
        var layer = new Linear(2, 1);
        var net = new Sequential(layer);
        layer.weight().data().normalInPlace(0, 0.01);
        layer.bias().data().fillInPlace(0);
        var loss = new MSELoss();
        var optimizer = new SGD(net.parameters(), LR);

        int step = 0;
        double[] epochs = new double[3];
        for (int epoch = 0; epoch < 3; epoch++) {
            for (Batch batch : loader) {
                Tensor l = loss.forward(net.forward(batch.x()), batch.y());
                optimizer.zeroGrad();
                l.backward();
                optimizer.step();
                Recorded.assertNear(numbers(l, layer.weight(), layer.bias()), pytorch.row("steps", step++));
            }
            epochs[epoch] = loss.forward(net.forward(data.x()), data.y()).item();
        }
        Recorded.assertNear(epochs, pytorch.numbers("epochs"));
    }

    /** The weights decay, the bias does not. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 3})
    void weightDecay(double decay) {
        Recorded pytorch = Recorded.of("weight-decay/" + decay);
        Tensor x = Recorded.waves(0.37, 20, 30);
        Tensor y = x.mul(0.01).sum(new int[] {1}, Dim.KEEP).add(0.05);
        var net = Recorded.filled(new Linear(30, 1), 0.1);
        var loss = new MSELoss();
        var optimizer =
                new SGD(0.003, new ParameterGroup(net.weight()).weightDecay(decay), new ParameterGroup(net.bias()));

        double[] losses = new double[20];
        for (int step = 0; step < losses.length; step++) {
            optimizer.zeroGrad();
            Tensor l = loss.forward(net.forward(x), y);
            l.backward();
            optimizer.step();
            losses[step] = l.item();
        }
        Recorded.assertSame(losses, pytorch.numbers("losses"));
        Recorded.assertSame(new double[] {net.weight().norm().item()}, pytorch.numbers("norm"));
    }

    private static double[] numbers(Tensor... tensors) {
        return List.of(tensors).stream()
                .flatMapToDouble(t -> Arrays.stream(t.toDoubles()))
                .toArray();
    }
}
