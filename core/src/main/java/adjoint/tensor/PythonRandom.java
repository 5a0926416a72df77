package adjoint.tensor;

import adjoint.kernel.PythonStream;
import java.util.List;

/** Python's {@code random} module for a seed: the same numbers in the same order. */
public final class PythonRandom {
    private final PythonStream stream;

    PythonRandom(long seed) {
        stream = new PythonStream(seed);
    }

    /** Shuffles in place, as {@code random.shuffle}. */
    public synchronized void shuffle(int[] x) {
        stream.shuffle(x);
    }

    /** Shuffles in place, as {@code random.shuffle}. */
    public synchronized void shuffle(List<?> x) {
        stream.shuffle(x);
    }

    /** A number of [0, 1), as {@code random.random}. */
    public synchronized double random() {
        return stream.random();
    }

    /** An integer of {@code [a, b]}, both ends included, as {@code random.randint}. */
    public synchronized long randint(long a, long b) {
        return stream.randint(a, b);
    }

    /** One of the elements, as {@code random.choice}. */
    public synchronized <T> T choice(List<T> x) {
        return stream.choice(x);
    }

    /** {@code k} different indices below {@code n}, as {@code random.sample(range(n), k)}. */
    public synchronized int[] sample(int n, int k) {
        return stream.sample(n, k);
    }

    /** A number between {@code a} and {@code b}, as {@code random.uniform}. */
    public synchronized double uniform(double a, double b) {
        return stream.uniform(a, b);
    }

    /** A normal number, as {@code random.gauss}. */
    public synchronized double gauss(double mean, double std) {
        return stream.gauss(mean, std);
    }
}
