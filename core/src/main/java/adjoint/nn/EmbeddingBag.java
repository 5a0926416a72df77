package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import java.util.Locale;
import java.util.Map;

/** A table of vectors, of which bags are read, each reduced to one vector. Its rows start normal, as PyTorch's. */
public final class EmbeddingBag implements Layer {
    private final Tensor weight;
    private final BagMode mode;
    private final Embedding.Options options;

    /** A table of {@code count} vectors, whose bags become their means. */
    public EmbeddingBag(long count, long size) {
        this(count, size, BagMode.MEAN);
    }

    /** A table of {@code count} vectors. */
    public EmbeddingBag(long count, long size, BagMode mode) {
        this(count, size, mode, Embedding.Options.PLAIN);
    }

    /**
     * A table that is not read in the plain way; of the options, gradients by count have no meaning here.
     *
     * @throws IndexException if there is no such row as that of padding
     */
    public EmbeddingBag(long count, long size, BagMode mode, Embedding.Options options) {
        weight = Embedding.drawn(count, size, options);
        this.mode = mode;
        this.options = options;
    }

    /** Bags of the same length: {@code [bags, length] → [bags, size]}. */
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null, null);
    }

    /** Bags of any length; see {@link Functional#embeddingBag(Tensor, Tensor, Tensor, BagMode)}. */
    public Tensor forward(Tensor x, Tensor offsets) {
        return forward(x, offsets, null);
    }

    /**
     * Bags of weighted rows.
     *
     * @param x a vector of positions, or {@code [bags, length]} without offsets
     * @param offsets where each bag starts in {@code x}, or null
     * @param weights of x's shape, or null for none
     * @throws ShapeException if shapes do not fit
     */
    public Tensor forward(Tensor x, Tensor offsets, Tensor weights) {
        return Functional.embeddingBag(x, weight, offsets, mode, weights, options);
    }

    /** {@code [count, size]}. */
    public Tensor weight() {
        return weight;
    }

    @Override
    public Map<String, Object> parts() {
        return LayerNorm.named(weight, null);
    }

    @Override
    public String toString() {
        long padding = options.paddingOf(weight.size(0));
        return "EmbeddingBag(" + weight.size(0) + ", " + weight.size(1) + options.text() + ", mode='"
                + mode.name().toLowerCase(Locale.ROOT) + "'" + (padding < 0 ? "" : ", padding_idx=" + padding) + ")";
    }
}
