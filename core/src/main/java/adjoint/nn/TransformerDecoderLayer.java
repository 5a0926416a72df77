package adjoint.nn;

import adjoint.nn.MultiHeadAttention.Weights;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A layer of a decoder: all places look at each other, then at what the encoder made, then each goes through a network.
 * Options are {@link Transformer}'s.
 */
public final class TransformerDecoderLayer implements Model {
    private final long size;
    private final long heads;
    private final Transformer.Options options;
    private final MultiHeadAttention own;
    private final MultiHeadAttention other;
    private final Linear linear1;
    private final Linear linear2;
    private final Dropout dropout;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final LayerNorm norm3;
    private final Dropout dropout1;
    private final Dropout dropout2;
    private final Dropout dropout3;

    /** The plain one: a network of 2048 at each place, relu, dropout of 0.1. */
    public TransformerDecoderLayer(long size, long heads) {
        this(size, heads, Transformer.Options.PLAIN);
    }

    /** Not the plain one. */
    public TransformerDecoderLayer(long size, long heads, Transformer.Options options) {
        this(size, heads, options, Rng.global());
    }

    private TransformerDecoderLayer(long size, long heads, Transformer.Options options, Rng rng) {
        this.size = size;
        this.heads = heads;
        this.options = options;
        own = options.attention(size, heads, rng);
        other = options.attention(size, heads, rng);
        linear1 = options.linear(size, options.feedForward, rng);
        dropout = new Dropout(options.dropout);
        linear2 = options.linear(options.feedForward, size, rng);
        norm1 = options.norm(size);
        norm2 = options.norm(size);
        norm3 = options.norm(size);
        dropout1 = new Dropout(options.dropout);
        dropout2 = new Dropout(options.dropout);
        dropout3 = new Dropout(options.dropout);
    }

    /** Another layer with the same values. */
    TransformerDecoderLayer copy() {
        var copy = new TransformerDecoderLayer(size, heads, options, Rng.torch(0));
        States.copy(this, copy);
        return copy;
    }

    /** Without masks. */
    public Tensor forward(Tensor target, Tensor memory) {
        return forward(target, memory, TransformerMasks.NONE);
    }

    /**
     * What becomes of all places of the target.
     *
     * @param target {@code [places, n, size]}, {@code [n, places, size]} if batch-first, or {@code [places, size]}
     * @param memory the same, of the source's places: what the encoder made
     * @param masks of which those of the source are not looked at
     * @throws ShapeException if shapes do not fit
     */
    public Tensor forward(Tensor target, Tensor memory, TransformerMasks masks) {
        Tensor seen = options.around(
                target,
                norm1,
                y -> dropout1.forward(own.forward(y, y, y, masks.target(), masks.targetPadding(), Weights.NONE)
                        .output()));
        Tensor looked = options.around(
                seen,
                norm2,
                y -> dropout2.forward(
                        other.forward(y, memory, memory, masks.memory(), masks.memoryPadding(), Weights.NONE)
                                .output()));
        return options.around(looked, norm3, this::network);
    }

    private Tensor network(Tensor x) {
        Tensor wide = dropout.forward(options.activation.apply(linear1.forward(x)));
        return dropout3.forward(linear2.forward(wide));
    }

    @Override
    public Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("self_attn", own);
        parts.put("multihead_attn", other);
        parts.put("linear1", linear1);
        parts.put("dropout", dropout);
        parts.put("linear2", linear2);
        parts.put("norm1", norm1);
        parts.put("norm2", norm2);
        parts.put("norm3", norm3);
        parts.put("dropout1", dropout1);
        parts.put("dropout2", dropout2);
        parts.put("dropout3", dropout3);
        return parts;
    }

    @Override
    public String toString() {
        return ModelText.tree("TransformerDecoderLayer", children());
    }
}
