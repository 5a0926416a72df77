package adjoint.conformance;

import adjoint.nn.BagMode;
import adjoint.nn.BatchNorm1d;
import adjoint.nn.BatchNorm2d;
import adjoint.nn.BatchNorm3d;
import adjoint.nn.Bilinear;
import adjoint.nn.Embedding;
import adjoint.nn.EmbeddingBag;
import adjoint.nn.Functional;
import adjoint.nn.GroupNorm;
import adjoint.nn.InstanceNorm1d;
import adjoint.nn.InstanceNorm2d;
import adjoint.nn.InstanceNorm3d;
import adjoint.nn.LayerNorm;
import adjoint.nn.LazyBatchNorm1d;
import adjoint.nn.LazyBatchNorm2d;
import adjoint.nn.LazyBatchNorm3d;
import adjoint.nn.LocalResponseNorm;
import adjoint.nn.Model;
import adjoint.nn.Normalization;
import adjoint.nn.Passthrough;
import adjoint.nn.RMSNorm;
import adjoint.tensor.Tensor;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Layers of normalisation, of embedding and others, and their functions. */
final class TorchLayers {
    private TorchLayers() {}

    static void define() {
        normalizations();
        normalizationLayers();
        tables();
        others();
        TorchRecurrent.define();
        TorchAttention.define();
    }

    /** A tensor that may be missing. */
    static Tensor optional(Arguments a, String name) {
        return a.has(name) ? a.tensor(name) : null;
    }

    // ---------------------------------------------------------------- normalisation

    private static void normalizations() {
        TorchTable.define(
                "F.batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps)",
                a -> normalized(a, a.flag("training", false), Functional::batchNormTraining));
        TorchTable.define(
                "F.instance_norm(input, running_mean, running_var, weight, bias, use_input_stats, momentum, eps)",
                a -> normalized(a, a.flag("use_input_stats", true), Functional::instanceNorm));
        TorchTable.define(
                "F.layer_norm(input, normalized_shape, weight, bias, eps)",
                a -> Functional.layerNorm(
                        a.tensor("input"),
                        a.sizes("normalized_shape"),
                        optional(a, "weight"),
                        optional(a, "bias"),
                        a.number("eps", 1e-5)));
        TorchTable.define("F.rms_norm(input, normalized_shape, weight, eps)", a -> {
            Tensor weight = optional(a, "weight");
            long[] shape = a.sizes("normalized_shape");
            return a.has("eps")
                    ? Functional.rmsNorm(a.tensor("input"), shape, weight, a.number("eps"))
                    : Functional.rmsNorm(a.tensor("input"), shape, weight);
        });
        TorchTable.define(
                "F.group_norm(input, num_groups, weight, bias, eps)",
                a -> Functional.groupNorm(
                        a.tensor("input"),
                        a.integer("num_groups", 0),
                        optional(a, "weight"),
                        optional(a, "bias"),
                        a.number("eps", 1e-5)));
        TorchTable.define(
                "F.local_response_norm(input, size, alpha, beta, k)",
                a -> Functional.localResponseNorm(
                        a.tensor("input"),
                        a.integer("size", 0),
                        a.number("alpha", 1e-4),
                        a.number("beta", 0.75),
                        a.number("k", 1)));
    }

    /** By the input's own statistics. */
    @FunctionalInterface
    private interface InTraining {
        Tensor of(Tensor x, Tensor mean, Tensor variance, Tensor weight, Tensor bias, double momentum, double eps);
    }

    private static Tensor normalized(Arguments a, boolean training, InTraining own) {
        Tensor x = a.tensor("input");
        Tensor mean = optional(a, "running_mean");
        Tensor variance = optional(a, "running_var");
        Tensor weight = optional(a, "weight");
        Tensor bias = optional(a, "bias");
        double momentum = a.number("momentum", 0.1);
        double eps = a.number("eps", 1e-5);
        return training
                ? own.of(x, mean, variance, weight, bias, momentum, eps)
                : Functional.batchNorm(x, mean, variance, weight, bias, eps);
    }

    private static void normalizationLayers() {
        channels("BatchNorm1d", BatchNorm1d::new);
        channels("BatchNorm2d", BatchNorm2d::new);
        channels("BatchNorm3d", BatchNorm3d::new);
        channels("InstanceNorm1d", InstanceNorm1d::new);
        channels("InstanceNorm2d", InstanceNorm2d::new);
        channels("InstanceNorm3d", InstanceNorm3d::new);
        lazy("LazyBatchNorm1d", LazyBatchNorm1d::new);
        lazy("LazyBatchNorm2d", LazyBatchNorm2d::new);
        lazy("LazyBatchNorm3d", LazyBatchNorm3d::new);
        TorchTable.define(
                "nn.LayerNorm(normalized_shape, eps, elementwise_affine, bias)",
                a -> new LayerNorm(a.sizes("normalized_shape"), options(a, "elementwise_affine")));
        TorchTable.define(
                "nn.RMSNorm(normalized_shape, eps, elementwise_affine)",
                a -> new RMSNorm(a.sizes("normalized_shape"), options(a, "elementwise_affine")));
        TorchTable.define(
                "nn.GroupNorm(num_groups, num_channels, eps, affine, bias)",
                a -> new GroupNorm(a.integer("num_groups", 0), a.integer("num_channels", 0), options(a, "affine")));
        TorchTable.define(
                "nn.LocalResponseNorm(size, alpha, beta, k)",
                a -> new LocalResponseNorm(
                        a.integer("size", 0), a.number("alpha", 1e-4), a.number("beta", 0.75), a.number("k", 1)));
    }

    private static void channels(String name, BiFunction<Long, Normalization.Options, Model> layer) {
        TorchTable.define(
                "nn." + name + "(num_features, eps, momentum, affine, track_running_stats, bias)",
                a -> layer.apply((long) a.integer("num_features", 0), running(a)));
    }

    private static void lazy(String name, Function<Normalization.Options, Model> layer) {
        TorchTable.define(
                "nn." + name + "(eps, momentum, affine, track_running_stats, bias)", a -> layer.apply(running(a)));
    }

    private static Normalization.Options running(Arguments a) {
        Normalization.Options options = options(a, "affine");
        options = a.isNone("momentum") ? options.cumulative() : options.momentum(a.number("momentum", 0.1));
        if (!a.has("track_running_stats")) {
            return options;
        }
        return a.flag("track_running_stats", true) ? options.tracked() : options.untracked();
    }

    private static Normalization.Options options(Arguments a, String affine) {
        Normalization.Options options =
                a.has("eps") ? Normalization.eps(a.number("eps")) : Normalization.momentum(0.1); // which is how it is
        options = !a.has(affine) ? options : a.flag(affine, true) ? options.affine() : options.withoutAffine();
        return a.flag("bias", true) ? options : options.withoutBias();
    }

    // ---------------------------------------------------------------- tables of vectors

    private static final String READING = "max_norm, norm_type, scale_grad_by_freq, ";

    private static void tables() {
        TorchTable.define(
                "F.embedding(input, weight, padding_idx, " + READING + "sparse)",
                a -> Functional.embedding(a.tensor("input"), a.tensor("weight"), reading(a)));
        TorchTable.define(
                "nn.Embedding(num_embeddings, embedding_dim, padding_idx, " + READING + "sparse)",
                a -> new Embedding(a.integer("num_embeddings", 0), a.integer("embedding_dim", 0), reading(a)));
        TorchTable.define(
                "nn.Embedding.from_pretrained(embeddings, freeze, padding_idx, " + READING + "sparse)",
                a -> new Embedding(a.tensor("embeddings").detach().requiresGrad(!a.flag("freeze", true)), reading(a)));
        TorchTable.define(
                "F.embedding_bag(input, weight, offsets, max_norm, norm_type, scale_grad_by_freq, mode, sparse,"
                        + " per_sample_weights, include_last_offset, padding_idx)",
                a -> Functional.embeddingBag(
                        bagged(a, a.tensor("input")),
                        a.tensor("weight"),
                        offsets(a),
                        mode(a),
                        bagged(a, optional(a, "per_sample_weights")),
                        plainGradients(a)));
        TorchTable.define(
                "nn.EmbeddingBag(num_embeddings, embedding_dim, max_norm, norm_type, scale_grad_by_freq, mode, sparse,"
                        + " padding_idx)",
                a -> new EmbeddingBag(
                        a.integer("num_embeddings", 0), a.integer("embedding_dim", 0), mode(a), plainGradients(a)));
        TorchTable.define("EmbeddingBag.__call__(self, input, offsets, per_sample_weights)", a -> {
            Tensor weights = optional(a, "per_sample_weights");
            return ((EmbeddingBag) a.get("self")).forward(a.tensor("input"), optional(a, "offsets"), weights);
        });
    }

    private static Embedding.Options reading(Arguments a) {
        if (a.flag("sparse", false)) {
            throw new Unsupported("a sparse gradient");
        }
        Embedding.Options options = Embedding.normType(a.number("norm_type", 2));
        options = a.has("padding_idx") ? options.padding(a.integer("padding_idx", 0)) : options;
        options = a.has("max_norm") ? options.maxNorm(a.number("max_norm")) : options;
        return a.flag("scale_grad_by_freq", false) ? options.gradientByCount() : options;
    }

    private static Embedding.Options plainGradients(Arguments a) {
        if (a.flag("scale_grad_by_freq", false)) {
            throw new Unsupported("gradients of bags by count");
        }
        return reading(a);
    }

    private static BagMode mode(Arguments a) {
        return switch (a.has("mode") ? (String) a.get("mode") : "mean") {
            case "sum" -> BagMode.SUM;
            case "mean" -> BagMode.MEAN;
            case "max" -> BagMode.MAX;
            default -> throw new Unwritable("such a mode");
        };
    }

    /** Where the last offset is the end of the last bag, what comes after it is in none. */
    private static Tensor bagged(Arguments a, Tensor x) {
        if (x == null || x.shape().rank() != 1 || !a.flag("include_last_offset", false)) {
            return x;
        }
        return x.slice(0, 0, a.tensor("offsets").select(0, -1).itemLong());
    }

    private static Tensor offsets(Arguments a) {
        Tensor offsets = optional(a, "offsets");
        if (offsets != null && a.tensor("input").shape().rank() == 2) {
            throw new Unwritable("offsets of bags of one length");
        }
        if (offsets == null && a.tensor("input").shape().rank() == 1) {
            throw new Unwritable("bags without offsets");
        }
        return a.flag("include_last_offset", false) ? offsets.slice(0, 0, offsets.size(0) - 1) : offsets;
    }

    // ---------------------------------------------------------------- others

    private static void others() {
        TorchTable.define(
                "F.bilinear(input1, input2, weight, bias)",
                a -> Functional.bilinear(
                        a.tensor("input1"), a.tensor("input2"), a.tensor("weight"), optional(a, "bias")));
        TorchTable.define("nn.Bilinear(in1_features, in2_features, out_features, bias)", a -> {
            int in1 = a.integer("in1_features", 0);
            int in2 = a.integer("in2_features", 0);
            int out = a.integer("out_features", 0);
            return a.flag("bias", true) ? new Bilinear(in1, in2, out) : Bilinear.withoutBias(in1, in2, out);
        });
        TorchTable.define(
                "Bilinear.__call__(self, input1, input2)",
                a -> ((Bilinear) a.get("self")).forward(a.tensor("input1"), a.tensor("input2")));
        TorchTable.FUNCTIONS.put("nn.Identity", (_, _) -> new Passthrough());
    }
}
