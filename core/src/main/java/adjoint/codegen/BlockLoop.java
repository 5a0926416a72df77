package adjoint.codegen;

import adjoint.types.DType;
import java.util.Arrays;
import java.util.List;

/** The loops that a long program was cut into, one after the other over each block of elements. */
final class BlockLoop extends Loop {
    /** A multiple of every vector's length; a dozen scratch arrays of it stay in the nearest cache. */
    private static final int BLOCK = 512;

    private final DType dtype;
    private final int own;
    private final Loop[] parts;
    private final Kind[] scratch;

    BlockLoop(DType dtype, int operands, List<Loop> parts, List<Kind> scratch) {
        this.dtype = dtype;
        this.own = operands + 1;
        this.parts = parts.toArray(Loop[]::new);
        this.scratch = scratch.toArray(Kind[]::new);
    }

    @Override
    public void run(Object[] arrays, int[] offsets, int[] steps, double[] params, int n) {
        Object[] all = new Object[own + scratch.length];
        System.arraycopy(arrays, 0, all, 0, own);
        int[] at = Arrays.copyOf(offsets, all.length);
        int[] by = Arrays.copyOf(steps, all.length);
        Arrays.fill(by, own, by.length, 1);
        for (int i = 0; i < scratch.length; i++) {
            all[own + i] = scratch(scratch[i], Math.min(n, BLOCK));
        }
        for (int begin = 0; begin < n; begin += BLOCK) {
            int count = Math.min(BLOCK, n - begin);
            for (Loop part : parts) {
                part.run(all, at, by, params, count);
            }
            for (int i = 0; i < own; i++) {
                at[i] += by[i] * count;
            }
        }
    }

    private Object scratch(Kind kind, int length) {
        return switch (kind) {
            case MASK -> new boolean[length];
            case BITS -> dtype == DType.F32 ? new int[length] : new long[length];
            case NUMBER ->
                switch (dtype) {
                    case F32 -> new float[length];
                    case F64 -> new double[length];
                    default -> new long[length];
                };
        };
    }
}
