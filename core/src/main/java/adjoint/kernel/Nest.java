package adjoint.kernel;

import adjoint.types.Shape;

/**
 * Walks several strided layouts of one (broadcast) shape in step: neighbouring dimensions that all layouts run through
 * evenly are merged, the innermost is left to a flat loop.
 */
public final class Nest {
    /** A flat loop over {@code n} elements from these offsets with these steps; both belong to the nest. */
    @FunctionalInterface
    public interface Inner {
        void run(int[] offsets, int[] steps, int n);
    }

    private final int rank;
    private final int[] sizes;
    private final int[][] strides; // [dimension][operand]
    private final int[] offsets;

    /** A walk of {@code shape} over operands that broadcast to it. */
    public Nest(Shape shape, Strided... operands) {
        int k = operands.length;
        int full = shape.rank();
        sizes = new int[Math.max(full, 1)];
        strides = new int[Math.max(full, 1)][];
        offsets = new int[k];
        for (int i = 0; i < k; i++) {
            offsets[i] = operands[i].offset();
        }
        int r = 0;
        for (int d = 0; d < full; d++) {
            int size = (int) shape.size(d);
            if (size == 1) {
                continue;
            }
            int[] step = new int[k];
            for (int i = 0; i < k; i++) {
                int own = d - (full - operands[i].shape().rank());
                step[i] = own < 0 || operands[i].shape().size(own) == 1 ? 0 : (int) operands[i].stride(own);
            }
            if (r > 0 && merges(strides[r - 1], step, size)) {
                sizes[r - 1] *= size;
                strides[r - 1] = step;
            } else {
                sizes[r] = size;
                strides[r] = step;
                r++;
            }
        }
        if (r == 0) {
            sizes[0] = 1;
            strides[0] = new int[k];
            r = 1;
        }
        rank = r;
    }

    private static boolean merges(int[] outer, int[] inner, int innerSize) {
        for (int i = 0; i < outer.length; i++) {
            if (outer[i] != inner[i] * innerSize) {
                return false;
            }
        }
        return true;
    }

    /** Runs the flat loop for every position of the outer dimensions, in row-major order. */
    public void run(Inner inner) {
        int last = rank - 1;
        int[] at = offsets.clone();
        int[] counter = new int[rank];
        int k = at.length;
        for (int d = 0; d <= last; d++) {
            if (sizes[d] == 0) {
                return;
            }
        }
        while (true) {
            inner.run(at, strides[last], sizes[last]);
            int d = last - 1;
            while (d >= 0) {
                int[] step = strides[d];
                if (++counter[d] < sizes[d]) {
                    for (int i = 0; i < k; i++) {
                        at[i] += step[i];
                    }
                    break;
                }
                counter[d] = 0;
                for (int i = 0; i < k; i++) {
                    at[i] -= step[i] * (sizes[d] - 1);
                }
                d--;
            }
            if (d < 0) {
                return;
            }
        }
    }
}
