package adjoint.distributions;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;

/** Distributions of 1, with some probability, and 0. */
public final class Bernoulli implements Distribution {
    private final Tensor probs;
    private final Tensor logits;

    private Bernoulli(Tensor probs, Tensor logits) {
        this.probs = probs;
        this.logits = logits;
    }

    /**
     * Distributions with these probabilities of a 1.
     *
     * @throws ValueException if one is not from 0 to 1
     */
    public static Bernoulli ofProbs(Tensor probs) {
        Checks.real("Bernoulli", probs);
        Checks.all(
                probs,
                p -> p.ge(0).logicalAnd(p.le(1)),
                "Bernoulli with the probability",
                "a probability is from 0 to 1. Check how it was computed.");
        return new Bernoulli(probs, Logits.ofBinary(probs));
    }

    /** A distribution with this probability of a 1, F32. */
    public static Bernoulli ofProbs(double probability) {
        return ofProbs(Tensor.scalar(probability));
    }

    /** Distributions with these logits of a 1: log(p / (1 − p)). */
    public static Bernoulli ofLogits(Tensor logits) {
        Checks.real("Bernoulli", logits);
        return new Bernoulli(logits.sigmoid(), logits);
    }

    /** The probabilities of a 1. */
    public Tensor probs() {
        return probs;
    }

    /** The logits of a 1. */
    public Tensor logits() {
        return logits;
    }

    @Override
    public Tensor sample(Rng rng, long... shape) {
        return probs.detach()
                .expand(Checks.joined(shape, probs.shape().sizes()))
                .bernoulli(rng);
    }

    @Override
    public Tensor logProb(Tensor value) {
        Checks.all(
                value,
                v -> v.eq(0).logicalOr(v.eq(1)),
                "Bernoulli.logProb of",
                "only 0 and 1 come up. Check how it was computed.");
        return Logits.crossEntropy(logits, value.to(logits.dtype())).neg();
    }

    @Override
    public Tensor mean() {
        return probs;
    }

    @Override
    public Tensor variance() {
        return probs.mul(probs.rsub(1.0));
    }

    @Override
    public Tensor entropy() {
        return Logits.crossEntropy(logits, probs);
    }
}
