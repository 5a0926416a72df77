package adjoint.nn;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An encoder and a decoder that looks at what it makes. Vaswani et al., "Attention Is All You Need", 2017.
 *
 * <pre>{@code
 * var transformer = new Transformer(512, 8, 6, 6, Transformer.dropout(0.1).batchFirst());
 * var masks = TransformerMasks.NONE.target(Transformer.causalMask(20));
 * transformer.forward(source, target, masks);       // [n, 10, 512], [n, 20, 512] → [n, 20, 512]
 * }</pre>
 *
 * <p>What is said here of options goes for {@link TransformerEncoderLayer} and {@link TransformerDecoderLayer} too.
 */
public final class Transformer implements Model {
    private final long size;
    private final boolean batchFirst;
    private final TransformerEncoder encoder;
    private final TransformerDecoder decoder;

    /**
     * The plain one: networks of 2048 at each place, relu, dropout of 0.1.
     *
     * @param size how many features there are at each place
     */
    public Transformer(long size, long heads, int encoderLayers, int decoderLayers) {
        this(size, heads, encoderLayers, decoderLayers, Options.PLAIN);
    }

    /** Not the plain one. All matrices start by Xavier's rule. */
    public Transformer(long size, long heads, int encoderLayers, int decoderLayers, Options options) {
        this.size = size;
        batchFirst = options.batchFirst;
        encoder = new TransformerEncoder(
                new TransformerEncoderLayer(size, heads, options), encoderLayers, options.norm(size));
        decoder = new TransformerDecoder(
                new TransformerDecoderLayer(size, heads, options), decoderLayers, options.norm(size));
        parameters().stream().filter(p -> p.shape().rank() > 1).forEach(Init::xavierUniform);
    }

    // ---------------------------------------------------------------- options

    /** See {@link Options#feedForward}. */
    public static Options feedForward(long size) {
        return Options.PLAIN.feedForward(size);
    }

    /** See {@link Options#dropout}. */
    public static Options dropout(double p) {
        return Options.PLAIN.dropout(p);
    }

    /** See {@link Options#activation}. */
    public static Options activation(UnaryOperator<Tensor> activation) {
        return Options.PLAIN.activation(activation);
    }

    /** See {@link Options#eps}. */
    public static Options eps(double eps) {
        return Options.PLAIN.eps(eps);
    }

    /** See {@link Options#batchFirst}. */
    public static Options batchFirst() {
        return Options.PLAIN.batchFirst();
    }

    /** See {@link Options#normFirst}. */
    public static Options normFirst() {
        return Options.PLAIN.normFirst();
    }

    /** See {@link Options#withoutBias}. */
    public static Options withoutBias() {
        return Options.PLAIN.withoutBias();
    }

    /** Where a transformer differs from the plain one, said in any order. Immutable: each method gives new options. */
    public static final class Options {
        static final Options PLAIN = new Options(2048, 0.1, Tensor::relu, 1e-5, false, false, true);

        final long feedForward;
        final double dropout;
        final UnaryOperator<Tensor> activation;
        final double eps;
        final boolean batchFirst;
        final boolean normFirst;
        final boolean bias;

        private Options(
                long feedForward,
                double dropout,
                UnaryOperator<Tensor> activation,
                double eps,
                boolean batchFirst,
                boolean normFirst,
                boolean bias) {
            this.feedForward = feedForward;
            this.dropout = dropout;
            this.activation = activation;
            this.eps = eps;
            this.batchFirst = batchFirst;
            this.normFirst = normFirst;
            this.bias = bias;
        }

        /** How wide the network at each place is; 2048 if not said. PyTorch: {@code dim_feedforward}. */
        public Options feedForward(long size) {
            return new Options(size, dropout, activation, eps, batchFirst, normFirst, bias);
        }

        /** The share that is left out in training: of attention's weights, in the networks, of what is added; 0.1 if not said. */
        public Options dropout(double p) {
            Dropouts.checkProbability("dropout", p);
            return new Options(feedForward, p, activation, eps, batchFirst, normFirst, bias);
        }

        /** What is between the two matrices of a network; relu if not said: {@code activation(Functional::gelu)}. */
        public Options activation(UnaryOperator<Tensor> function) {
            return new Options(feedForward, dropout, function, eps, batchFirst, normFirst, bias);
        }

        /** What is added to variances; 1e-5 if not said. PyTorch: {@code layer_norm_eps}. */
        public Options eps(double value) {
            return new Options(feedForward, dropout, activation, value, batchFirst, normFirst, bias);
        }

        /** Inputs and outputs are {@code [n, places, size]} instead of {@code [places, n, size]}. */
        public Options batchFirst() {
            return new Options(feedForward, dropout, activation, eps, true, normFirst, bias);
        }

        /** What a part gets is normalised, instead of what it makes and its input together. */
        public Options normFirst() {
            return new Options(feedForward, dropout, activation, eps, batchFirst, true, bias);
        }

        /** Without biases. PyTorch: {@code bias=False}. */
        public Options withoutBias() {
            return new Options(feedForward, dropout, activation, eps, batchFirst, normFirst, false);
        }

        MultiHeadAttention attention(long size, long heads, Rng rng) {
            Attention.Options attention = Attention.dropout(dropout);
            attention = batchFirst ? attention.batchFirst() : attention;
            return new MultiHeadAttention(size, heads, bias ? attention : attention.withoutBias(), rng);
        }

        Linear linear(long in, long out, Rng rng) {
            return bias ? new Linear(in, out, rng, DType.F32) : Linear.withoutBias(in, out, rng, DType.F32);
        }

        LayerNorm norm(long size) {
            Normalization.Options norm = Normalization.eps(eps);
            return new LayerNorm(size, bias ? norm : norm.withoutBias());
        }

        /** A part with a way around it. */
        Tensor around(Tensor x, LayerNorm norm, UnaryOperator<Tensor> part) {
            return normFirst ? x.add(part.apply(norm.forward(x))) : norm.forward(x.add(part.apply(x)));
        }
    }

    // ---------------------------------------------------------------- forward

    /**
     * The mask that keeps each place from looking at later ones. PyTorch: {@code generate_square_subsequent_mask}.
     *
     * @return F32 {@code [places, places]}: −∞ above the diagonal, else 0
     */
    public static Tensor causalMask(long places) {
        return Tensor.full(Double.NEGATIVE_INFINITY, places, places).triu(1);
    }

    /** Without masks. */
    public Tensor forward(Tensor source, Tensor target) {
        return forward(source, target, TransformerMasks.NONE);
    }

    /**
     * What the decoder makes of the target, looking at what the encoder makes of the source.
     *
     * @param source {@code [places, n, size]}, {@code [n, places, size]} if batch-first, or {@code [places, size]}
     * @param target the same, of other places
     * @return of the target's shape
     * @throws ShapeException if shapes do not fit
     */
    public Tensor forward(Tensor source, Tensor target, TransformerMasks masks) {
        int batch = batchFirst ? 0 : 1;
        boolean single = source.shape().rank() == 2;
        if (source.shape().rank() != target.shape().rank()
                || (!single && source.size(batch) != target.size(batch))
                || source.size(-1) != size
                || target.size(-1) != size) {
            throw new ShapeException("Transformer: of source " + source.shape() + " and target " + target.shape()
                    + ": both have to have as many examples, and " + size + " features. Check them, and batchFirst.");
        }
        Tensor memory = encoder.forward(source, masks.source(), masks.sourcePadding());
        return decoder.forward(target, memory, masks);
    }

    /** The part that makes something of the source. */
    public TransformerEncoder encoder() {
        return encoder;
    }

    /** The part that makes something of the target and of what the encoder made. */
    public TransformerDecoder decoder() {
        return decoder;
    }

    @Override
    public Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("encoder", encoder);
        parts.put("decoder", decoder);
        return parts;
    }

    @Override
    public String toString() {
        return ModelText.tree("Transformer", children());
    }
}
