package adjoint.kernel;

import adjoint.types.IndexException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Python's {@code random} module after {@code random.seed(int)}: the same numbers bit for bit ({@code gauss}, which goes
 * through the C library's functions, to 1e-15). Not thread-safe.
 */
public final class PythonStream {
    private final Mt19937 bits;
    private double pendingGauss = Double.NaN;

    /** As {@code random.seed(seed)}: the seed's absolute value, as 32-bit words, the lowest first. */
    public PythonStream(long seed) {
        long magnitude = Math.abs(seed);
        int low = (int) magnitude;
        int high = (int) (magnitude >>> 32);
        bits = new Mt19937(high == 0 ? new int[] {low} : new int[] {low, high});
    }

    private PythonStream(PythonStream other) {
        bits = other.bits.copy();
        pendingGauss = other.pendingGauss;
    }

    /** An independent stream that will give the same numbers as this one from here on. */
    public PythonStream copy() {
        return new PythonStream(this);
    }

    /** {@code random.random()}: in [0, 1), 53 bits. */
    public double random() {
        long a = word() >>> 5;
        long b = word() >>> 6;
        return ((a << 26) + b) * 0x1p-53;
    }

    /** {@code random.getrandbits(k)} for k in 0 … 64; of 64 bits the highest shows as the sign. */
    public long getrandbits(int k) {
        if (k < 0 || k > 64) {
            throw new IndexException("getrandbits: " + k + " bits do not fit a long. Ask for 0 to 64.");
        }
        if (k == 0) {
            return 0;
        }
        if (k <= 32) {
            return word() >>> (32 - k);
        }
        long low = word();
        return (word() >>> (64 - k) << 32) | low;
    }

    private long word() {
        return bits.nextInt() & 0xffffffffL;
    }

    /** {@code random.randrange(n)}: in [0, n), for n > 0, by rejection. */
    public long randbelow(long n) {
        if (n <= 0) {
            throw new IndexException("randbelow: no integer from 0 on lies below " + n + ". Give a positive bound.");
        }
        int k = Long.SIZE - Long.numberOfLeadingZeros(n);
        long r = getrandbits(k);
        while (Long.compareUnsigned(r, n) >= 0) {
            r = getrandbits(k);
        }
        return r;
    }

    /** {@code random.randrange(start, stop)}: in [start, stop), of a width below 2⁶³. */
    public long randrange(long start, long stop) {
        long width = stop - start;
        // A width that overflows shows as negative, too.
        if (start >= stop || width < 0) {
            throw new IndexException("randrange: [" + start + ", " + stop + ") "
                    + (start >= stop ? "holds no integer" : "holds more than 9223372036854775807 integers")
                    + ". Give a start below the stop, and at most that far.");
        }
        return start + randbelow(width);
    }

    /** {@code random.randint(a, b)}: in [a, b], both ends included. */
    public long randint(long a, long b) {
        long width = b - a + 1;
        if (a > b || width <= 0) {
            throw new IndexException("randint: [" + a + ", " + b + "] "
                    + (a > b ? "holds no integer" : "holds more than 9223372036854775807 integers")
                    + ". Give the lower end first, and a closer upper one.");
        }
        return a + randbelow(width);
    }

    /** {@code random.shuffle(x)}. */
    public void shuffle(int[] x) {
        for (int i = x.length - 1; i > 0; i--) {
            int j = (int) randbelow(i + 1);
            int kept = x[i];
            x[i] = x[j];
            x[j] = kept;
        }
    }

    /** {@code random.shuffle(x)}. */
    public void shuffle(long[] x) {
        for (int i = x.length - 1; i > 0; i--) {
            int j = (int) randbelow(i + 1);
            long kept = x[i];
            x[i] = x[j];
            x[j] = kept;
        }
    }

    /** {@code random.shuffle(x)} of a list that can be written to. */
    public void shuffle(List<?> x) {
        for (int i = x.size() - 1; i > 0; i--) {
            Collections.swap(x, i, (int) randbelow(i + 1));
        }
    }

    /** {@code random.choice(x)}. */
    public <T> T choice(List<T> x) {
        if (x.isEmpty()) {
            throw new IndexException(
                    "choice: the list is empty, so there is nothing to choose. Give at least one item.");
        }
        return x.get((int) randbelow(x.size()));
    }

    /** {@code random.sample(range(n), k)}: k different numbers of 0 … n−1, in random order. */
    public int[] sample(int n, int k) {
        if (k < 0 || k > n) {
            throw new IndexException(
                    "sample: of " + n + " items there are no " + k + " different ones. Ask for 0 to " + n + ".");
        }
        int[] result = new int[k];
        if (n <= poolLimit(k)) {
            samplePool(n, result);
        } else {
            Set<Integer> seen = new HashSet<>();
            for (int i = 0; i < k; i++) {
                int j = (int) randbelow(n);
                while (!seen.add(j)) {
                    j = (int) randbelow(n);
                }
                result[i] = j;
            }
        }
        return result;
    }

    private void samplePool(int n, int[] result) {
        int[] pool = new int[n];
        for (int i = 0; i < n; i++) {
            pool[i] = i;
        }
        for (int i = 0; i < result.length; i++) {
            int j = (int) randbelow(n - i);
            result[i] = pool[j];
            pool[j] = pool[n - i - 1];
        }
    }

    /** Up to this many items Python copies them all rather than remember which were taken. */
    private static long poolLimit(int k) {
        long limit = 21;
        if (k > 5) {
            long power = 1;
            while (power < 3L * k) {
                power *= 4;
            }
            limit += power;
        }
        return limit;
    }

    /** {@code random.uniform(a, b)}. */
    public double uniform(double a, double b) {
        return a + (b - a) * random();
    }

    /** {@code random.gauss(mu, sigma)}: pairs, of which the second waits for the next call. */
    public double gauss(double mu, double sigma) {
        double z = pendingGauss;
        pendingGauss = Double.NaN;
        if (Double.isNaN(z)) {
            double angle = random() * (2 * Math.PI);
            double radius = Math.sqrt(-2 * StrictMath.log(1 - random()));
            z = StrictMath.cos(angle) * radius;
            pendingGauss = StrictMath.sin(angle) * radius;
        }
        return mu + z * sigma;
    }
}
