package adjoint.bench.libtorch;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.avg_pool2d;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.div;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.mm;
import static org.bytedeco.pytorch.global.torch.mul;
import static org.bytedeco.pytorch.global.torch.pow;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.sigmoid;
import static org.bytedeco.pytorch.global.torch.sub;

import adjoint.bench.work.LeNetStep;
import adjoint.bench.work.MlpStep;
import adjoint.bench.work.RegressionStep;
import adjoint.bench.work.Task;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Steps of training. */
final class Training {
    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};

    private Training() {}

    static Task regression(RegressionStep.Style style, Inputs inputs) {
        Tensor x = inputs.copy("x");
        Tensor y = inputs.copy("y");
        Tensor b = inputs.parameter("b");
        if (style == RegressionStep.Style.SCRATCH) {
            Tensor w = inputs.parameter("w");
            return scratch(x, y, w, b);
        }
        Tensor w = inputs.copy("w").t().contiguous().set_requires_grad(true);
        return step(() -> torch.mse_loss(linear(x, w, b), y), RegressionStep.LR, w, b);
    }

    private static Task scratch(Tensor x, Tensor y, Tensor w, Tensor b) {
        var two = new Scalar(2.0);
        var lr = new Scalar(RegressionStep.LR);
        var batch = new Scalar((double) x.size(0));
        List<Tensor> parameters = List.of(w, b);
        return TorchTask.training(
                () -> {
                    Tensor predicted = add(mm(x, w), b);
                    Tensor l = div(pow(sub(predicted, y.reshape(predicted.sizes())), two), two);
                    l.sum().backward();
                    try (var _ = new NoGradGuard()) {
                        for (Tensor p : parameters) {
                            p.sub_(div(mul(p.grad(), lr), batch));
                            p.grad().zero_();
                        }
                    }
                    return l;
                },
                parameters);
    }

    static Task mlp(Inputs inputs) {
        Tensor x = inputs.copy("x");
        Tensor y = inputs.copy("y");
        Tensor[] p = parameters(inputs, "0", "2");
        return step(() -> torch.cross_entropy_loss(linear(relu(linear(x, p[0], p[1])), p[2], p[3]), y), MlpStep.LR, p);
    }

    static Task leNet(Inputs inputs) {
        Tensor x = inputs.copy("x");
        Tensor y = inputs.copy("y");
        Tensor[] p = parameters(inputs, "0", "3", "7", "9", "11");
        var bias0 = new TensorOptional(p[1]);
        var bias3 = new TensorOptional(p[3]);
        return step(
                () -> {
                    Tensor h = sigmoid(conv2d(x, p[0], bias0, ONE, new long[] {2, 2}, ONE, 1));
                    h = sigmoid(conv2d(avg_pool2d(h, 2, 2), p[2], bias3, ONE, NONE, ONE, 1));
                    h = torch.flatten(avg_pool2d(h, 2, 2), 1, -1);
                    h = sigmoid(linear(h, p[4], p[5]));
                    h = sigmoid(linear(h, p[6], p[7]));
                    return torch.cross_entropy_loss(linear(h, p[8], p[9]), y);
                },
                LeNetStep.LR,
                p);
    }

    /** The loss, back, and plain descent by libtorch's own optimizer. */
    private static Task step(Supplier<Tensor> loss, double lr, Tensor... parameters) {
        var sgd = new SGD(new TensorVector(parameters), new SGDOptions(lr));
        return TorchTask.training(
                () -> {
                    Tensor l = loss.get();
                    sgd.zero_grad();
                    l.backward();
                    sgd.step();
                    return l;
                },
                List.of(parameters));
    }

    /** Weight and bias of each of these layers. */
    private static Tensor[] parameters(Inputs inputs, String... layers) {
        return Arrays.stream(layers)
                .flatMap(layer -> java.util.stream.Stream.of(layer + ".weight", layer + ".bias"))
                .map(inputs::parameter)
                .toArray(Tensor[]::new);
    }
}
