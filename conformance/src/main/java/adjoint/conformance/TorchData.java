package adjoint.conformance;

import adjoint.nn.FanMode;
import adjoint.nn.Init;
import adjoint.nn.Linear;
import adjoint.nn.Nonlinearity;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Datasets and loaders, and the initial values of parameters. */
final class TorchData {
    private TorchData() {}

    static void define() {
        initialisers();
    }

    private static void initialisers() {
        init("uniform_(tensor, a, b, generator)", a -> Init.uniform(rng(a), t(a), a.number("a", 0), a.number("b", 1)));
        init(
                "normal_(tensor, mean, std, generator)",
                a -> Init.normal(rng(a), t(a), a.number("mean", 0), a.number("std", 1)));
        init(
                "trunc_normal_(tensor, mean, std, a, b, generator)",
                a -> Init.truncNormal(
                        rng(a), t(a), a.number("mean", 0), a.number("std", 1), a.number("a", -2), a.number("b", 2)));
        init("constant_(tensor, val)", a -> Init.constant(t(a), a.number("val")));
        init("ones_(tensor)", a -> Init.ones(t(a)));
        init("zeros_(tensor)", a -> Init.zeros(t(a)));
        init("eye_(tensor)", a -> Init.eye(t(a)));
        init("dirac_(tensor, groups)", a -> Init.dirac(t(a), a.integer("groups", 1)));
        init("xavier_uniform_(tensor, gain, generator)", a -> Init.xavierUniform(rng(a), t(a), a.number("gain", 1)));
        init("xavier_normal_(tensor, gain, generator)", a -> Init.xavierNormal(rng(a), t(a), a.number("gain", 1)));
        init(
                "kaiming_uniform_(tensor, a, mode, nonlinearity, generator)",
                a -> Init.kaimingUniform(rng(a), t(a), fan(a), kaimingGain(a)));
        init(
                "kaiming_normal_(tensor, a, mode, nonlinearity, generator)",
                a -> Init.kaimingNormal(rng(a), t(a), fan(a), kaimingGain(a)));
        init("orthogonal_(tensor, gain, generator)", a -> Init.orthogonal(rng(a), t(a), a.number("gain", 1)));
        init(
                "sparse_(tensor, sparsity, std)", // PyTorch takes only a part of the numbers from a generator
                a -> Init.sparse(t(a), a.number("sparsity"), a.number("std", 0.01)));
        init(
                "calculate_gain(nonlinearity, param)",
                a -> gain((String) a.get("nonlinearity"), a.has("param") ? a.number("param") : null));
        init("_calculate_fan_in_and_fan_out(tensor)", a -> {
            Init.Fans fans = Init.fans(t(a));
            return new PythonRun.Tuple(List.of(fans.in(), fans.out()));
        });
    }

    private static void init(String signature, Function<Arguments, Object> body) {
        TorchTable.define("nn.init." + signature, body);
    }

    private static Rng rng(Arguments a) {
        return TorchRandom.stream(a);
    }

    private static Tensor t(Arguments a) {
        return a.tensor("tensor");
    }

    private static FanMode fan(Arguments a) {
        return switch ((String) a.get("mode")) {
            case null -> FanMode.FAN_IN;
            case "fan_in" -> FanMode.FAN_IN;
            case "fan_out" -> FanMode.FAN_OUT;
            default -> throw new Unsupported("a mode that cannot be written here");
        };
    }

    private static double kaimingGain(Arguments a) {
        double slope = a.number("a", 0);
        return gain(a.has("nonlinearity") ? (String) a.get("nonlinearity") : "leaky_relu", slope);
    }

    private static double gain(String nonlinearity, Double slope) {
        return switch (nonlinearity) {
            case "linear", "conv1d", "conv2d", "conv3d" -> Nonlinearity.LINEAR.gain();
            case "conv_transpose1d", "conv_transpose2d", "conv_transpose3d" -> Nonlinearity.LINEAR.gain();
            case "sigmoid" -> Nonlinearity.SIGMOID.gain();
            case "tanh" -> Nonlinearity.TANH.gain();
            case "relu" -> Nonlinearity.RELU.gain();
            case "leaky_relu" -> slope == null ? Nonlinearity.LEAKY_RELU.gain() : Nonlinearity.leakyRelu(slope);
            case "selu" -> Nonlinearity.SELU.gain();
            default -> throw new Unsupported("a nonlinearity that cannot be written here");
        };
    }

    /** Checks a case of the group "init": a gain, or what follows from the sizes of a weight. */
    static void checkInit(Map<String, Object> json) {
        Map<?, ?> args = (Map<?, ?>) json.get("args");
        List<?> out = (List<?>) json.get("out");
        switch ((String) json.get("op")) {
            case "nn.init.calculate_gain" -> {
                Double slope = args.get("param") instanceof Number n ? n.doubleValue() : null;
                same("gain", out.getFirst(), gain((String) args.get("nonlinearity"), slope));
            }
            case "fan" -> checkFans(json, Json.longs(args.get("shape")));
            case null, default -> throw new Unsupported("cases of " + json.get("op"));
        }
    }

    private static void checkFans(Map<String, Object> json, long[] shape) {
        List<?> out = (List<?>) json.get("out");
        Init.Fans fans = Init.fans(Tensor.zeros(shape));
        same("fan in", out.get(0), fans.in());
        same("fan out", out.get(1), fans.out());
        uniform(json, "xavier_uniform_bound", shape, (rng, t) -> Init.xavierUniform(rng, t, 1));
        normal(json, "xavier_normal_std", shape, (rng, t) -> Init.xavierNormal(rng, t, 1));
        double relu = Nonlinearity.RELU.gain();
        uniform(
                json,
                "kaiming_uniform_bound_relu_fan_in",
                shape,
                (rng, t) -> Init.kaimingUniform(rng, t, FanMode.FAN_IN, relu));
        normal(
                json,
                "kaiming_normal_std_relu_fan_out",
                shape,
                (rng, t) -> Init.kaimingNormal(rng, t, FanMode.FAN_OUT, relu));
        double linear = Nonlinearity.leakyRelu(Math.sqrt(5));
        uniform(
                json,
                "linear_default_weight_bound",
                shape,
                (rng, t) -> Init.kaimingUniform(rng, t, FanMode.FAN_IN, linear));
        double bound = ((Number) json.get("linear_default_bias_bound")).doubleValue();
        Tensor weight = Tensor.zeros(DType.F64, 7, fans.in());
        same(
                "linear_default_bias_bound",
                new long[] {7},
                (rng, _) -> new Linear(fans.in(), 7, rng, DType.F64).bias(),
                (rng, t) -> {
                    weight.uniformInPlace(rng, 0, 1); // which the layer draws first
                    return t.uniformInPlace(rng, -bound, bound);
                });
    }

    /** Fills a tensor with numbers of a stream. */
    private interface Fill {
        Tensor of(Rng rng, Tensor t);
    }

    private static void uniform(Map<String, Object> json, String key, long[] shape, Fill fill) {
        double bound = ((Number) json.get(key)).doubleValue();
        same(key, shape, fill, (rng, t) -> t.uniformInPlace(rng, -bound, bound));
    }

    private static void normal(Map<String, Object> json, String key, long[] shape, Fill fill) {
        double std = ((Number) json.get(key)).doubleValue();
        same(key, shape, fill, (rng, t) -> t.normalInPlace(rng, 0, std));
    }

    private static void same(String key, long[] shape, Fill found, Fill expected) {
        double[] a =
                found.of(Rng.torch(1), Tensor.zeros(DType.F64, shape)).detach().toDoubles();
        double[] b = expected.of(Rng.torch(1), Tensor.zeros(DType.F64, shape)).toDoubles();
        for (int i = 0; i < a.length; i++) {
            same(key, b[i], a[i]);
        }
    }

    private static void same(String what, Object expected, Number found) {
        double wanted = ((Number) expected).doubleValue();
        if (!(Math.abs(found.doubleValue() - wanted) <= 1e-11 + 1e-9 * Math.abs(wanted))) {
            throw new GoldenCase.Disagreement(what + " is " + found + ", not " + wanted);
        }
    }
}
