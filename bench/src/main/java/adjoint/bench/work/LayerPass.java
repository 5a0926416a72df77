package adjoint.bench.work;

import adjoint.nn.Convolution;
import adjoint.nn.Functional;
import adjoint.tensor.Tensor;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A layer's function and the gradients of its inputs: layers that are found in many networks, in middle sizes.
 *
 * @param layer which
 */
public record LayerPass(Kind layer) implements Work {
    /** The layers. */
    public enum Kind {
        /** The largest of windows of 2 × 2 of {@code [32, 64, 28, 28]}. */
        MAX_POOL("max-pool", new long[] {32, 64, 28, 28}, new long[0], new long[] {32, 64, 14, 14}),
        /** Normalisation of each of 64 channels of {@code [32, 64, 28, 28]}, as in training. */
        BATCH_NORM("batch-norm", new long[] {32, 64, 28, 28}, new long[] {64}, new long[] {32, 64, 28, 28}),
        /** The mean loss of 4096 predictions among 1000 classes. */
        CROSS_ENTROPY("cross-entropy", new long[] {4096, 1000}, new long[0], new long[0]),
        /** A window of 3 × 3 for each of 64 channels of {@code [16, 64, 28, 28]}. */
        DEPTHWISE("conv-depthwise", new long[] {16, 64, 28, 28}, new long[] {64, 1, 3, 3}, new long[] {16, 64, 28, 28}),
        /** 64 → 64 channels with a window of 3 on {@code [32, 64, 256]}. */
        CONV_1D("conv-1d", new long[] {32, 64, 256}, new long[] {64, 64, 3}, new long[] {32, 64, 256}),
        /** 64 → 32 channels, from 14 × 14 to 28 × 28 with a window of 4 × 4. */
        CONV_TRANSPOSED(
                "conv-transposed", new long[] {16, 64, 14, 14}, new long[] {64, 32, 4, 4}, new long[] {16, 32, 28, 28});

        private final String name;
        private final long[] x;
        private final long[] weight;
        private final long[] y;

        Kind(String name, long[] x, long[] weight, long[] y) {
            this.name = name;
            this.x = x;
            this.weight = weight;
            this.y = y;
        }
    }

    /** Added to the variance. */
    public static final double EPS = 1e-5;

    private static final long CLASSES = 1000;

    @Override
    public String name() {
        return layer.name + "-backward";
    }

    /** A product in a convolution has two operations, and back there are two convolutions as long. */
    @Override
    public Cost cost() {
        double x = count(layer.x);
        double w = layer.weight.length == 0 ? 0 : count(layer.weight);
        double y = count(layer.y);
        double operations = switch (layer) {
            case MAX_POOL -> x;
            case BATCH_NORM -> 18 * x;
            case CROSS_ENTROPY -> (Cost.FUNCTION + 5) * x;
            case DEPTHWISE -> 3 * 2 * y * 9;
            case CONV_1D -> 3 * 2 * y * 64 * 3;
            case CONV_TRANSPOSED -> 3 * 2 * x * 32 * 16;
        };
        return Cost.floats(operations, 2 * (x + w + y));
    }

    private static double count(long[] sizes) {
        double count = 1;
        for (long size : sizes) {
            count *= size;
        }
        return count;
    }

    @Override
    public Map<String, Tensor> inputs() {
        var draw = new Draw().normal("x", layer.x).normal("gradient", layer.y);
        if (layer == Kind.CROSS_ENTROPY) {
            draw.classes("classes", CLASSES, layer.x[0]);
        }
        if (layer.weight.length > 0) {
            draw.normal("weight", layer == Kind.BATCH_NORM ? 1 : 0.05, layer.weight);
            draw.normal("bias", layer == Kind.CONV_TRANSPOSED ? 32 : 64);
        }
        return draw.inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor x = Ours.leaf(inputs, "x", Pass.BACKWARD);
        if (layer.weight.length == 0) {
            Tensor classes = inputs.get("classes");
            return Ours.of(
                    Pass.BACKWARD,
                    inputs,
                    layer == Kind.MAX_POOL
                            ? () -> Functional.maxPool2d(x, 2)
                            : () -> Functional.crossEntropy(x, classes),
                    x);
        }
        Tensor weight = Ours.leaf(inputs, "weight", Pass.BACKWARD);
        Tensor bias = Ours.leaf(inputs, "bias", Pass.BACKWARD);
        var padded = Convolution.padding(1);
        var grouped = padded.groups(layer.x[1]);
        var wide = padded.stride(2);
        Supplier<Tensor> forward = switch (layer) {
            case BATCH_NORM -> () -> Functional.batchNormTraining(x, null, null, weight, bias, 0.1, EPS);
            case DEPTHWISE -> () -> Functional.conv2d(x, weight, bias, grouped);
            case CONV_1D -> () -> Functional.conv1d(x, weight, bias, padded);
            default -> () -> Functional.convTranspose2d(x, weight, bias, wide);
        };
        return Ours.of(Pass.BACKWARD, inputs, forward, x, weight, bias);
    }
}
