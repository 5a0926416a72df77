package adjoint.bench.work;

import adjoint.nn.Convolution;
import adjoint.nn.Functional;
import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * A convolution as in the middle of a residual network, 64 → 64 channels, 3 × 3 with padding, on {@code [16, 64, 28, 28]},
 * and backward to its input, weight and bias.
 */
public record ConvolutionPass() implements Work {
    private static final long BATCH = 16;
    private static final long CHANNELS = 64;
    private static final long SIDE = 28;

    @Override
    public String name() {
        return "conv-backward";
    }

    /** Three times the product of all windows with the weight; picture, result, and both gradients. */
    @Override
    public Cost cost() {
        double numbers = (double) BATCH * CHANNELS * SIDE * SIDE;
        return Cost.floats(3 * 2 * numbers * CHANNELS * 9, 4 * numbers + 2.0 * CHANNELS * CHANNELS * 9);
    }

    @Override
    public Map<String, Tensor> inputs() {
        return new Draw()
                .normal("x", BATCH, CHANNELS, SIDE, SIDE)
                .normal("weight", 0.05, CHANNELS, CHANNELS, 3, 3)
                .normal("bias", CHANNELS)
                .normal("gradient", BATCH, CHANNELS, SIDE, SIDE)
                .inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor x = Ours.leaf(inputs, "x", Pass.BACKWARD);
        Tensor weight = Ours.leaf(inputs, "weight", Pass.BACKWARD);
        Tensor bias = Ours.leaf(inputs, "bias", Pass.BACKWARD);
        var padded = Convolution.padding(1);
        return Ours.of(Pass.BACKWARD, inputs, () -> Functional.conv2d(x, weight, bias, padded), x, weight, bias);
    }
}
