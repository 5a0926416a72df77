package adjoint.conformance;

import adjoint.nn.BatchNorm1d;
import adjoint.nn.BatchNorm2d;
import adjoint.nn.BatchNorm3d;
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
}
