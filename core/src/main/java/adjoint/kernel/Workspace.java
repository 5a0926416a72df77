package adjoint.kernel;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Arrays for intermediate numbers, used again since memory that was just in use is in the caches and a new array has to be
 * zeroed. A few are kept, none larger than {@link #LARGEST}. What they hold when taken is left over from before.
 */
final class Workspace {
    private static final int LARGEST = 1 << 22;
    private static final int KEPT = 4;
    private static final AtomicReferenceArray<Object> FREE = new AtomicReferenceArray<>(2 * KEPT);

    private Workspace() {}

    /** At least {@code n} numbers. */
    static float[] floats(int n) {
        for (int i = 0; i < KEPT; i++) {
            if (FREE.get(i) instanceof float[] a && a.length >= n && FREE.compareAndSet(i, a, null)) {
                return a;
            }
        }
        return new float[n];
    }

    /** At least {@code n} numbers. */
    static double[] doubles(int n) {
        for (int i = KEPT; i < 2 * KEPT; i++) {
            if (FREE.get(i) instanceof double[] a && a.length >= n && FREE.compareAndSet(i, a, null)) {
                return a;
            }
        }
        return new double[n];
    }

    /** Hands an array back; the caller keeps no hold of it. */
    static void give(float[] a) {
        keep(a, a.length, 0);
    }

    /** Hands an array back; the caller keeps no hold of it. */
    static void give(double[] a) {
        keep(a, a.length, KEPT);
    }

    /** Hands an array of either kind back. */
    static void give(Object a) {
        if (a instanceof float[] floats) {
            give(floats);
        } else {
            give((double[]) a);
        }
    }

    private static void keep(Object array, int length, int from) {
        if (length > LARGEST) {
            return;
        }
        for (int i = from; i < from + KEPT; i++) {
            if (FREE.get(i) == null && FREE.compareAndSet(i, null, array)) {
                return;
            }
        }
        FREE.set(from + (length & 3), array); // one that was kept gives way
    }
}
