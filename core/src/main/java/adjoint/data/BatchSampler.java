package adjoint.data;

import adjoint.types.ValueException;
import java.util.Iterator;

/** Which samples make up a batch: their numbers, those of a pass at each iteration. */
public interface BatchSampler extends Iterable<long[]> {
    /** The number of batches of a pass. */
    int size();

    /** The batches of a new pass. */
    @Override
    Iterator<long[]> iterator();

    /**
     * A sampler's numbers, so many at a time; the last batch may be shorter.
     *
     * @throws ValueException if the batch size is less than 1
     */
    static BatchSampler of(Sampler sampler, int batchSize) {
        return of(sampler, batchSize, LastBatch.KEEP);
    }

    /** A sampler's numbers, so many at a time; what becomes of a last batch that is shorter is said. */
    static BatchSampler of(Sampler sampler, int batchSize, LastBatch last) {
        return new Batches(sampler, batchSize, last);
    }
}
