package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.IndexException;
import java.util.Map;

/**
 * A table of vectors, read by number: {@code [...] → [..., size]}, of integers. Its rows start normal, as PyTorch's, from the
 * same random numbers.
 *
 * <pre>{@code
 * var words = new Embedding(10_000, 64, Embedding.padding(0));
 * words.forward(Tensor.of(5L, 17, 0));      // [3, 64]; row 0 stays zero
 * }</pre>
 */
public final class Embedding implements Layer {
    private final Tensor weight;
    private final Options options;

    /** A table of {@code count} vectors. */
    public Embedding(long count, long size) {
        this(count, size, Options.PLAIN);
    }

    /**
     * A table that is not read in the plain way. The row of padding is zero.
     *
     * @throws IndexException if there is no such row
     */
    public Embedding(long count, long size, Options options) {
        this(drawn(count, size, options), options);
    }

    /** A table of this tensor itself, {@code [count, size]}. PyTorch: {@code from_pretrained}. */
    public Embedding(Tensor weight, Options options) {
        options.paddingOf(weight.size(0));
        this.weight = weight;
        this.options = options;
    }

    static Tensor drawn(long count, long size, Options options) {
        Tensor weight = Tensor.zeros(count, size);
        long padding = options.paddingOf(count);
        weight.normalInPlace(0, 1);
        if (padding >= 0) {
            weight.select(0, padding).zeroInPlace();
        }
        return weight.requiresGrad(true);
    }

    // ---------------------------------------------------------------- options

    /** See {@link Options#padding}. */
    public static Options padding(long row) {
        return Options.PLAIN.padding(row);
    }

    /** See {@link Options#maxNorm}. */
    public static Options maxNorm(double norm) {
        return Options.PLAIN.maxNorm(norm);
    }

    /** See {@link Options#normType}. */
    public static Options normType(double p) {
        return Options.PLAIN.normType(p);
    }

    /** See {@link Options#gradientByCount}. */
    public static Options gradientByCount() {
        return Options.PLAIN.gradientByCount();
    }

    /** Where reading a table differs from the plain way, said in any order. Immutable: each method gives new options. */
    public static final class Options {
        static final Options PLAIN = new Options(null, null, 2, false);

        final Long padding;
        final Double maxNorm;
        final double normType;
        final boolean gradientByCount;

        private Options(Long padding, Double maxNorm, double normType, boolean gradientByCount) {
            this.padding = padding;
            this.maxNorm = maxNorm;
            this.normType = normType;
            this.gradientByCount = gradientByCount;
        }

        /** This row stands for nothing and gets no gradient; negative ones count from the last. PyTorch: {@code padding_idx}. */
        public Options padding(long row) {
            return new Options(row, maxNorm, normType, gradientByCount);
        }

        /** Rows with a larger norm are scaled to it, in place, when they are read. PyTorch: {@code max_norm}. */
        public Options maxNorm(double norm) {
            return new Options(padding, norm, normType, gradientByCount);
        }

        /** Which norm {@link #maxNorm} means; 2 if not said. PyTorch: {@code norm_type}. */
        public Options normType(double p) {
            return new Options(padding, maxNorm, p, gradientByCount);
        }

        /** A row's gradient is divided by how often it was read. PyTorch: {@code scale_grad_by_freq}. */
        public Options gradientByCount() {
            return new Options(padding, maxNorm, normType, true);
        }

        /** The row of padding in a table of so many rows, or −1 if there is none. */
        long paddingOf(long count) {
            if (padding == null) {
                return -1;
            }
            if (padding < -count || padding >= count) {
                throw new IndexException("embedding: padding " + padding + " in a table of " + count
                        + " rows: there is no such row. Use " + -count + " to " + (count - 1) + ".");
            }
            return padding < 0 ? padding + count : padding;
        }

        String text() {
            return (maxNorm == null ? "" : ", max_norm=" + ModelText.number(maxNorm))
                    + (normType == 2 ? "" : ", norm_type=" + ModelText.number(normType))
                    + (gradientByCount ? ", scale_grad_by_freq=True" : "");
        }
    }

    // ---------------------------------------------------------------- forward

    /**
     * The rows at the positions that {@code x} holds.
     *
     * @throws IndexException if there is no such row
     */
    @Override
    public Tensor forward(Tensor x) {
        return Functional.embedding(x, weight, options);
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
        return "Embedding(" + weight.size(0) + ", " + weight.size(1) + (padding < 0 ? "" : ", padding_idx=" + padding)
                + options.text() + ")";
    }
}
