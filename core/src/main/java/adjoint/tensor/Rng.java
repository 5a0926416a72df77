package adjoint.tensor;

import adjoint.kernel.Strided;
import adjoint.kernel.TorchStream;
import adjoint.types.DType;
import adjoint.types.Shape;
import adjoint.types.ValueException;

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

    synchronized Strided uniform(DType dtype, Shape shape, double low, double high) {
        Strided out = Strided.zeros(dtype, shape);
        if (dtype == DType.F64) {
            stream.uniform(out.doubles(), 0, out.numel(), low, high);
        } else {
            stream.uniform(out.floats(), 0, out.numel(), low, high);
        }
        return out;
    }

    synchronized Strided normal(DType dtype, Shape shape, double mean, double std) {
        if (!(std >= 0)) {
            throw new ValueException(
                    "normal with standard deviation " + std + ": a deviation is not negative. Give 0 or more.");
        }
        Strided out = Strided.zeros(dtype, shape);
        if (dtype == DType.F64) {
            stream.normal(out.doubles(), 0, out.numel(), mean, std);
        } else {
            stream.normal(out.floats(), 0, out.numel(), mean, std);
        }
        return out;
    }

    synchronized Strided integers(Shape shape, long low, long high) {
        Strided out = Strided.zeros(DType.I64, shape);
        stream.integers(out.longs(), 0, out.numel(), low, high);
        return out;
    }

    synchronized Strided permutation(int n) {
        Strided out = Strided.zeros(DType.I64, Shape.of(n));
        stream.permutation(out.longs(), 0, n);
        return out;
    }
}
