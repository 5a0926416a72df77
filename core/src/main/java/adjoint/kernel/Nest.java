package adjoint.kernel;

import adjoint.types.Shape;
import java.util.function.Consumer;

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

    /** A loop over a plane: {@code m} times with the outer steps, in each {@code n} times with the inner ones. */
    @FunctionalInterface
    interface Plane {
        void run(int[] offsets, int[] outer, int[] inner, int m, int n);
    }

    /** Whether the first of two operands is dense in the innermost dimension, and the second in the one around it. */
    boolean isTransposed() {
        return rank > 1
                && strides[rank - 1][0] == 1
                && strides[rank - 2][1] == 1
                && strides[rank - 1][1] > 1
                && Math.min(sizes[rank - 1], sizes[rank - 2]) > 1;
    }

    /** Runs a loop over the two innermost dimensions, which there are, for every position of the others. */
    void runPlanes(Plane plane) {
        int last = rank - 1;
        walk(last - 1, at -> plane.run(at, strides[last - 1], strides[last], sizes[last - 1], sizes[last]));
    }

    /** Runs the flat loop for every position of the outer dimensions, in row-major order. */
    public void run(Inner inner) {
        int last = rank - 1;
        walk(last, at -> inner.run(at, strides[last], sizes[last]));
    }

    /** Goes through the first {@code depth} dimensions in row-major order. */
    private void walk(int depth, Consumer<int[]> body) {
        int[] at = offsets.clone();
        int[] counter = new int[rank];
        int k = at.length;
        for (int d = 0; d < rank; d++) {
            if (sizes[d] == 0) {
                return;
            }
        }
        while (true) {
            body.accept(at);
            int d = depth - 1;
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
