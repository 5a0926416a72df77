package adjoint.bench.work;

import adjoint.nn.Functional;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A block of GPT-2 small on one text of 256 tokens: width 768, 12 heads of causal attention, a perceptron of four times the
 * width, each behind a layer normalisation and beside a connection that goes round it. Backward to its input and all weights.
 *
 * <p>Attention is written out in products and a softmax; a peer may use what it has for that.
 *
 * @param pass forward, or backward too
 */
public record TransformerBlock(Pass pass) implements Work {
    /** How many tokens. */
    public static final long TOKENS = 256;

    /** Numbers of a token. */
    public static final long WIDTH = 768;

    /** Heads of attention. */
    public static final long HEADS = 12;

    /** Numbers of a token in a head. */
    public static final long HEAD = WIDTH / HEADS;

    /** Added to variances. */
    public static final double EPS = 1e-5;

    private static final List<String> WEIGHTS = List.of(
            "ln1.weight",
            "ln1.bias",
            "qkv.weight",
            "qkv.bias",
            "proj.weight",
            "proj.bias",
            "ln2.weight",
            "ln2.bias",
            "up.weight",
            "up.bias",
            "down.weight",
            "down.bias");

    @Override
    public String name() {
        return "gpt-block" + pass.suffix;
    }

    /** Twelve squares of the width a token, half of two products of tokens with tokens; three times that with backward. */
    @Override
    public Cost cost() {
        double products = 2.0 * TOKENS * 12 * WIDTH * WIDTH + 2.0 * TOKENS * TOKENS * WIDTH;
        double functions = Cost.FUNCTION * (TOKENS * TOKENS * HEADS / 2.0 + TOKENS * 4 * WIDTH);
        double weights = 12.0 * WIDTH * WIDTH;
        return pass == Pass.FORWARD
                ? Cost.floats(products + functions, weights + 2.0 * TOKENS * WIDTH)
                : Cost.floats(3 * products + 2 * functions, 2 * weights + 4.0 * TOKENS * WIDTH);
    }

    @Override
    public Map<String, Tensor> inputs() {
        return new Draw()
                .normal("x", 1, TOKENS, WIDTH)
                .normal("ln1.weight", WIDTH)
                .normal("ln1.bias", 0.1, WIDTH)
                .linear("qkv", WIDTH, 3 * WIDTH)
                .linear("proj", WIDTH, WIDTH)
                .normal("ln2.weight", WIDTH)
                .normal("ln2.bias", 0.1, WIDTH)
                .linear("up", WIDTH, 4 * WIDTH)
                .linear("down", 4 * WIDTH, WIDTH)
                .normal("gradient", 1, TOKENS, WIDTH)
                .inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Map<String, Tensor> p = new LinkedHashMap<>();
        List<Tensor> leaves = new ArrayList<>();
        for (String name : leafNames()) {
            p.put(name, Ours.leaf(inputs, name, pass));
            leaves.add(p.get(name));
        }
        Tensor future = Tensor.full(Double.NEGATIVE_INFINITY, TOKENS, TOKENS).triu(1);
        return Ours.of(pass, inputs, () -> forward(p, future), leaves.toArray(Tensor[]::new));
    }

    /** Those inputs that gradients are wanted of, in the order in which a {@link Task} gives these. */
    public static List<String> leafNames() {
        List<String> names = new ArrayList<>(List.of("x"));
        names.addAll(WEIGHTS);
        return names;
    }

    private static Tensor forward(Map<String, Tensor> p, Tensor future) {
        Tensor x = p.get("x");
        Tensor attended = attention(linear(normed(x, p, "ln1"), p, "qkv"), future);
        Tensor y = x.add(linear(attended, p, "proj"));
        Tensor inner = Functional.geluTanh(linear(normed(y, p, "ln2"), p, "up"));
        return y.add(linear(inner, p, "down"));
    }

    /** {@code [1, T, 3·width] → [1, T, width]}. */
    private static Tensor attention(Tensor qkv, Tensor future) {
        List<Tensor> parts =
                qkv.reshape(1, TOKENS, 3, HEADS, HEAD).permute(2, 0, 3, 1, 4).unbind(0);
        Tensor scores = parts.get(0)
                .mul(1 / Math.sqrt((double) HEAD))
                .matmul(parts.get(1).transpose(2, 3))
                .add(future);
        return scores.softmax(3).matmul(parts.get(2)).transpose(1, 2).reshape(1, TOKENS, WIDTH);
    }

    private static Tensor linear(Tensor x, Map<String, Tensor> p, String layer) {
        return Functional.linear(x, p.get(layer + ".weight"), p.get(layer + ".bias"));
    }

    private static Tensor normed(Tensor x, Map<String, Tensor> p, String layer) {
        long[] shape = {WIDTH};
        return Functional.layerNorm(x, shape, p.get(layer + ".weight"), p.get(layer + ".bias"), EPS);
    }
}
