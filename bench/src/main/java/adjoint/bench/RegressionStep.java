package adjoint.bench;

import adjoint.Adjoint;
import adjoint.autograd.Autograd;
import adjoint.nn.Linear;
import adjoint.nn.MSELoss;
import adjoint.nn.Sequential;
import adjoint.optim.SGD;
import adjoint.tensor.Tensor;
import java.util.List;

/**
 * One step of the linear regression of the lessons: a batch of 10 samples of 2 features lies ready; prediction, loss,
 * backward, update, zeroing. The arithmetic is nothing (about 100 multiplications), so this is what a library costs an
 * operation: some dozen operations forward, backward and in place.
 *
 * <p>Against PyTorch doing the same from Python ({@code peers/torch_peer.py}), and against {@link CrudeTape}, the least
 * that a tape in Java could cost: it knows only these operations, checks nothing and compiles nothing.
 *
 * <p>Wrong: reading the loss with {@code item()} each step only in one of the two libraries; letting parameters diverge
 * (arithmetic with NaN or denormal numbers has other costs); drawing the batch inside the measured code, which measures
 * indexing too. The last row does that, to show how much of a real epoch is the step.
 */
final class RegressionStep implements Benchmark {
    private static final double LR = 0.03;
    private static final int BATCH = 10;

    @Override
    public List<Result> run(Harness harness) {
        return List.of(
                harness.measure("regression step, from scratch", scratch()).withGoal(3e-6),
                harness.measure("regression step, ready-made layers", concise()),
                harness.measure("regression step, crude tape", crude()),
                harness.measure("wrong: with the batch being drawn", drawing()));
    }

    /** The step as {@code lessons/05-linear-regression} writes it. */
    static java.util.function.Supplier<Tensor> scratch() {
        var lesson = new Scratch();
        return () -> lesson.step(LR);
    }

    /** The state of the lesson between two steps. */
    static final class Scratch {
        final Tensor x;
        final Tensor y;
        final Tensor w;
        final Tensor b;
        private final List<Tensor> parameters;

        Scratch() {
            Adjoint.seed(0);
            x = Tensor.normal(0, 1, BATCH, 2);
            y = labels(x);
            w = Tensor.normal(0, 0.01, 2, 1).requiresGrad(true);
            b = Tensor.zeros(1).requiresGrad(true);
            parameters = List.of(w, b);
        }

        /** One step; gives the loss of each sample. */
        Tensor step(double lr) {
            var l = squaredLoss(linreg(x, w, b), y);
            l.sum().backward();
            sgd(parameters, lr, BATCH);
            return l;
        }
    }

    /** y = Xw + b + noise with the lesson's w and b. */
    private static Tensor labels(Tensor x) {
        var noise = Tensor.normal(0, 0.01, x.size(0), 1);
        return x.matmul(Tensor.of(2, -3.4).reshape(2, 1)).add(4.2).add(noise);
    }

    private static Tensor linreg(Tensor x, Tensor w, Tensor b) {
        return x.matmul(w).add(b);
    }

    private static Tensor squaredLoss(Tensor predicted, Tensor y) {
        return predicted.sub(y.reshape(predicted.shape().sizes())).pow(2).div(2);
    }

    private static void sgd(List<Tensor> parameters, double lr, int batchSize) {
        try (var _ = Autograd.noGrad()) {
            for (var p : parameters) {
                p.subInPlace(p.grad().mul(lr).div(batchSize));
                p.zeroGrad();
            }
        }
    }

    /** The step as {@code lessons/06-linear-regression-concise} writes it. */
    private static java.util.function.Supplier<Tensor> concise() {
        Adjoint.seed(0);
        var x = Tensor.normal(0, 1, BATCH, 2);
        var y = labels(x);
        var net = new Sequential(new Linear(2, 1));
        var loss = new MSELoss();
        var sgd = new SGD(net.parameters(), LR);
        return () -> {
            var l = loss.forward(net.forward(x), y);
            sgd.zeroGrad();
            l.backward();
            sgd.step();
            return l;
        };
    }

    private static java.util.function.Supplier<float[]> crude() {
        Adjoint.seed(0);
        var features = Tensor.normal(0, 1, BATCH, 2);
        float[] x = features.toFloats();
        float[] y = labels(features).toFloats();
        var w = CrudeTape.leaf(0.01f, -0.01f);
        var b = CrudeTape.leaf(0);
        return () -> CrudeTape.step(x, y, w, b, (float) LR);
    }

    /** Wrong for the question above: the batch is picked out of 1,000 samples each time. */
    private static java.util.function.Supplier<Tensor> drawing() {
        Adjoint.seed(0);
        var features = Tensor.normal(0, 1, 1000, 2);
        var labels = labels(features);
        var w = Tensor.normal(0, 0.01, 2, 1).requiresGrad(true);
        var b = Tensor.zeros(1).requiresGrad(true);
        var parameters = List.of(w, b);
        int[] rows = new int[BATCH];
        int[] next = {0};
        return () -> {
            for (int i = 0; i < BATCH; i++) {
                rows[i] = next[0] = (next[0] + 7) % 1000;
            }
            var picked = Tensor.of(rows);
            var l = squaredLoss(linreg(features.at(picked), w, b), labels.at(picked));
            l.sum().backward();
            sgd(parameters, LR, BATCH);
            return l;
        };
    }
}
