package adjoint.app;

import adjoint.data.DataLoader;
import adjoint.data.TensorDataset;
import adjoint.nn.Functional;
import adjoint.nn.Linear;
import adjoint.optim.SGD;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Least squares by minibatch gradient descent. Columns of a real table depend on each other, which makes the valley
 * long and flat (for the diabetes data its curvatures differ 470-fold): so with momentum, and with a rate that falls to
 * zero along half a cosine, without which the minibatches' noise would never settle.
 *
 * @param rate where the learning rate starts
 * @param epochs passes over the rows
 * @param batch rows a step
 * @param seed of the order of the rows
 */
record Training(double rate, int epochs, int batch, long seed) {
    private static final double MOMENTUM = 0.9;
    /** Steps that brought every table tried to within a thousandth of the least squares' R². */
    private static final int STEPS = 15_000;

    private static final int FEWEST_EPOCHS = 5;
    /** The loss begins at 1, the variance of a standardised target. */
    private static final double DIVERGED = 1e6;

    /** @param losses of each epoch: the mean over all rows, each with the parameters of its step */
    record Result(Linear layer, double[] losses) {}

    /** As many epochs as make enough steps, and on a large table a few. */
    static int defaultEpochs(int rows, int batch) {
        int steps = Math.ceilDiv(rows, batch);
        return Math.max(FEWEST_EPOCHS, Math.ceilDiv(STEPS, steps));
    }

    /**
     * A rate that is stable for these inputs: the curvature of a batch's mean squared error is at most twice its rows'
     * mean squared length, which is bounded here by that of all rows and by that of a batch with the longest one in it.
     *
     * @param x {@code [n, d]}
     */
    static double defaultRate(Tensor x, int batch) {
        double[] lengths = x.mul(x).sum(1).toDoubles();
        double sum = 0;
        double longest = 0;
        for (double length : lengths) {
            sum += length;
            longest = Math.max(longest, length);
        }
        double rate = 0.125 / Math.max(sum / lengths.length + 1, longest / batch);
        // Two digits: what is shown can be typed again.
        return new BigDecimal(rate).round(new MathContext(2)).doubleValue();
    }

    /**
     * Trains from zero.
     *
     * @param x standardised inputs {@code [n, d]}, F64
     * @param y the standardised target {@code [n, 1]}, F64
     * @param progress is told the number of finished epochs
     * @throws Failure if the loss becomes NaN, infinite or absurd
     */
    Result run(Tensor x, Tensor y, IntConsumer progress) {
        Tensor weight = Tensor.zeros(DType.F64, 1, x.size(1)).requiresGrad(true);
        Tensor bias = Tensor.zeros(DType.F64, 1).requiresGrad(true);
        var layer = new Linear(weight, bias);
        var sgd = new SGD(List.of(weight, bias), rate).momentum(MOMENTUM);
        var loader = new DataLoader(new TensorDataset(x, y), batch).shuffle(Rng.torch(seed));
        long steps = (long) epochs * loader.size();
        double[] losses = new double[epochs];
        long step = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            double sum = 0;
            for (var rows : loader) {
                long count = rows.x().size(0);
                sgd.groups().getFirst().lr(rate * (1 + Math.cos(Math.PI * step / steps)) / 2);
                Tensor loss = Functional.mseLoss(layer.forward(rows.x()), rows.y());
                double value = loss.item();
                if (!(value < DIVERGED)) {
                    throw diverged(value, step, epoch, x);
                }
                sgd.zeroGrad();
                // A short last batch steps as far as its rows weigh: a full step for two rows would throw the rest
                // away.
                loss.mul((double) count / batch).backward();
                sgd.step();
                sum += value * count;
                step++;
            }
            losses[epoch] = sum / x.size(0);
            progress.accept(epoch + 1);
        }
        return new Result(layer, losses);
    }

    private Failure diverged(double loss, long step, int epoch, Tensor x) {
        double better = Math.min(rate / 10, defaultRate(x, batch));
        String became = Double.isFinite(loss) ? String.format("%.2g", loss) : Double.isNaN(loss) ? "NaN" : "infinite";
        return new Failure("the loss became " + became + " at step " + (step + 1) + " (epoch " + (epoch + 1)
                + ") with a learning rate of " + Report.plain(rate)
                + "; it began near 1. The steps are too long: try --lr " + Report.plain(better)
                + ". Nothing was saved.");
    }
}
