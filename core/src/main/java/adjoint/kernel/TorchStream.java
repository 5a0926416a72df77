package adjoint.kernel;

/**
 * PyTorch's CPU generator: the same numbers, in the same order, for the same seed. Uniforms, integers, permutations and
 * Bernoulli draws are equal bit for bit. So were all float32 normals and exponentials compared; float64 ones differ by
 * an ulp where StrictMath and the C library do.
 *
 * <p>How many words each function takes decides what comes after it, so each method says it. A <em>word</em> is 32
 * bits. What PyTorch's own layers and loaders take from the stream:
 *
 * <ul>
 *   <li>{@code nn.Linear(in, out)}: weight {@code uniform(-b, b)} with {@code b = 1/√in} (as Kaiming's rule with
 *       {@code a = √5} computes it: {@code √3 · (√(2 / (1 + √5²)) / √in)}), then bias {@code uniform(-1/√in, 1/√in)}.
 *   <li>{@code nn.Embedding}: {@code normal(0, 1)}. {@code nn.init.normal_}, {@code uniform_}: one fill each.
 *   <li>{@code F.dropout(x, p)} in training: {@code bernoulli(1 - p)} of x's size, the double form (two words an
 *       element).
 *   <li>{@code DataLoader(shuffle=True)}: making the iterator takes {@link #randomSeed()} (the workers' base seed, also
 *       when not shuffling); its first batch takes {@link #randomSeed()} again, and the order of that epoch is
 *       {@link #permutation} of a <em>new</em> stream seeded with it. A loader with a generator of its own takes the
 *       base seed from that and permutes with it directly.
 * </ul>
 *
 * <p>Tensors that aren't contiguous: PyTorch fills them in memory order by the {@code …Serial} normal path.
 *
 * <p>Not thread-safe. Arguments are the caller's to check: ranges are not empty, deviations not negative, probabilities
 * in [0, 1].
 */
public final class TorchStream {
    private static final double FLOAT_UNIT = 0x1p-24;
    private static final double DOUBLE_UNIT = 0x1p-53;
    private static final long DOUBLE_MASK = (1L << 53) - 1;
    /** From this range on, an integer is reduced from 64 bits instead of 32. */
    private static final long WIDE_RANGE = 1L << 28;
    /** From this length on, PyTorch permutes by another algorithm, from 64-bit draws. */
    private static final int LONG_PERMUTATION = (int) (0xffffffffL / 20);

    private long seed;
    private Mt19937 bits;
    /** The second number of the last pair of the serial normal path; NaN when there is none. */
    private double cachedNormal = Double.NaN;

    /** As {@code torch.manual_seed(seed)}: only the lower 32 bits of the seed matter to the numbers. */
    public TorchStream(long seed) {
        this.seed = seed;
        this.bits = new Mt19937((int) seed);
    }

    private TorchStream(long seed, Mt19937 bits, double cachedNormal) {
        this.seed = seed;
        this.bits = bits;
        this.cachedNormal = cachedNormal;
    }

    /**
     * Everything that decides the numbers to come.
     *
     * @param seed what {@link #seed()} answers
     * @param words 624 state words
     * @param position how many of them are used up
     * @param cachedNormal the pending normal of the serial path, NaN for none
     */
    public record State(long seed, int[] words, int position, double cachedNormal) {
        public State {
            words = words.clone();
        }

        @Override
        public int[] words() {
            return words.clone();
        }
    }

    /** The seed this stream was made with ({@code torch.initial_seed()}). */
    public long seed() {
        return seed;
    }

    /** A copy of the state, unaffected by later draws. */
    public State getState() {
        return new State(seed, bits.words(), bits.position(), cachedNormal);
    }

    /** Continues from a state taken earlier, from this or another stream. */
    public void setState(State state) {
        bits = Mt19937.restored(state.words, state.position);
        seed = state.seed;
        cachedNormal = state.cachedNormal;
    }

    /** An independent stream that will give the same numbers as this one from here on. */
    public TorchStream copy() {
        return new TorchStream(seed, bits.copy(), cachedNormal);
    }

    /**
     * A stream of its own for another thread or purpose, decided by this stream's state. Takes two words. The 64 bits
     * drawn are scrambled by SplitMix64's finaliser (Steele, Lea and Flood, 2014) and seed the whole state as an array,
     * so that streams made by splitting do not coincide with those that users seed by small numbers.
     */
    public TorchStream split() {
        long z = bits.nextLong() + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        z ^= z >>> 31;
        return new TorchStream(z, new Mt19937(new int[] {(int) z, (int) (z >>> 32)}), Double.NaN);
    }

    /** 32 random bits; one word. */
    public int nextInt() {
        return bits.nextInt();
    }

    /** 64 random bits; two words. {@code Tensor.random_(-2**63, None)} of an int64 tensor. */
    public long nextLong() {
        return bits.nextLong();
    }

    /** A seed in 0 … 2⁶³−1, {@code torch.empty((), dtype=torch.int64).random_()}; two words. */
    public long randomSeed() {
        return bits.nextLong() & Long.MAX_VALUE;
    }

    /** In [0, 1), a multiple of 2⁻²⁴; one word. */
    public float nextFloat() {
        return (float) ((bits.nextInt() & 0xffffff) * FLOAT_UNIT);
    }

    /** In [0, 1), a multiple of 2⁻⁵³; two words. */
    public double nextDouble() {
        return (bits.nextLong() & DOUBLE_MASK) * DOUBLE_UNIT;
    }

    /** {@code uniform_(from, to)} of a float32 tensor, bounds rounded to float; one word an element. */
    public void uniform(float[] out, int off, int n, double from, double to) {
        float low = (float) from;
        float width = (float) to - low;
        for (int i = off; i < off + n; i++) {
            out[i] = Math.fma(nextFloat(), width, low);
        }
    }

    /** {@code uniform_(from, to)} of a float64 tensor; two words an element. */
    public void uniform(double[] out, int off, int n, double from, double to) {
        double width = to - from;
        for (int i = off; i < off + n; i++) {
            out[i] = Math.fma(nextDouble(), width, from);
        }
    }

    /**
     * Integers in [low, high), {@code torch.randint}: the remainder of one word an element when {@code high - low} is
     * below 2²⁸, else of two, whatever the tensor's type. The difference may exceed 2⁶³: it counts as unsigned.
     */
    public void integers(long[] out, int off, int n, long low, long high) {
        long range = high - low;
        boolean wide = Long.compareUnsigned(range, WIDE_RANGE) >= 0;
        for (int i = off; i < off + n; i++) {
            long value = wide ? Long.remainderUnsigned(bits.nextLong(), range) : (bits.nextInt() & 0xffffffffL) % range;
            out[i] = low + value;
        }
    }

    /** {@code random_()} of an int64 tensor: 0 … 2⁶³−1; two words an element. */
    public void integers(long[] out, int off, int n) {
        for (int i = off; i < off + n; i++) {
            out[i] = randomSeed();
        }
    }

    /**
     * {@code random_()} of a narrower integer tensor of {@code valueBits} bits beside the sign (31, 15, 7; 8 for uint8,
     * 1 for bool): 0 … 2^valueBits − 1; one word an element.
     */
    public void narrowIntegers(long[] out, int off, int n, int valueBits) {
        long mask = (1L << valueBits) - 1;
        for (int i = off; i < off + n; i++) {
            out[i] = bits.nextInt() & mask;
        }
    }

    /** The numbers 0 … n−1 in random order, {@code torch.randperm(n)}; n−1 words (2n from 214,748,364 on). */
    public void permutation(long[] out, int off, int n) {
        if (n < LONG_PERMUTATION) {
            for (int i = 0; i < n; i++) {
                out[off + i] = i;
            }
            for (int i = 0; i < n - 1; i++) {
                int z = i + (int) ((bits.nextInt() & 0xffffffffL) % (n - i));
                long kept = out[off + i];
                out[off + i] = out[off + z];
                out[off + z] = kept;
            }
        } else {
            longPermutation(out, off, n);
        }
    }

    /** The inside-out shuffle, apart so that a test can run it at a small size. */
    void longPermutation(long[] out, int off, int n) {
        for (int i = 0; i < n; i++) {
            int z = (int) Long.remainderUnsigned(bits.nextLong(), i + 1L);
            out[off + i] = i;
            out[off + i] = out[off + z];
            out[off + z] = i;
        }
    }

    /**
     * {@code normal_(mean, std)} of a contiguous float32 tensor. Of 16 or more elements: Box–Muller over blocks of 16,
     * one word an element, and a last partial block is drawn anew together with the elements before it (16 words more).
     * Of fewer: {@link #normalSerial(float[], int, int, double, double)}.
     */
    public void normal(float[] out, int off, int n, double mean, double std) {
        if (n < BoxMuller.BLOCK) {
            normalSerial(out, off, n, mean, std);
            return;
        }
        float m = (float) mean;
        float s = (float) std;
        int whole = n - n % BoxMuller.BLOCK;
        // PyTorch draws all uniforms first; the blocks do not depend on each other, so the numbers are the same while
        // each block is still in the cache. Only the partial block's uniforms have to be drawn (and are then dropped).
        for (int i = 0; i < whole; i += BoxMuller.BLOCK) {
            uniform(out, off + i, BoxMuller.BLOCK, 0, 1);
            BoxMuller.transform(out, off + i, m, s);
        }
        if (whole < n) {
            skip(n - whole);
            int last = off + n - BoxMuller.BLOCK;
            uniform(out, last, BoxMuller.BLOCK, 0, 1);
            BoxMuller.transform(out, last, m, s);
        }
    }

    /** The same of a float64 tensor: two words where the float32 form takes one. */
    public void normal(double[] out, int off, int n, double mean, double std) {
        if (n < BoxMuller.BLOCK) {
            normalSerial(out, off, n, mean, std);
            return;
        }
        int whole = n - n % BoxMuller.BLOCK;
        for (int i = 0; i < whole; i += BoxMuller.BLOCK) {
            uniform(out, off + i, BoxMuller.BLOCK, 0, 1);
            BoxMuller.transform(out, off + i, mean, std);
        }
        if (whole < n) {
            skip(2 * (n - whole));
            int last = off + n - BoxMuller.BLOCK;
            uniform(out, last, BoxMuller.BLOCK, 0, 1);
            BoxMuller.transform(out, last, mean, std);
        }
    }

    /** {@link #nextNormal} an element, rounded to float: tensors of fewer than 16 elements, or not contiguous. */
    public void normalSerial(float[] out, int off, int n, double mean, double std) {
        for (int i = off; i < off + n; i++) {
            out[i] = (float) nextNormal(mean, std);
        }
    }

    /** {@link #nextNormal} an element: tensors of fewer than 16 elements, or not contiguous. */
    public void normalSerial(double[] out, int off, int n, double mean, double std) {
        for (int i = off; i < off + n; i++) {
            out[i] = nextNormal(mean, std);
        }
    }

    /**
     * One normal number in double precision. Every other call takes four words and makes a pair; the second number of
     * the pair waits for the next call, whatever is drawn in between by other methods.
     */
    public double nextNormal(double mean, double std) {
        double value = cachedNormal;
        if (Double.isNaN(value)) {
            double u1 = nextDouble();
            double u2 = nextDouble();
            double radius = Math.sqrt(-2 * StrictMath.log1p(-u2));
            double theta = 2 * Math.PI * u1;
            cachedNormal = radius * StrictMath.sin(theta);
            value = radius * StrictMath.cos(theta);
        } else {
            cachedNormal = Double.NaN;
        }
        return Math.fma(value, std, mean);
    }

    /** {@code bernoulli_(p)} with one probability: 1 or 0; two words an element. Dropout's mask. */
    public void bernoulli(float[] out, int off, int n, double p) {
        for (int i = off; i < off + n; i++) {
            out[i] = nextBernoulli(p) ? 1 : 0;
        }
    }

    /** {@code bernoulli_(p)} of a float64 tensor with one probability; two words an element. */
    public void bernoulli(double[] out, int off, int n, double p) {
        for (int i = off; i < off + n; i++) {
            out[i] = nextBernoulli(p) ? 1 : 0;
        }
    }

    /** {@code torch.bernoulli(p)} of a float32 tensor of probabilities; one word an element. */
    public void bernoulli(float[] out, int off, int n, float[] p, int pOff) {
        for (int i = 0; i < n; i++) {
            out[off + i] = nextFloat() < p[pOff + i] ? 1 : 0;
        }
    }

    /** {@code torch.bernoulli(p)} of a float64 tensor of probabilities; two words an element. */
    public void bernoulli(double[] out, int off, int n, double[] p, int pOff) {
        for (int i = 0; i < n; i++) {
            out[off + i] = nextBernoulli(p[pOff + i]) ? 1 : 0;
        }
    }

    /** True with probability p; two words. */
    public boolean nextBernoulli(double p) {
        return nextDouble() < p;
    }

    /** {@code exponential_(lambda)} of a float32 tensor; two words an element. */
    public void exponential(float[] out, int off, int n, double lambda) {
        for (int i = off; i < off + n; i++) {
            out[i] = (float) nextExponential(lambda);
        }
    }

    /** {@code exponential_(lambda)} of a float64 tensor; two words an element. */
    public void exponential(double[] out, int off, int n, double lambda) {
        for (int i = off; i < off + n; i++) {
            out[i] = nextExponential(lambda);
        }
    }

    /** A positive number of density λ·exp(−λx); two words. */
    public double nextExponential(double lambda) {
        return -1 / lambda * StrictMath.log1p(-nextDouble());
    }

    private void skip(int words) {
        for (int i = 0; i < words; i++) {
            bits.nextInt();
        }
    }
}
