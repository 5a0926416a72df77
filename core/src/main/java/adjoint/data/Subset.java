package adjoint.data;

import adjoint.types.IndexException;
import java.util.Arrays;

/** Some samples of a dataset. */
public final class Subset implements Dataset {
    private final Dataset whole;
    private final long[] indices;

    /**
     * The samples with these numbers, in this order.
     *
     * @throws IndexException if there is no such sample
     */
    public Subset(Dataset whole, long... indices) {
        for (long i : indices) {
            if (i < 0 || i >= whole.size()) {
                throw new IndexException("Subset with sample " + i + " of " + whole.size()
                        + ": there is none. Samples are numbered from 0 to before their number.");
            }
        }
        this.whole = whole;
        this.indices = indices.clone();
    }

    /** The dataset that the samples are of. */
    public Dataset whole() {
        return whole;
    }

    /** The numbers that the samples have in the whole. */
    public long[] indices() {
        return indices.clone();
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public Batch get(int i) {
        return whole.get((int) indices[i]);
    }

    @Override
    public Batch batch(long[] numbers) {
        return whole.batch(
                Arrays.stream(numbers).map(i -> indices[Math.toIntExact(i)]).toArray());
    }
}
