package adjoint.nn;

import adjoint.nn.MultiHeadAttention.Weights;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A layer of an encoder: all places look at each other, then each goes through a network. Options are {@link Transformer}'s. */
public final class TransformerEncoderLayer implements Layer {
    private final long size;
    private final long heads;
    private final Transformer.Options options;
    private final MultiHeadAttention attention;
    private final Linear linear1;
    private final Linear linear2;
    private final Dropout dropout;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final Dropout dropout1;
    private final Dropout dropout2;

    /** The plain one: a network of 2048 at each place, relu, dropout of 0.1. */
    public TransformerEncoderLayer(long size, long heads) {
        this(size, heads, Transformer.Options.PLAIN);
    }

    /** Not the plain one. */
    public TransformerEncoderLayer(long size, long heads, Transformer.Options options) {
        this(size, heads, options, Rng.global());
    }

    private TransformerEncoderLayer(long size, long heads, Transformer.Options options, Rng rng) {
        this.size = size;
        this.heads = heads;
        this.options = options;
        attention = options.attention(size, heads, rng);
        linear1 = options.linear(size, options.feedForward, rng);
        dropout = new Dropout(options.dropout);
        linear2 = options.linear(options.feedForward, size, rng);
        norm1 = options.norm(size);
        norm2 = options.norm(size);
        dropout1 = new Dropout(options.dropout);
        dropout2 = new Dropout(options.dropout);
    }

    /** Another layer with the same values. */
    TransformerEncoderLayer copy() {
        var copy = new TransformerEncoderLayer(size, heads, options, Rng.torch(0));
        States.copy(this, copy);
        return copy;
    }

    /** Without masks. */
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null, null);
    }

    /**
     * What becomes of all places.
     *
     * @param x {@code [places, n, size]}, {@code [n, places, size]} if batch-first, or {@code [places, size]}
     * @param mask which places a place may not look at, {@code [places, places]}: true, or −∞ to be added; null for none
     * @param padding which places none may look at, {@code [n, places]}; null for none
     * @throws ShapeException if shapes do not fit
     */
    public Tensor forward(Tensor x, Tensor mask, Tensor padding) {
        Tensor seen = options.around(
                x,
                norm1,
                y -> dropout1.forward(
                        attention.forward(y, y, y, mask, padding, Weights.NONE).output()));
        return options.around(seen, norm2, this::network);
    }

    private Tensor network(Tensor x) {
        Tensor wide = dropout.forward(options.activation.apply(linear1.forward(x)));
        return dropout2.forward(linear2.forward(wide));
    }

    @Override
    public Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("self_attn", attention);
        parts.put("linear1", linear1);
        parts.put("dropout", dropout);
        parts.put("linear2", linear2);
        parts.put("norm1", norm1);
        parts.put("norm2", norm2);
        parts.put("dropout1", dropout1);
        parts.put("dropout2", dropout2);
        return parts;
    }

    @Override
    public String toString() {
        return ModelText.tree("TransformerEncoderLayer", children());
    }
}
