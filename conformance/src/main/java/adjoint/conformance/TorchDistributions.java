package adjoint.conformance;

import adjoint.distributions.Bernoulli;
import adjoint.distributions.Categorical;
import adjoint.distributions.Distribution;
import adjoint.distributions.Multinomial;
import adjoint.distributions.Normal;
import adjoint.distributions.Uniform;
import adjoint.tensor.Tensor;
import java.util.Locale;
import java.util.function.Function;

/** Probability distributions. */
final class TorchDistributions {
    private TorchDistributions() {}

    static void define() {
        made("Normal(loc, scale)", a -> new Normal(parameter(a, "loc"), parameter(a, "scale")));
        made("Uniform(low, high)", a -> new Uniform(parameter(a, "low"), parameter(a, "high")));
        made(
                "Bernoulli(probs, logits)",
                a -> onlyProbs(a)
                        ? Bernoulli.ofProbs(parameter(a, "probs"))
                        : Bernoulli.ofLogits(parameter(a, "logits")));
        made(
                "Categorical(probs, logits)",
                a -> onlyProbs(a) ? Categorical.ofProbs(a.tensor("probs")) : Categorical.ofLogits(a.tensor("logits")));
        made(
                "Multinomial(total_count, probs, logits)",
                a -> onlyProbs(a)
                        ? Multinomial.ofProbs(a.integer("total_count", 1), a.tensor("probs"))
                        : Multinomial.ofLogits(a.integer("total_count", 1), a.tensor("logits")));
        method("sample(self, sample_shape)", a -> of(a).sample(a.sizes("sample_shape")));
        method("log_prob(self, value)", a -> of(a).logProb(parameter(a, "value")));
        method("entropy(self)", a -> of(a).entropy());
        TorchTable.define(
                "Normal.rsample(self, sample_shape)",
                a -> ((Normal) of(a)).reparameterizedSample(a.sizes("sample_shape")));
        TorchTable.define(
                "Uniform.rsample(self, sample_shape)",
                a -> ((Uniform) of(a)).reparameterizedSample(a.sizes("sample_shape")));
        TorchTable.define("Normal.cdf(self, value)", a -> ((Normal) of(a)).cumulative(parameter(a, "value")));
        TorchTable.define("Normal.icdf(self, value)", a -> ((Normal) of(a)).quantile(parameter(a, "value")));
        TorchTable.define("Uniform.cdf(self, value)", a -> ((Uniform) of(a)).cumulative(parameter(a, "value")));
    }

    /** Under the package's name and that of PyTorch's module. */
    private static void made(String signature, Function<Arguments, Object> body) {
        String name = signature.substring(0, signature.indexOf('('));
        TorchTable.define("torch.distributions." + signature, body);
        TorchTable.define("torch.distributions." + name.toLowerCase(Locale.ROOT) + "." + signature, body);
    }

    private static void method(String signature, Function<Arguments, Object> body) {
        TorchTable.define("Distribution." + signature, body);
    }

    private static Distribution of(Arguments a) {
        return (Distribution) a.get("self");
    }

    private static boolean onlyProbs(Arguments a) {
        if (a.has("probs") == a.has("logits")) {
            throw new Unsupported("both parameters or none, which cannot be written here");
        }
        return a.has("probs");
    }

    /** A tensor, or a number as one. */
    private static Tensor parameter(Arguments a, String name) {
        return a.get(name) instanceof Tensor t ? t : Tensor.scalar(a.number(name));
    }

    /** What a distribution has; null for what it has not. */
    static Object attribute(Distribution of, String name) {
        return switch (name) {
            case "mean" -> of.mean();
            case "variance" -> of.variance();
            case "stddev" -> of.std();
            case "probs" ->
                switch (of) {
                    case Bernoulli b -> b.probs();
                    case Categorical c -> c.probs();
                    case Multinomial m -> m.probs();
                    default -> null;
                };
            case "logits" ->
                switch (of) {
                    case Bernoulli b -> b.logits();
                    case Categorical c -> c.logits();
                    default -> null;
                };
            case "mode" -> of instanceof Categorical c ? c.mode() : null;
            case "loc" -> of instanceof Normal n ? n.mean() : null;
            case "scale" -> of instanceof Normal n ? n.std() : null;
            default -> null;
        };
    }
}
