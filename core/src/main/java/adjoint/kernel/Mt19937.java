package adjoint.kernel;

/**
 * The 32-bit Mersenne Twister (Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform
 * pseudorandom number generator", ACM TOMACS 8 (1998), with the seeding of their 2002 revision). Both PyTorch's CPU
 * generator and Python's {@code random} draw from it; they differ in how they seed it.
 *
 * <p>Not thread-safe.
 */
public final class Mt19937 {
    /** Number of 32-bit words of state. */
    public static final int WORDS = 624;

    private static final int MIDDLE = 397;
    private static final int MATRIX = 0x9908b0df;
    private static final int ARRAY_BASE_SEED = 19650218;

    private final int[] words = new int[WORDS];
    private int next;

    /** Seeds with one 32-bit word, as PyTorch's {@code manual_seed} does after dropping the upper half of its seed. */
    public Mt19937(int seed) {
        fill(seed);
    }

    /** Seeds with a key of any positive length, taken as unsigned words, as CPython's {@code random.seed(int)} does. */
    public Mt19937(int[] key) {
        if (key.length == 0) {
            throw new IllegalArgumentException("a key has at least one word");
        }
        fill(ARRAY_BASE_SEED);
        int i = 1;
        int j = 0;
        for (int k = Math.max(WORDS, key.length); k > 0; k--) {
            words[i] = (words[i] ^ ((words[i - 1] ^ (words[i - 1] >>> 30)) * 1664525)) + key[j] + j;
            i = advance(i);
            j = j + 1 == key.length ? 0 : j + 1;
        }
        for (int k = WORDS - 1; k > 0; k--) {
            words[i] = (words[i] ^ ((words[i - 1] ^ (words[i - 1] >>> 30)) * 1566083941)) - i;
            i = advance(i);
        }
        words[0] = 0x80000000;
        next = WORDS;
    }

    private Mt19937(int[] words, int next) {
        System.arraycopy(words, 0, this.words, 0, WORDS);
        this.next = next;
    }

    /** A generator that continues from saved {@link #words()} and {@link #position()}. */
    public static Mt19937 restored(int[] words, int position) {
        if (words.length != WORDS || position < 0 || position > WORDS) {
            throw new IllegalArgumentException("not a state of " + WORDS + " words and a position in 0.." + WORDS);
        }
        return new Mt19937(words, position);
    }

    /** An independent copy that will give the same numbers from here on. */
    public Mt19937 copy() {
        return new Mt19937(words, next);
    }

    /** A copy of the state words. */
    public int[] words() {
        return words.clone();
    }

    /** How many of the state words have been handed out: 0 to {@value #WORDS}. */
    public int position() {
        return next;
    }

    /** The next 32 random bits. */
    public int nextInt() {
        if (next == WORDS) {
            twist();
        }
        int y = words[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    /** The next 64 random bits: two draws, the first in the upper half. */
    public long nextLong() {
        long high = nextInt();
        return (high << 32) | (nextInt() & 0xffffffffL);
    }

    private void fill(int seed) {
        words[0] = seed;
        for (int i = 1; i < WORDS; i++) {
            words[i] = 1812433253 * (words[i - 1] ^ (words[i - 1] >>> 30)) + i;
        }
        next = WORDS;
    }

    private int advance(int i) {
        if (i + 1 < WORDS) {
            return i + 1;
        }
        words[0] = words[WORDS - 1];
        return 1;
    }

    private void twist() {
        int[] w = words;
        for (int i = 0; i < WORDS - MIDDLE; i++) {
            w[i] = w[i + MIDDLE] ^ mixed(w[i], w[i + 1]);
        }
        for (int i = WORDS - MIDDLE; i < WORDS - 1; i++) {
            w[i] = w[i + MIDDLE - WORDS] ^ mixed(w[i], w[i + 1]);
        }
        w[WORDS - 1] = w[MIDDLE - 1] ^ mixed(w[WORDS - 1], w[0]);
        next = 0;
    }

    private static int mixed(int upper, int lower) {
        int y = (upper & 0x80000000) | (lower & 0x7fffffff);
        return (y >>> 1) ^ (-(y & 1) & MATRIX);
    }
}
