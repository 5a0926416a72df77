package adjoint.data;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

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
    private boolean shuffle;
    private boolean dropLast;
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
        if (dataset.size() == 0) {
            throw new ValueException(
                    "DataLoader: shuffling of no samples: the dataset is empty. Check how it was made.");
        }
        shuffle = true;
        rng = stream;
        return this;
    }

    /** Leaves out a last batch that is shorter. PyTorch: {@code drop_last=True}. */
    public DataLoader dropLast() {
        dropLast = true;
        return this;
    }

    /** The number of batches of a pass. */
    public int size() {
        int n = dataset.size();
        return dropLast || n == 0 ? n / batchSize : (n - 1) / batchSize + 1;
    }

    @Override
    public Iterator<Batch> iterator() {
        (rng == null ? Rng.global() : rng).nextSeed(); // PyTorch draws a seed for its workers, used or not
        int batches = size();
        return new Iterator<>() {
            private long[] order;
            private int next;
            private boolean exhausted;

            @Override
            public boolean hasNext() {
                if (next < batches) {
                    return true;
                }
                exhaust();
                return false;
            }

            /** PyTorch's sampler begins another permutation when it is asked for more samples than there are. */
            private void exhaust() {
                if (shuffle && !exhausted && dataset.size() > 0) {
                    exhausted = true;
                    order = order == null ? order() : order;
                    if (rng != null) {
                        Tensor.randperm(rng, order.length);
                    }
                }
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                if (order == null) {
                    order = order();
                }
                int from = next++ * batchSize;
                int count = Math.min(batchSize, order.length - from);
                if (count < batchSize) {
                    exhaust();
                }
                return dataset.batch(Arrays.copyOfRange(order, from, from + count));
            }
        };
    }

    private long[] order() {
        int n = dataset.size();
        if (!shuffle) {
            return Tensor.arange((long) n).toLongs();
        }
        Rng stream = rng != null ? rng : Rng.torch(Rng.global().nextSeed());
        return Tensor.randperm(stream, n).toLongs();
    }
}
