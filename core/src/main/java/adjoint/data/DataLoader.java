package adjoint.data;

import adjoint.tensor.Rng;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * A dataset in batches; each iteration is one pass over it, shuffled anew if asked for:
 *
 * <pre>{@code
 * for (var batch : new DataLoader(data, 10).shuffle()) {
 *     loss.forward(net.forward(batch.x()), batch.y()).backward();
 * }
 * }</pre>
 *
 * <p>The order is PyTorch's for the same seed, and so is what it takes from the random stream: a number when a pass is
 * begun, and when shuffling another at its first batch, which seeds the permutation. From a stream of its own it takes
 * the permutation itself, and one more when the pass has come to its end.
 */
public final class DataLoader implements Iterable<Batch> {
    private final Dataset dataset;
    private final int batchSize;
    private Sampler sampler;
    private BatchSampler batches;
    private LastBatch last = LastBatch.KEEP;
    private Function<? super List<Batch>, Batch> collation;
    private Rng rng;

    /**
     * Batches in the dataset's order; the last one may be shorter.
     *
     * @throws ValueException if the batch size is less than 1
     */
    public DataLoader(Dataset dataset, int batchSize) {
        if (batchSize < 1) {
            throw new ValueException(
                    "DataLoader: batch size " + batchSize + ": a batch has at least one sample. Give 1 or more.");
        }
        this.dataset = dataset;
        this.batchSize = batchSize;
    }

    /** The batches that a sampler says. PyTorch: {@code batch_sampler=…}. */
    public DataLoader(Dataset dataset, BatchSampler batches) {
        this(dataset, 1);
        this.batches = batches;
    }

    /**
     * Shuffles every pass, from the default random stream. PyTorch: {@code shuffle=True}.
     *
     * @throws ValueException if the dataset is empty
     */
    public DataLoader shuffle() {
        return shuffle(null);
    }

    /** Shuffles every pass, from this random stream. PyTorch: {@code generator=…}. */
    public DataLoader shuffle(Rng stream) {
        checkOrderIsOpen("shuffle");
        if (dataset.size() == 0) {
            throw new ValueException(
                    "DataLoader: shuffling of no samples: the dataset is empty. Check how it was made.");
        }
        int n = dataset.size();
        sampler = stream == null ? Sampler.random(n) : Sampler.random(stream, n);
        rng = stream;
        return this;
    }

    /** Takes the samples in the order that the sampler says. */
    public DataLoader sampler(Sampler order) {
        checkOrderIsOpen("sampler");
        sampler = order;
        return this;
    }

    /** Leaves out a last batch that is shorter. PyTorch: {@code drop_last=True}. */
    public DataLoader dropLast() {
        checkBatchesAreOpen("dropLast");
        last = LastBatch.DROP;
        return this;
    }

    /**
     * Makes batches of samples in another way than by stacking them: pads texts of different lengths, for instance. PyTorch:
     * {@code collate_fn=…}.
     */
    public DataLoader collate(Function<? super List<Batch>, Batch> batchOf) {
        collation = batchOf;
        return this;
    }

    private void checkBatchesAreOpen(String what) {
        if (batches != null) {
            throw new ValueException("DataLoader: " + what + " with batches that a sampler says: it decides all about"
                    + " them. Ask the sampler for it.");
        }
    }

    private void checkOrderIsOpen(String what) {
        checkBatchesAreOpen(what);
        if (sampler != null) {
            throw new ValueException(
                    "DataLoader: " + what + " of a loader that has an order already: which one is meant"
                            + " is not clear. Call either shuffle or sampler, once.");
        }
    }

    private BatchSampler batches() {
        Sampler order = sampler == null ? Sampler.sequential(dataset.size()) : sampler;
        return batches == null ? BatchSampler.of(order, batchSize, last) : batches;
    }

    /** The number of batches of a pass. */
    public int size() {
        return batches().size();
    }

    @Override
    public Iterator<Batch> iterator() {
        (rng == null ? Rng.global() : rng).nextSeed(); // PyTorch draws a seed for its workers, used or not
        Iterator<long[]> numbers = batches().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return numbers.hasNext();
            }

            @Override
            public Batch next() {
                return batch(numbers.next());
            }
        };
    }

    private Batch batch(long[] numbers) {
        return collation == null
                ? dataset.batch(numbers)
                : collation.apply(Arrays.stream(numbers)
                        .mapToObj(i -> dataset.get(Math.toIntExact(i)))
                        .toList());
    }
}
