package adjoint.conformance;

import static adjoint.conformance.TorchLayers.optional;

import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Path;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.nn.Attention;
import adjoint.nn.AttentionOutput;
import adjoint.nn.Functional;
import adjoint.nn.Layer;
import adjoint.nn.MultiHeadAttention;
import adjoint.nn.MultiHeadAttention.Weights;
import adjoint.nn.Transformer;
import adjoint.nn.TransformerDecoder;
import adjoint.nn.TransformerDecoderLayer;
import adjoint.nn.TransformerEncoder;
import adjoint.nn.TransformerEncoderLayer;
import adjoint.nn.TransformerMasks;
import adjoint.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Attention, and what is built of it. */
final class TorchAttention {
    private TorchAttention() {}

    static void define() {
        TorchTable.define(
                "F.scaled_dot_product_attention(query, key, value, attn_mask, dropout_p, is_causal, scale, enable_gqa)",
                TorchAttention::scaledDotProduct);
        TorchTable.define(
                "nn.MultiheadAttention(embed_dim, num_heads, dropout, bias, add_bias_kv, add_zero_attn, kdim, vdim,"
                        + " batch_first)",
                a -> new MultiHeadAttention(a.integer("embed_dim", 0), a.integer("num_heads", 0), options(a)));
        TorchTable.define(
                "MultiHeadAttention.__call__(self, query, key, value, key_padding_mask, need_weights, attn_mask,"
                        + " average_attn_weights, is_causal)",
                TorchAttention::multiHead);
        layers();
        stacks();
    }

    private static Tensor scaledDotProduct(Arguments a) {
        Tensor q = a.tensor("query");
        Tensor k = a.tensor("key");
        Tensor v = a.tensor("value");
        if (a.flag("enable_gqa", false)) {
            k = k.repeatInterleave(q.size(-3) / k.size(-3), -3);
            v = v.repeatInterleave(q.size(-3) / v.size(-3), -3);
        }
        Tensor mask = optional(a, "attn_mask");
        if (a.flag("is_causal", false)) {
            if (mask != null) {
                throw new Unwritable("two masks");
            }
            mask = Functional.causalMask(q.size(-2), k.size(-2));
        }
        if (!a.has("dropout_p") && !a.has("scale")) {
            return Functional.scaledDotProductAttention(q, k, v, mask);
        }
        double scale = a.number("scale", 1 / Math.sqrt((double) q.size(-1)));
        return Functional.scaledDotProductAttention(q, k, v, mask, a.number("dropout_p", 0), scale);
    }

    private static Attention.Options options(Arguments a) {
        Attention.Options options = Attention.dropout(a.number("dropout", 0));
        options = a.flag("bias", true) ? options : options.withoutBias();
        options = a.flag("add_bias_kv", false) ? options.learnedKey() : options;
        options = a.flag("add_zero_attn", false) ? options.zeroKey() : options;
        options = a.has("kdim") ? options.keySize(a.integer("kdim", 0)) : options;
        options = a.has("vdim") ? options.valueSize(a.integer("vdim", 0)) : options;
        return a.flag("batch_first", false) ? options.batchFirst() : options;
    }

    private static Tuple multiHead(Arguments a) {
        Weights weights = !a.flag("need_weights", true)
                ? Weights.NONE
                : a.flag("average_attn_weights", true) ? Weights.AVERAGED : Weights.EACH_HEAD;
        a.has("average_attn_weights");
        Tensor mask = hinted(a, "is_causal", optional(a, "attn_mask"));
        AttentionOutput out = ((MultiHeadAttention) a.get("self"))
                .forward(
                        a.tensor("query"),
                        a.tensor("key"),
                        a.tensor("value"),
                        mask,
                        optional(a, "key_padding_mask"),
                        weights);
        return new Tuple(Arrays.asList(out.output(), out.weights()));
    }

    /** A mask of which a flag says that it is the usual one: a hint that is not needed here. */
    private static Tensor hinted(Arguments a, String flag, Tensor mask) {
        if (a.flag(flag, false) && mask == null) {
            throw new Unwritable("a hint at no mask");
        }
        return mask;
    }

    // ---------------------------------------------------------------- transformers

    private static final String OPTIONS =
            "dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias)";

    private static Transformer.Options transformer(Arguments a) {
        Transformer.Options options =
                Transformer.dropout(a.number("dropout", 0.1)).eps(a.number("layer_norm_eps", 1e-5));
        options = a.has("dim_feedforward") ? options.feedForward(a.integer("dim_feedforward", 0)) : options;
        options = a.has("activation") ? options.activation(activation(a.get("activation"))) : options;
        options = a.flag("batch_first", false) ? options.batchFirst() : options;
        options = a.flag("norm_first", false) ? options.normFirst() : options;
        return a.flag("bias", true) ? options : options.withoutBias();
    }

    private static UnaryOperator<Tensor> activation(Object of) {
        return switch (of) {
            case String name when name.equals("relu") -> Tensor::relu;
            case String name when name.equals("gelu") -> Functional::gelu;
            case Path(String name) -> x -> (Tensor) Torch.function(name).call(List.of(x), Map.of());
            case Callable function -> x -> (Tensor) function.call(List.of(x), Map.of());
            case Layer layer -> layer::forward;
            case null, default -> throw new Unwritable("such an activation");
        };
    }

    private static void layers() {
        TorchTable.define(
                "nn.TransformerEncoderLayer(d_model, nhead, " + OPTIONS,
                a -> new TransformerEncoderLayer(a.integer("d_model", 0), a.integer("nhead", 0), transformer(a)));
        TorchTable.define(
                "nn.TransformerDecoderLayer(d_model, nhead, " + OPTIONS,
                a -> new TransformerDecoderLayer(a.integer("d_model", 0), a.integer("nhead", 0), transformer(a)));
        TorchTable.define(
                "TransformerEncoderLayer.__call__(self, src, src_mask, src_key_padding_mask, is_causal)",
                a -> ((TransformerEncoderLayer) a.get("self"))
                        .forward(
                                a.tensor("src"),
                                hinted(a, "is_causal", optional(a, "src_mask")),
                                optional(a, "src_key_padding_mask")));
        TorchTable.define(
                "TransformerDecoderLayer.__call__(self, tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask,"
                        + " memory_key_padding_mask, tgt_is_causal, memory_is_causal)",
                a -> ((TransformerDecoderLayer) a.get("self"))
                        .forward(a.tensor("tgt"), a.tensor("memory"), decoderMasks(a)));
    }

    private static TransformerMasks decoderMasks(Arguments a) {
        return TransformerMasks.NONE
                .target(hinted(a, "tgt_is_causal", optional(a, "tgt_mask")))
                .memory(hinted(a, "memory_is_causal", optional(a, "memory_mask")))
                .targetPadding(optional(a, "tgt_key_padding_mask"))
                .memoryPadding(optional(a, "memory_key_padding_mask"));
    }

    private static void stacks() {
        TorchTable.define(
                "nn.TransformerEncoder(encoder_layer, num_layers, norm, enable_nested_tensor, mask_check)", a -> {
                    a.has("enable_nested_tensor"); // of which there are none here
                    a.has("mask_check");
                    return new TransformerEncoder(
                            (TransformerEncoderLayer) a.get("encoder_layer"), a.integer("num_layers", 0), (Layer)
                                    a.get("norm"));
                });
        TorchTable.define(
                "nn.TransformerDecoder(decoder_layer, num_layers, norm)",
                a -> new TransformerDecoder(
                        (TransformerDecoderLayer) a.get("decoder_layer"), a.integer("num_layers", 0), (Layer)
                                a.get("norm")));
        TorchTable.define(
                "TransformerEncoder.__call__(self, src, mask, src_key_padding_mask, is_causal)",
                a -> ((TransformerEncoder) a.get("self"))
                        .forward(
                                a.tensor("src"),
                                hinted(a, "is_causal", optional(a, "mask")),
                                optional(a, "src_key_padding_mask")));
        TorchTable.define(
                "TransformerDecoder.__call__(self, tgt, memory, tgt_mask, memory_mask, tgt_key_padding_mask,"
                        + " memory_key_padding_mask, tgt_is_causal, memory_is_causal)",
                a -> ((TransformerDecoder) a.get("self"))
                        .forward(a.tensor("tgt"), a.tensor("memory"), decoderMasks(a)));
        TorchTable.define(
                "nn.Transformer(d_model, nhead, num_encoder_layers, num_decoder_layers, dim_feedforward, dropout,"
                        + " activation, custom_encoder, custom_decoder, layer_norm_eps, batch_first, norm_first, bias)",
                a -> new Transformer(
                        a.integer("d_model", 512),
                        a.integer("nhead", 8),
                        a.integer("num_encoder_layers", 6),
                        a.integer("num_decoder_layers", 6),
                        transformer(a)));
        TorchTable.define(
                "Transformer.__call__(self, src, tgt, src_mask, tgt_mask, memory_mask, src_key_padding_mask,"
                        + " tgt_key_padding_mask, memory_key_padding_mask, src_is_causal, tgt_is_causal, memory_is_causal)",
                a -> ((Transformer) a.get("self"))
                        .forward(
                                a.tensor("src"),
                                a.tensor("tgt"),
                                decoderMasks(a)
                                        .source(hinted(a, "src_is_causal", optional(a, "src_mask")))
                                        .sourcePadding(optional(a, "src_key_padding_mask"))));
        TorchTable.define(
                "nn.Transformer.generate_square_subsequent_mask(sz)", a -> Transformer.causalMask(a.integer("sz", 0)));
    }
}
