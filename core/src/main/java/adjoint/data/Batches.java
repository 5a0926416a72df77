package adjoint.data;

import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/** The numbers of a sampler, so many at a time. */
record Batches(Sampler sampler, int batchSize, LastBatch last) implements BatchSampler {
    Batches {
        if (batchSize < 1) {
            throw new ValueException(
                    "batches of " + batchSize + " samples: a batch has at least one sample. Give 1 or more.");
        }
    }

    @Override
    public int size() {
        int n = sampler.size();
        return last == LastBatch.DROP || n == 0 ? n / batchSize : (n - 1) / batchSize + 1;
    }

    @Override
    public Iterator<long[]> iterator() {
        PrimitiveIterator.OfLong numbers = sampler.iterator();
        return new Iterator<>() {
            private long[] next;
            private boolean ended;

            /** As PyTorch's, it asks the sampler for a number more only when a batch lacks one. */
            @Override
            public boolean hasNext() {
                if (next == null && !ended) {
                    long[] batch = new long[Math.min(batchSize, Math.max(sampler.size(), 1))];
                    int n = 0;
                    while (n < batchSize && numbers.hasNext()) {
                        batch = n < batch.length ? batch : Arrays.copyOf(batch, Math.min(batchSize, 2 * n));
                        batch[n++] = numbers.nextLong();
                    }
                    ended = n < batchSize;
                    next = n == 0 || (ended && last == LastBatch.DROP) ? null : Arrays.copyOf(batch, n);
                }
                return next != null;
            }

            @Override
            public long[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                long[] batch = next;
                next = null;
                return batch;
            }
        };
    }
}
