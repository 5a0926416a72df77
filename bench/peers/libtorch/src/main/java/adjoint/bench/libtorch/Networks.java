package adjoint.bench.libtorch;

import static org.bytedeco.pytorch.global.torch.add;
import static org.bytedeco.pytorch.global.torch.linear;

import adjoint.bench.work.LstmPass;
import adjoint.bench.work.Pass;
import adjoint.bench.work.Task;
import adjoint.bench.work.TransformerBlock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Parts of networks, forward and back. */
final class Networks {
    private static final long[] ONE = {1, 1};

    private Networks() {}

    static Task convolution(Inputs inputs) {
        Tensor x = inputs.parameter("x");
        Tensor weight = inputs.parameter("weight");
        Tensor bias = inputs.parameter("bias");
        var optional = new TensorOptional(bias);
        return TorchTask.of(
                Pass.BACKWARD, inputs, () -> torch.conv2d(x, weight, optional, ONE, ONE, ONE, 1), x, weight, bias);
    }

    static Task lstm(Inputs inputs) {
        Tensor x = inputs.parameter("x");
        Tensor[] weights = {
            inputs.parameter("lstm.weight_ih_l0"),
            inputs.parameter("lstm.weight_hh_l0"),
            inputs.parameter("lstm.bias_ih_l0"),
            inputs.parameter("lstm.bias_hh_l0")
        };
        var vector = new TensorVector(weights);
        long batch = x.size(1);
        var start = new TensorVector(torch.zeros(1, batch, LstmPass.HIDDEN), torch.zeros(1, batch, LstmPass.HIDDEN));
        return TorchTask.of(
                Pass.BACKWARD,
                inputs,
                () -> torch.lstm(x, start, vector, true, 1, 0, true, false, false)
                        .get0(),
                x,
                weights[0],
                weights[1],
                weights[2],
                weights[3]);
    }

    static Task transformer(Pass pass, Inputs inputs) {
        Map<String, Tensor> p = new LinkedHashMap<>();
        TransformerBlock.leafNames().forEach(name -> p.put(name, inputs.leaf(name, pass)));
        return TorchTask.of(pass, inputs, new Block(p)::forward, p.values().toArray(Tensor[]::new));
    }

    /** The block, with the attention that libtorch has in one piece. */
    private record Block(Map<String, Tensor> p, TensorOptional noMask, DoubleOptional ownScale) {
        Block(Map<String, Tensor> p) {
            this(p, new TensorOptional(), new DoubleOptional());
        }

        Tensor forward() {
            Tensor x = p.get("x");
            Tensor y = add(x, layer("proj", attention(layer("qkv", normed("ln1", x)))));
            return add(y, layer("down", torch.gelu(layer("up", normed("ln2", y)), "tanh")));
        }

        private Tensor attention(Tensor qkv) {
            Tensor parts = qkv.reshape(1, TransformerBlock.TOKENS, 3, TransformerBlock.HEADS, TransformerBlock.HEAD)
                    .permute(2, 0, 3, 1, 4);
            Tensor attended = torch.scaled_dot_product_attention(
                    parts.select(0, 0), parts.select(0, 1), parts.select(0, 2), noMask, 0, true, ownScale, false);
            return attended.transpose(1, 2).reshape(1, TransformerBlock.TOKENS, TransformerBlock.WIDTH);
        }

        private Tensor layer(String name, Tensor x) {
            return linear(x, p.get(name + ".weight"), p.get(name + ".bias"));
        }

        private Tensor normed(String name, Tensor x) {
            return torch.layer_norm(
                    x,
                    new long[] {TransformerBlock.WIDTH},
                    new TensorOptional(p.get(name + ".weight")),
                    new TensorOptional(p.get(name + ".bias")),
                    TransformerBlock.EPS,
                    false);
        }
    }
}
