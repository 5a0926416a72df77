package adjoint.bench.libtorch;

import adjoint.bench.work.LayerPass;
import adjoint.bench.work.Pass;
import adjoint.bench.work.Task;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Single layers' functions, forward and back. */
final class Layers {
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] NONE = {0, 0};

    private Layers() {}

    static Task pass(LayerPass.Kind layer, Inputs inputs) {
        Tensor x = inputs.parameter("x");
        if (layer == LayerPass.Kind.MAX_POOL) {
            return TorchTask.of(Pass.BACKWARD, inputs, () -> torch.max_pool2d(x, TWO, TWO, NONE, ONE, false), x);
        }
        if (layer == LayerPass.Kind.CROSS_ENTROPY) {
            Tensor classes = inputs.copy("classes");
            return TorchTask.of(Pass.BACKWARD, inputs, () -> torch.cross_entropy_loss(x, classes), x);
        }
        Tensor weight = inputs.parameter("weight");
        Tensor bias = inputs.parameter("bias");
        return TorchTask.of(Pass.BACKWARD, inputs, forward(layer, x, weight, bias), x, weight, bias);
    }

    private static Supplier<Tensor> forward(LayerPass.Kind layer, Tensor x, Tensor weight, Tensor bias) {
        var w = new TensorOptional(weight);
        var b = new TensorOptional(bias);
        var none = new TensorOptional();
        long[] one = {1};
        return switch (layer) {
            case BATCH_NORM -> () -> torch.batch_norm(x, w, b, none, none, true, 0.1, LayerPass.EPS, false);
            case DEPTHWISE -> () -> torch.conv2d(x, weight, b, ONE, ONE, ONE, x.size(1));
            case CONV_1D -> () -> torch.conv1d(x, weight, b, one, one, one, 1);
            default -> () -> torch.conv_transpose2d(x, weight, b, TWO, ONE, NONE, 1, ONE);
        };
    }
}
