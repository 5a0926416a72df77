package adjoint.data;

import adjoint.tensor.Rng;
import adjoint.types.IndexException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.List;

/** Samples that can be asked for by number. */
public interface Dataset {
    /** How many samples there are. */
    int size();

    /** Sample {@code i}, {@code 0 <= i < size()}. */
    Batch get(int i);

    /** Several samples, each of their tensors stacked along a new first dimension. */
    default Batch batch(long[] indices) {
        return Batch.stack(
                Arrays.stream(indices).mapToObj(i -> get(Math.toIntExact(i))).toList());
    }

    /**
     * Some of the samples, by their numbers.
     *
     * @throws IndexException if there is no such sample
     */
    default Subset subset(long... indices) {
        return new Subset(this, indices);
    }

    /**
     * Splits the samples at random into parts of these sizes, from {@link Rng#global()}. PyTorch: {@code random_split}.
     *
     * @throws ValueException if the sizes don't add up to the number of samples
     */
    default List<Subset> randomSplit(long... sizes) {
        return RandomSplit.of(this, Rng.global(), sizes);
    }

    /** As {@link #randomSplit(long...)}, from this stream. */
    default List<Subset> randomSplit(Rng rng, long... sizes) {
        return RandomSplit.of(this, rng, sizes);
    }

    /**
     * Splits the samples at random into these shares, from {@link Rng#global()}; samples that are left over go to the first
     * parts, one each.
     *
     * @throws ValueException if the shares don't add up to 1
     */
    default List<Subset> randomSplit(double... shares) {
        return randomSplit(Rng.global(), shares);
    }

    /** As {@link #randomSplit(double...)}, from this stream. */
    default List<Subset> randomSplit(Rng rng, double... shares) {
        return RandomSplit.of(this, rng, RandomSplit.sizes(this, shares));
    }
}
