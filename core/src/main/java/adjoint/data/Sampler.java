package adjoint.data;

import adjoint.tensor.Replacement;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import java.util.PrimitiveIterator;

/**
 * The order in which samples are taken: their numbers, those of a pass at each iteration. Random orders are PyTorch's for the
 * same seed, and are drawn when the first number is asked for.
 */
public interface Sampler extends Iterable<Long> {
    /** How many numbers a pass has. */
    int size();

    /** The numbers of a new pass. */
    @Override
    PrimitiveIterator.OfLong iterator();

    /** 0, 1, … to before {@code n}. PyTorch: {@code SequentialSampler}. */
    static Sampler sequential(int n) {
        return Samplers.sequential(n);
    }

    /**
     * All numbers below {@code n} in random order, in each pass another one; from a stream that {@link Rng#global()} seeds.
     * PyTorch: {@code RandomSampler}.
     *
     * @throws adjoint.types.ValueException if {@code n} is 0
     */
    static Sampler random(int n) {
        return Samplers.random(null, n, n, Replacement.WITHOUT);
    }

    /** All numbers below {@code n} in random order, from this stream. */
    static Sampler random(Rng rng, int n) {
        return Samplers.random(rng, n, n, Replacement.WITHOUT);
    }

    /**
     * {@code count} random numbers below {@code n}. Without replacement each comes once before any comes again.
     *
     * @throws adjoint.types.ValueException if {@code n} or {@code count} is less than 1
     */
    static Sampler random(int n, int count, Replacement replacement) {
        return Samplers.random(null, n, count, replacement);
    }

    /** As {@link #random(int, int, Replacement)}, from this stream. */
    static Sampler random(Rng rng, int n, int count, Replacement replacement) {
        return Samplers.random(rng, n, count, replacement);
    }

    /**
     * {@code count} numbers of samples, each with a probability in proportion to its weight; see {@link
     * Tensor#multinomial}. From {@link Rng#global()}. PyTorch: {@code WeightedRandomSampler}.
     *
     * @param weights a vector, one for each sample
     */
    static Sampler weighted(Tensor weights, int count, Replacement replacement) {
        return Samplers.weighted(null, weights, count, replacement);
    }

    /** As {@link #weighted(Tensor, int, Replacement)}, from this stream. */
    static Sampler weighted(Rng rng, Tensor weights, int count, Replacement replacement) {
        return Samplers.weighted(rng, weights, count, replacement);
    }

    /** These numbers in random order, from {@link Rng#global()}. PyTorch: {@code SubsetRandomSampler}. */
    static Sampler shuffled(long... numbers) {
        return Samplers.shuffled(null, numbers);
    }

    /** These numbers in random order, from this stream. */
    static Sampler shuffled(Rng rng, long... numbers) {
        return Samplers.shuffled(rng, numbers);
    }
}
