package adjoint.conformance;

import adjoint.nn.CELU;
import adjoint.nn.CosineSimilarity;
import adjoint.nn.ELU;
import adjoint.nn.Functional;
import adjoint.nn.GELU;
import adjoint.nn.GLU;
import adjoint.nn.Hardshrink;
import adjoint.nn.Hardsigmoid;
import adjoint.nn.Hardswish;
import adjoint.nn.Hardtanh;
import adjoint.nn.LeakyReLU;
import adjoint.nn.LogSigmoid;
import adjoint.nn.LogSoftmax;
import adjoint.nn.Mish;
import adjoint.nn.PReLU;
import adjoint.nn.PairwiseDistance;
import adjoint.nn.RReLU;
import adjoint.nn.ReLU;
import adjoint.nn.ReLU6;
import adjoint.nn.SELU;
import adjoint.nn.SiLU;
import adjoint.nn.Sigmoid;
import adjoint.nn.Softmax;
import adjoint.nn.Softmax2d;
import adjoint.nn.Softmin;
import adjoint.nn.Softplus;
import adjoint.nn.Softshrink;
import adjoint.nn.Softsign;
import adjoint.nn.Tanh;
import adjoint.nn.Tanhshrink;
import adjoint.nn.Threshold;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.List;
import java.util.function.Function;

/** Activations and distances: functions and layers. */
final class TorchActivations {
    private static final List<String> EVERYWHERE = List.of("F.", "torch.", "Tensor.");

    private TorchActivations() {}

    static void define() {
        rectifiers();
        smooth();
        shrinking();
        alongDimensions();
        distances();
        plainLayers();
        tunedLayers();
    }

    private static Tensor input(Arguments a) {
        return a.tensor("input");
    }

    /** A function of module F, the same with {@code inplace=True}, and its form with an underscore. */
    private static void activation(String name, String parameters, Function<Arguments, Tensor> body) {
        TorchTable.define("F." + name + "(input" + parameters + ", inplace)", a -> {
            boolean inPlace = a.flag("inplace", false);
            return inPlace ? input(a).copyInPlace(body.apply(a)) : body.apply(a);
        });
        for (String module : EVERYWHERE) {
            TorchTable.define(module + name + "_(input" + parameters + ")", a -> input(a).copyInPlace(body.apply(a)));
        }
    }

    private static void rectifiers() {
        activation("relu", "", a -> Functional.relu(input(a)));
        activation("relu6", "", a -> Functional.relu6(input(a)));
        activation(
                "hardtanh",
                ", min_val, max_val",
                a -> Functional.hardtanh(input(a), a.number("min_val", -1), a.number("max_val", 1)));
        activation(
                "leaky_relu",
                ", negative_slope",
                a -> Functional.leakyRelu(input(a), a.number("negative_slope", 0.01)));
        activation(
                "threshold",
                ", threshold, value",
                a -> Functional.threshold(input(a), a.number("threshold"), a.number("value")));
        activation("rrelu", ", lower, upper, training", a -> {
            double lower = a.number("lower", 1.0 / 8);
            double upper = a.number("upper", 1.0 / 3);
            return a.flag("training", false)
                    ? Functional.rrelu(input(a), lower, upper, Rng.global())
                    : Functional.rrelu(input(a), lower, upper);
        });
        for (String name : List.of("relu", "threshold", "rrelu")) {
            TorchTable.FUNCTIONS.put("torch." + name, TorchTable.FUNCTIONS.get("F." + name));
        }
        for (String module : EVERYWHERE) {
            TorchTable.define(module + "prelu(input, weight)", a -> Functional.prelu(input(a), a.tensor("weight")));
        }
    }

    private static void smooth() {
        activation("elu", ", alpha", a -> Functional.elu(input(a), a.number("alpha", 1)));
        activation("selu", "", a -> Functional.selu(input(a)));
        activation("celu", ", alpha", a -> Functional.celu(input(a), a.number("alpha", 1)));
        activation("silu", "", a -> Functional.silu(input(a)));
        activation("mish", "", a -> Functional.mish(input(a)));
        activation("hardsigmoid", "", a -> Functional.hardsigmoid(input(a)));
        activation("hardswish", "", a -> Functional.hardswish(input(a)));
        for (String name : List.of("selu", "celu")) {
            TorchTable.FUNCTIONS.put("torch." + name, TorchTable.FUNCTIONS.get("F." + name));
        }
        TorchTable.define("F.gelu(input, approximate)", a -> gelu(a).forward(input(a)));
        TorchTable.define(
                "F.softplus(input, beta, threshold)",
                a -> Functional.softplus(input(a), a.number("beta", 1), a.number("threshold", 20)));
        TorchTable.define("F.logsigmoid(input)", a -> Functional.logSigmoid(input(a)));
        TorchTable.define("F.sigmoid(input)", a -> input(a).sigmoid());
        TorchTable.define("F.tanh(input)", a -> input(a).tanh());
    }

    private static GELU gelu(Arguments a) {
        return switch (a.get("approximate")) {
            case null -> new GELU();
            case String form when form.equals("none") -> new GELU();
            case String form when form.equals("tanh") -> new GELU(GELU.Form.TANH);
            default -> throw new Unwritable("gelu in another form");
        };
    }

    private static void shrinking() {
        for (String module : EVERYWHERE) {
            TorchTable.define(
                    module + "hardshrink(input, lambd)", a -> Functional.hardshrink(input(a), a.number("lambd", 0.5)));
        }
        TorchTable.define("F.softshrink(input, lambd)", a -> Functional.softshrink(input(a), a.number("lambd", 0.5)));
        TorchTable.define("F.softsign(input)", a -> Functional.softsign(input(a)));
        TorchTable.define("F.tanhshrink(input)", a -> Functional.tanhshrink(input(a)));
    }

    private static void alongDimensions() {
        for (String module : EVERYWHERE) {
            String parameters = module.equals("F.") ? "(input, dim, _stacklevel, dtype)" : "(input, dim, dtype)";
            TorchTable.define(module + "softmax" + parameters, a -> cast(a).softmax(dim(a)));
            TorchTable.define(module + "log_softmax" + parameters, a -> cast(a).logSoftmax(dim(a)));
        }
        TorchTable.define("F.softmin(input, dim, _stacklevel, dtype)", a -> Functional.softmin(cast(a), dim(a)));
        TorchTable.define("F.glu(input, dim)", a -> Functional.glu(input(a), a.integer("dim", -1)));
        TorchTable.define(
                "F.normalize(input, p, dim, eps)",
                a -> Functional.normalize(input(a), a.number("p", 2), a.integer("dim", 1), a.number("eps", 1e-12)));
    }

    private static Tensor cast(Arguments a) {
        return input(a).to(a.dtype("dtype", input(a).dtype()));
    }

    /** The dimension, or the one that PyTorch takes if none is named. */
    private static int dim(Arguments a) {
        return a.integer("dim", implicitDim(input(a)));
    }

    private static int implicitDim(Tensor x) {
        int rank = x.shape().rank();
        return rank == 0 || rank == 1 || rank == 3 ? 0 : 1;
    }

    private static void distances() {
        for (String module : List.of("F.", "torch.")) {
            TorchTable.define(
                    module + "cosine_similarity(x1, x2, dim, eps)",
                    a -> Functional.cosineSimilarity(
                            a.tensor("x1"), a.tensor("x2"), a.integer("dim", 1), a.number("eps", 1e-8)));
            TorchTable.define(
                    module + "pairwise_distance(x1, x2, p, eps, keepdim)",
                    a -> Functional.pairwiseDistance(
                            a.tensor("x1"),
                            a.tensor("x2"),
                            a.number("p", 2),
                            a.number("eps", 1e-6),
                            a.keep("keepdim")));
        }
        TorchTable.define("torch.cdist(x1, x2, p)", a -> a.tensor("x1").cdist(a.tensor("x2"), a.number("p", 2)));
        TorchTable.define(
                "nn.CosineSimilarity(dim, eps)", a -> new CosineSimilarity(a.integer("dim", 1), a.number("eps", 1e-8)));
        TorchTable.define(
                "CosineSimilarity.__call__(self, x1, x2)",
                a -> ((CosineSimilarity) a.get("self")).forward(a.tensor("x1"), a.tensor("x2")));
        TorchTable.define(
                "nn.PairwiseDistance(p, eps, keepdim)",
                a -> new PairwiseDistance(a.number("p", 2), a.number("eps", 1e-6), a.keep("keepdim")));
        TorchTable.define(
                "PairwiseDistance.__call__(self, x1, x2)",
                a -> ((PairwiseDistance) a.get("self")).forward(a.tensor("x1"), a.tensor("x2")));
    }

    /** A layer's constructor. Whether it works in place changes no value. */
    static void layer(String signature, Function<Arguments, Object> body) {
        String open = signature.endsWith("()") ? "" : ", ";
        TorchTable.define("nn." + signature.substring(0, signature.length() - 1) + open + "inplace)", a -> {
            a.flag("inplace", false);
            return body.apply(a);
        });
    }

    private static void plainLayers() {
        layer("ReLU()", _ -> new ReLU());
        layer("ReLU6()", _ -> new ReLU6());
        layer("SiLU()", _ -> new SiLU());
        layer("SELU()", _ -> new SELU());
        layer("Mish()", _ -> new Mish());
        layer("Hardswish()", _ -> new Hardswish());
        layer("Hardsigmoid()", _ -> new Hardsigmoid());
        TorchTable.define("nn.Sigmoid()", _ -> new Sigmoid());
        TorchTable.define("nn.Tanh()", _ -> new Tanh());
        TorchTable.define("nn.Softsign()", _ -> new Softsign());
        TorchTable.define("nn.Tanhshrink()", _ -> new Tanhshrink());
        TorchTable.define("nn.LogSigmoid()", _ -> new LogSigmoid());
        TorchTable.define("nn.Softmax2d()", _ -> new Softmax2d());
    }

    private static void tunedLayers() {
        layer("ELU(alpha)", a -> new ELU(a.number("alpha", 1)));
        layer("CELU(alpha)", a -> new CELU(a.number("alpha", 1)));
        layer("LeakyReLU(negative_slope)", a -> new LeakyReLU(a.number("negative_slope", 0.01)));
        layer("Hardtanh(min_val, max_val)", a -> new Hardtanh(a.number("min_val", -1), a.number("max_val", 1)));
        layer("RReLU(lower, upper)", a -> new RReLU(a.number("lower", 1.0 / 8), a.number("upper", 1.0 / 3)));
        layer("Threshold(threshold, value)", a -> new Threshold(a.number("threshold"), a.number("value")));
        TorchTable.define("nn.GELU(approximate)", TorchActivations::gelu);
        TorchTable.define(
                "nn.Softplus(beta, threshold)", a -> new Softplus(a.number("beta", 1), a.number("threshold", 20)));
        TorchTable.define("nn.Hardshrink(lambd)", a -> new Hardshrink(a.number("lambd", 0.5)));
        TorchTable.define("nn.Softshrink(lambd)", a -> new Softshrink(a.number("lambd", 0.5)));
        TorchTable.define("nn.GLU(dim)", a -> new GLU(a.integer("dim", -1)));
        TorchTable.define("nn.Softmax(dim)", a -> new Softmax(named(a)));
        TorchTable.define("nn.LogSoftmax(dim)", a -> new LogSoftmax(named(a)));
        TorchTable.define("nn.Softmin(dim)", a -> new Softmin(named(a)));
        TorchTable.define("nn.PReLU(num_parameters, init, dtype)", a -> {
            var layer = new PReLU(a.integer("num_parameters", 1), a.number("init", 0.25));
            layer.to(a.dtype("dtype", DType.F32));
            return layer;
        });
    }

    private static int named(Arguments a) {
        if (!a.has("dim")) {
            throw new Unwritable("a softmax without a dimension");
        }
        return a.integer("dim", 0);
    }
}
