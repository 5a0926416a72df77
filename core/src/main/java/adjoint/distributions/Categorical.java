package adjoint.distributions;

import adjoint.tensor.Dim;
import adjoint.tensor.Replacement;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;

/** Distributions of the classes 0, 1, … to before {@code k}. The parameters' last dimension counts the classes. */
public final class Categorical implements Distribution {
    private final Tensor probs;
    private final Tensor logits;

    private Categorical(Tensor probs, Tensor logits) {
        this.probs = probs;
        this.logits = logits;
    }

    /**
     * Distributions with probabilities in proportion to these numbers.
     *
     * @param probs {@code [..., k]}
     * @throws ValueException if one is negative, or all of a distribution are 0
     */
    public static Categorical ofProbs(Tensor probs) {
        check(probs);
        Tensor normalised = probs.div(probs.sum(-1, Dim.KEEP));
        Checks.all(
                normalised,
                p -> p.ge(0),
                "Categorical with the probabilities",
                "they are not negative, and not all 0. Check how they were computed.");
        return new Categorical(normalised, Logits.ofClasses(normalised));
    }

    /**
     * Distributions with probabilities in proportion to the exponentials of these numbers.
     *
     * @param logits {@code [..., k]}
     * @throws ValueException if one is NaN
     */
    public static Categorical ofLogits(Tensor logits) {
        check(logits);
        Checks.all(logits, x -> x.eq(x), "Categorical with the logits", "NaN is none. Check how they were computed.");
        return new Categorical(logits.softmax(-1), logits.logSoftmax(-1));
    }

    private static void check(Tensor parameters) {
        Checks.real("Categorical", parameters);
        if (parameters.shape().rank() == 0 || parameters.size(-1) == 0) {
            throw new ShapeException("Categorical with parameters of shape " + parameters.shape()
                    + ": the last dimension counts the classes. Give one number for each class.");
        }
    }

    /** The probabilities of the classes, {@code [..., k]}. */
    public Tensor probs() {
        return probs;
    }

    /** The logarithms of the probabilities, {@code [..., k]}. */
    public Tensor logits() {
        return logits;
    }

    /** The sizes of the parameters without the last, which counts the classes. */
    long[] distributions() {
        return Arrays.copyOf(probs.shape().sizes(), probs.shape().rank() - 1);
    }

    /** Classes, I64. */
    @Override
    public Tensor sample(Rng rng, long... shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return probs.detach()
                .reshape(-1, probs.size(-1))
                .multinomial(rng, count, Replacement.WITH)
                .t()
                .reshape(Checks.joined(shape, distributions()));
    }

    @Override
    public Tensor logProb(Tensor value) {
        long k = probs.size(-1);
        Checks.all(
                value,
                v -> v.ge(0).logicalAnd(v.lt(k)).logicalAnd(v.eq(v.to(DType.I64))),
                "Categorical.logProb of",
                "the classes are 0 to " + (k - 1) + ". Check how it was computed.");
        Tensor classes = value.to(DType.I64).unsqueeze(-1);
        Tensor[] both = Tensor.broadcastTensors(classes, logits).toArray(Tensor[]::new);
        return both[1].gather(-1, both[0].slice(-1, 0, 1)).squeeze(-1);
    }

    /** The mean of names makes no sense: NaN, as in PyTorch. */
    @Override
    public Tensor mean() {
        return Tensor.full(probs.dtype(), Double.NaN, distributions());
    }

    /** As {@link #mean()}. */
    @Override
    public Tensor variance() {
        return mean();
    }

    /** The most probable class. */
    public Tensor mode() {
        return probs.argmax(-1);
    }

    @Override
    public Tensor entropy() {
        double smallest = logits.dtype() == DType.F64 ? -Double.MAX_VALUE : -Float.MAX_VALUE;
        return logits.clampMin(smallest).mul(probs).sum(-1).neg();
    }
}
