package adjoint.distributions;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;

/** Distributions of how often each class comes up in some independent draws. */
public final class Multinomial implements Distribution {
    private final int total;
    private final Categorical one;

    private Multinomial(int total, Categorical one) {
        if (total < 0) {
            throw new ValueException(
                    "Multinomial of " + total + " draws: their number is not negative. Give 0 or more.");
        }
        this.total = total;
        this.one = one;
    }

    /**
     * {@code total} draws with probabilities in proportion to these numbers; see {@link Categorical#ofProbs}.
     *
     * @param probs {@code [..., k]}
     */
    public static Multinomial ofProbs(int total, Tensor probs) {
        return new Multinomial(total, Categorical.ofProbs(probs));
    }

    /**
     * {@code total} draws with probabilities in proportion to the exponentials of these numbers.
     *
     * @param logits {@code [..., k]}
     */
    public static Multinomial ofLogits(int total, Tensor logits) {
        return new Multinomial(total, Categorical.ofLogits(logits));
    }

    /** The number of draws. */
    public int total() {
        return total;
    }

    /** The probabilities of the classes, {@code [..., k]}. */
    public Tensor probs() {
        return one.probs();
    }

    /** Counts of the classes, {@code [shape..., k]}, of the parameters' type. */
    @Override
    public Tensor sample(Rng rng, long... shape) {
        long[] sizes = Checks.joined(shape, probs().shape().sizes());
        Tensor counts = Tensor.zeros(DType.I64, sizes);
        if (total > 0) {
            Tensor classes = one.sample(rng, Checks.joined(new long[] {total}, shape));
            Tensor last = classes.movedim(0, -1);
            counts = counts.scatterAdd(-1, last, Tensor.onesLike(last));
        }
        return counts.to(probs().dtype());
    }

    @Override
    public Tensor logProb(Tensor value) {
        Tensor logits = one.logits();
        if (value.shape().rank() == 0 || value.size(-1) != logits.size(-1)) {
            throw new ShapeException("Multinomial.logProb of " + value.shape() + ": the last dimension has a count for"
                    + " each of " + logits.size(-1) + " classes. Reshape it.");
        }
        Checks.all(
                value,
                v -> v.ge(0).all(-1).logicalAnd(v.sum(-1).eq(total)),
                "Multinomial.logProb of",
                "counts are not negative, and add up to " + total + ". Check how they were computed.");
        Tensor counts = value.to(logits.dtype());
        Tensor orders =
                counts.sum(-1).add(1.0).lgamma().sub(counts.add(1.0).lgamma().sum(-1));
        Tensor impossible = counts.eq(0).logicalAnd(logits.eq(Double.NEGATIVE_INFINITY));
        return orders.add(Tensor.where(impossible, 0.0, logits).mul(counts).sum(-1));
    }

    @Override
    public Tensor mean() {
        return probs().mul(total);
    }

    @Override
    public Tensor variance() {
        return probs().mul(total).mul(probs().rsub(1.0));
    }

    /** Each count by itself is binomial: E[ln xᵢ!] is summed over its values. */
    @Override
    public Tensor entropy() {
        Tensor logits = Logits.ofBinary(probs());
        DType dtype = logits.dtype();
        long[] column = new long[logits.shape().rank() + 1];
        Arrays.fill(column, 1);
        column[0] = total;
        Tensor x = Tensor.arange(dtype, 1, total + 1, 1).reshape(column);
        Tensor n = Tensor.scalar(total, dtype);
        Tensor ways = n.add(1.0)
                .lgamma()
                .sub(x.add(1.0).lgamma())
                .sub(x.rsub(total).add(1.0).lgamma());
        Tensor binomial =
                ways.sub(Logits.crossEntropy(logits, x.div(Math.max(total, 1))).mul(total));
        Tensor expected = binomial.exp().mul(x.add(1.0).lgamma()).sum(0).sum(-1);
        return one.entropy().mul(total).sub(n.add(1.0).lgamma()).add(expected);
    }
}
