package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.nn.BCELoss;
import adjoint.nn.BCEWithLogitsLoss;
import adjoint.nn.CosineEmbeddingLoss;
import adjoint.nn.CrossEntropyLoss;
import adjoint.nn.Functional;
import adjoint.nn.GaussianNLLLoss;
import adjoint.nn.HingeEmbeddingLoss;
import adjoint.nn.HuberLoss;
import adjoint.nn.KLDivLoss;
import adjoint.nn.L1Loss;
import adjoint.nn.Loss;
import adjoint.nn.MSELoss;
import adjoint.nn.MarginRankingLoss;
import adjoint.nn.MultiLabelMarginLoss;
import adjoint.nn.MultiLabelSoftMarginLoss;
import adjoint.nn.MultiMarginLoss;
import adjoint.nn.NLLLoss;
import adjoint.nn.PairwiseDistance;
import adjoint.nn.PoissonNLLLoss;
import adjoint.nn.Reduction;
import adjoint.nn.SmoothL1Loss;
import adjoint.nn.SoftMarginLoss;
import adjoint.nn.TripletMarginLoss;
import adjoint.nn.TripletMarginWithDistanceLoss;
import adjoint.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Losses: functions and layers. A function is its layer, made for one call. */
final class TorchLosses {
    private TorchLosses() {}

    static void define() {
        differences();
        likelihoods();
        classes();
        margins();
        threeInputs();
    }

    private static Reduction reduction(Arguments a) {
        if (a.has("size_average") || a.has("reduce")) {
            boolean reduces = a.flag("reduce", true);
            return !reduces ? Reduction.NONE : a.flag("size_average", true) ? Reduction.MEAN : Reduction.SUM;
        }
        return switch (a.get("reduction")) {
            case null -> Reduction.MEAN;
            case String name when name.equals("mean") -> Reduction.MEAN;
            case String name when name.equals("sum") -> Reduction.SUM;
            case String name when name.equals("none") -> Reduction.NONE;
            default -> throw new Unwritable("a reduction of that name");
        };
    }

    private static Tensor optional(Arguments a, String name) {
        return a.has(name) ? a.tensor(name) : null;
    }

    /** A loss of two inputs, as a function and as a layer with the same parameters. */
    private static void loss(String function, String layer, String parameters, Function<Arguments, Loss> body) {
        TorchTable.define(
                "F." + function + "(input, target, " + parameters + ")",
                a -> body.apply(a).forward(a.tensor("input"), a.tensor("target")));
        TorchTable.define("nn." + layer + "(" + parameters + ")", body::apply);
        TorchTable.define(
                layer + ".__call__(self, input, target)",
                a -> ((Loss) a.get("self")).forward(a.tensor("input"), a.tensor("target")));
    }

    private static void differences() {
        String plain = "size_average, reduce, reduction";
        loss("mse_loss", "MSELoss", plain, a -> new MSELoss(reduction(a)));
        loss("l1_loss", "L1Loss", plain, a -> new L1Loss(reduction(a)));
        weighted("mse_loss", plain, (a, w) -> Functional.mseLoss(input(a), target(a), w, reduction(a)));
        weighted("l1_loss", plain, (a, w) -> Functional.l1Loss(input(a), target(a), w, reduction(a)));
        loss(
                "smooth_l1_loss",
                "SmoothL1Loss",
                plain + ", beta",
                a -> new SmoothL1Loss(a.number("beta", 1), reduction(a)));
        loss("huber_loss", "HuberLoss", "reduction, delta", a -> new HuberLoss(a.number("delta", 1), reduction(a)));
        weighted(
                "huber_loss",
                "reduction, delta",
                (a, w) -> Functional.huberLoss(input(a), target(a), w, a.number("delta", 1), reduction(a)));
    }

    private static Tensor input(Arguments a) {
        return a.tensor("input");
    }

    private static Tensor target(Arguments a) {
        return a.tensor("target");
    }

    private interface Weighted {
        Tensor of(Arguments a, Tensor weight);
    }

    /** A function that has a weight for each element, which its layer has not. */
    private static void weighted(String name, String parameters, Weighted body) {
        Callable plain = TorchTable.FUNCTIONS.get("F." + name);
        TorchTable.define(
                "F." + name + "(input, target, " + parameters + ", weight)", a -> body.of(a, a.tensor("weight")));
        Callable withWeight = TorchTable.FUNCTIONS.get("F." + name);
        TorchTable.FUNCTIONS.put(
                "F." + name,
                (positional, named) ->
                        (named.get("weight") == null ? plain : withWeight).call(positional, withoutNone(named)));
    }

    private static Map<String, Object> withoutNone(Map<String, Object> named) {
        Map<String, Object> given = new LinkedHashMap<>(named);
        given.values().removeIf(Objects::isNull);
        return given;
    }

    private static void likelihoods() {
        loss(
                "binary_cross_entropy",
                "BCELoss",
                "weight, size_average, reduce, reduction",
                a -> new BCELoss(optional(a, "weight"), reduction(a)));
        loss(
                "binary_cross_entropy_with_logits",
                "BCEWithLogitsLoss",
                "weight, size_average, reduce, reduction, pos_weight",
                a -> new BCEWithLogitsLoss(optional(a, "weight"), optional(a, "pos_weight"), reduction(a)));
        loss("kl_div", "KLDivLoss", "size_average, reduce, reduction, log_target", a -> {
            boolean batch = "batchmean".equals(a.get("reduction"));
            var loss = new KLDivLoss(batch ? Reduction.BATCH_MEAN : reduction(a));
            return a.flag("log_target", false) ? loss.logTarget() : loss;
        });
        loss("poisson_nll_loss", "PoissonNLLLoss", "log_input, full, size_average, eps, reduce, reduction", a -> {
            var loss = new PoissonNLLLoss().reduction(reduction(a));
            double eps = a.number("eps", 1e-8);
            loss = a.flag("log_input", true) ? loss : loss.ofRates(eps);
            return a.flag("full", false) ? loss.full() : loss;
        });
    }

    private static void classes() {
        loss(
                "nll_loss",
                "NLLLoss",
                "weight, size_average, ignore_index, reduce, reduction",
                a -> new NLLLoss(optional(a, "weight"), a.integer("ignore_index", -100), reduction(a)));
        loss(
                "cross_entropy",
                "CrossEntropyLoss",
                "weight, size_average, ignore_index, reduce, reduction, label_smoothing",
                a -> new CrossEntropyLoss(
                        optional(a, "weight"),
                        a.integer("ignore_index", -100),
                        a.number("label_smoothing", 0),
                        reduction(a)));
        loss(
                "multi_margin_loss",
                "MultiMarginLoss",
                "p, margin, weight, size_average, reduce, reduction",
                a -> new MultiMarginLoss(
                        a.integer("p", 1), a.number("margin", 1), optional(a, "weight"), reduction(a)));
        loss(
                "multilabel_margin_loss",
                "MultiLabelMarginLoss",
                "size_average, reduce, reduction",
                a -> new MultiLabelMarginLoss(reduction(a)));
        loss(
                "multilabel_soft_margin_loss",
                "MultiLabelSoftMarginLoss",
                "weight, size_average, reduce, reduction",
                a -> new MultiLabelSoftMarginLoss(optional(a, "weight"), reduction(a)));
    }

    private static void margins() {
        loss(
                "soft_margin_loss",
                "SoftMarginLoss",
                "size_average, reduce, reduction",
                a -> new SoftMarginLoss(reduction(a)));
        loss(
                "hinge_embedding_loss",
                "HingeEmbeddingLoss",
                "margin, size_average, reduce, reduction",
                a -> new HingeEmbeddingLoss(a.number("margin", 1), reduction(a)));
    }

    private interface Forward<L> {
        Tensor of(L loss, Tensor a, Tensor b, Tensor c);
    }

    /** A loss of three inputs, as a function and as a layer. */
    private static <L> void loss(
            String function,
            String inputs,
            String layer,
            String parameters,
            Function<Arguments, L> body,
            Forward<L> f) {
        String[] names = inputs.split(", ");
        TorchTable.define(
                "F." + function + "(" + inputs + ", " + parameters + ")",
                a -> f.of(body.apply(a), a.tensor(names[0]), a.tensor(names[1]), a.tensor(names[2])));
        TorchTable.define("nn." + layer + "(" + parameters + ")", body::apply);
        TorchTable.define(layer + ".__call__(self, " + inputs + ")", a -> {
            @SuppressWarnings("unchecked") // the name of the class chose this function
            L loss = (L) a.get("self");
            return f.of(loss, a.tensor(names[0]), a.tensor(names[1]), a.tensor(names[2]));
        });
    }

    private static void threeInputs() {
        String pair = "input1, input2, target";
        String triple = "anchor, positive, negative";
        loss(
                "cosine_embedding_loss",
                pair,
                "CosineEmbeddingLoss",
                "margin, size_average, reduce, reduction",
                a -> new CosineEmbeddingLoss(a.number("margin", 0), reduction(a)),
                CosineEmbeddingLoss::forward);
        loss(
                "margin_ranking_loss",
                pair,
                "MarginRankingLoss",
                "margin, size_average, reduce, reduction",
                a -> new MarginRankingLoss(a.number("margin", 0), reduction(a)),
                MarginRankingLoss::forward);
        loss(
                "triplet_margin_loss",
                triple,
                "TripletMarginLoss",
                "margin, p, eps, swap, size_average, reduce, reduction",
                a -> {
                    var loss = new TripletMarginLoss(a.number("margin", 1))
                            .distance(a.number("p", 2), a.number("eps", 1e-6))
                            .reduction(reduction(a));
                    return a.flag("swap", false) ? loss.swap() : loss;
                },
                TripletMarginLoss::forward);
        loss(
                "triplet_margin_with_distance_loss",
                triple,
                "TripletMarginWithDistanceLoss",
                "distance_function, margin, swap, reduction",
                a -> {
                    var loss = (a.has("distance_function")
                                    ? new TripletMarginWithDistanceLoss(distance(a.get("distance_function")))
                                    : new TripletMarginWithDistanceLoss())
                            .margin(a.number("margin", 1))
                            .reduction(reduction(a));
                    return a.flag("swap", false) ? loss.swap() : loss;
                },
                TripletMarginWithDistanceLoss::forward);
        gaussian();
    }

    private static BinaryOperator<Tensor> distance(Object function) {
        return switch (function) {
            case PairwiseDistance distance -> distance::forward;
            case Callable f -> (x, y) -> (Tensor) f.call(List.of(x, y), Map.of());
            case PythonRun.Path(String name) ->
                (x, y) -> (Tensor) Torch.function(name).call(List.of(x, y), Map.of());
            default -> throw new Unsupported("the distance " + function);
        };
    }

    private static void gaussian() {
        Function<Arguments, GaussianNLLLoss> body = a -> {
            var loss = new GaussianNLLLoss().eps(a.number("eps", 1e-6)).reduction(reduction(a));
            return a.flag("full", false) ? loss.full() : loss;
        };
        TorchTable.define(
                "F.gaussian_nll_loss(input, target, var, full, eps, reduction)",
                a -> body.apply(a).forward(input(a), target(a), variance(a)));
        TorchTable.define("nn.GaussianNLLLoss(full, eps, reduction)", body::apply);
        TorchTable.define(
                "GaussianNLLLoss.__call__(self, input, target, var)",
                a -> ((GaussianNLLLoss) a.get("self")).forward(input(a), target(a), variance(a)));
    }

    private static Tensor variance(Arguments a) {
        return a.get("var") instanceof Double number ? Tensor.fullLike(input(a).detach(), number) : a.tensor("var");
    }
}
