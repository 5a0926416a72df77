package adjoint.tensor;

import adjoint.kernel.Strided;
import adjoint.kernel.TorchStream;
import adjoint.types.DataException;
import java.util.function.Function;

/**
 * A stream of random numbers: those of PyTorch's CPU generator for the same seed. Uniform numbers, integers and
 * permutations are equal bit for bit, normal ones to 1e-6. Safe for use by several threads, whose draws then
 * interleave as they come; give each thread its own ({@link #split}) where results must repeat.
 */
public final class Rng {
    private static volatile Rng global = new Rng(new TorchStream(System.nanoTime() & 0xffffffffL));

    private final TorchStream stream;

    private Rng(TorchStream stream) {
        this.stream = stream;
    }

    /** A stream as PyTorch's after {@code torch.manual_seed(seed)}. */
    public static Rng torch(long seed) {
        return new Rng(new TorchStream(seed));
    }

    /** A stream as Python's {@code random} module after {@code random.seed(seed)}. */
    public static PythonRandom python(long seed) {
        return new PythonRandom(seed);
    }

    /** The stream that creation methods use when none is given; {@code Adjoint.seed(n)} starts it anew. */
    public static Rng global() {
        return global;
    }

    /** Makes {@code rng} the stream that creation methods use when none is given. */
    public static void global(Rng rng) {
        global = rng;
    }

    /** A new stream, independent of this one's further numbers and determined by this one's state. */
    public synchronized Rng split() {
        return new Rng(stream.split());
    }

    /** A number of all 64-bit integers alike. */
    public synchronized long nextLong() {
        return stream.nextLong();
    }

    /** What PyTorch draws to seed a sampler or a loader: an integer from 0 to 2⁶³−1. */
    public synchronized long nextSeed() {
        return stream.randomSeed();
    }

    /** A uniform number of [0, 1) with 53 random bits. */
    public synchronized double nextDouble() {
        return stream.nextDouble();
    }

    /** The seed that it was made with. PyTorch: {@code initial_seed()}. */
    public synchronized long initialSeed() {
        return stream.seed();
    }

    /**
     * All that decides the numbers to come, as a U8 vector of PyTorch's bytes: to be saved with a model, and given to {@link
     * #state(Tensor)} of this or another stream, or to {@code torch.set_rng_state}. PyTorch: {@code get_rng_state()}.
     */
    public synchronized Tensor state() {
        return RngStates.packed(stream.getState());
    }

    /**
     * Continues from a state that {@link #state()} or {@code torch.get_rng_state()} gave. PyTorch: {@code set_rng_state}.
     *
     * @throws DataException if it is no such state
     */
    public synchronized void state(Tensor state) {
        stream.setState(RngStates.unpacked(state));
    }

    /** Has {@code body} draw from the stream, alone. */
    synchronized Strided draw(Function<TorchStream, Strided> body) {
        return body.apply(stream);
    }
}
