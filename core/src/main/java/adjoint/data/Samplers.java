package adjoint.data;

import adjoint.tensor.Replacement;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.function.Supplier;

/** The samplers. What a pass draws, and when, is what PyTorch's draw: whatever follows in the stream depends on it. */
final class Samplers {
    /** PyTorch draws so many numbers with replacement at once. */
    private static final int AT_ONCE = 32;

    private Samplers() {}

    /** Numbers that come in chunks, each made when its first number is asked for. */
    private record Chunked(int size, Supplier<Supplier<long[]>> passes) implements Sampler {
        @Override
        public PrimitiveIterator.OfLong iterator() {
            Supplier<long[]> chunks = passes.get();
            return new PrimitiveIterator.OfLong() {
                private long[] chunk = {};
                private int next;

                @Override
                public boolean hasNext() {
                    while (chunk != null && next == chunk.length) {
                        chunk = chunks.get();
                        next = 0;
                    }
                    return chunk != null;
                }

                @Override
                public long nextLong() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return chunk[next++];
                }
            };
        }
    }

    /** A pass of one chunk. */
    private static Sampler once(int size, Supplier<long[]> all) {
        return new Chunked(size, () -> new Supplier<>() {
            private boolean given;

            @Override
            public long[] get() {
                boolean first = !given;
                given = true;
                return first ? all.get() : null;
            }
        });
    }

    static Sampler sequential(int n) {
        return once(n, () -> Tensor.arange((long) n).toLongs());
    }

    static Sampler random(Rng rng, int n, int count, Replacement replacement) {
        if (n < 1 || count < 1) {
            throw new ValueException("random order of " + count + " out of " + n
                    + " samples: there have to be some. Check whether the dataset is empty.");
        }
        int chunk = replacement == Replacement.WITH ? AT_ONCE : n;
        return new Chunked(count, () -> new Supplier<>() {
            private Rng stream;
            private int given;

            @Override
            public long[] get() {
                if (given > count) {
                    return null;
                }
                if (stream == null) {
                    stream = rng != null ? rng : Rng.torch(Rng.global().nextSeed());
                }
                int size = Math.min(chunk, count - given);
                // After the last whole chunk there is one more, be it of no numbers.
                given = size < chunk ? count + 1 : given + chunk;
                return replacement == Replacement.WITH
                        ? Tensor.randint(stream, 0, n, size).toLongs()
                        : Arrays.copyOf(Tensor.randperm(stream, n).toLongs(), size);
            }
        });
    }

    static Sampler weighted(Rng rng, Tensor weights, int count, Replacement replacement) {
        if (weights.shape().rank() != 1) {
            throw new ShapeException("weighted order by weights " + weights.shape()
                    + ": they are a vector, one weight for each sample. Flatten them.");
        }
        if (count < 1) {
            throw new ValueException("weighted order of " + count + " samples: there have to be some. Ask for more.");
        }
        Tensor precise = weights.detach().to(DType.F64);
        return once(
                count,
                () -> precise.multinomial(rng != null ? rng : Rng.global(), count, replacement)
                        .toLongs());
    }

    static Sampler shuffled(Rng rng, long... numbers) {
        long[] own = numbers.clone();
        return once(
                own.length,
                () -> Arrays.stream(Tensor.randperm(rng != null ? rng : Rng.global(), own.length)
                                .toLongs())
                        .map(i -> own[(int) i])
                        .toArray());
    }
}
