package adjoint.codegen;

import adjoint.types.DType;
import java.util.Arrays;

/** The interpreter's values: blocks of elements of one type, and what the instructions do with them. */
abstract sealed class Registers permits FloatRegisters, DoubleRegisters, LongRegisters {
    final boolean[][] masks;

    Registers(Slots slots, int block) {
        masks = new boolean[slots.count(Kind.MASK)][];
        for (int i = 0; i < masks.length; i++) {
            masks[i] = new boolean[block];
        }
    }

    static Registers of(DType dtype, Slots slots, int block) {
        return switch (dtype) {
            case F32 -> new FloatRegisters(slots, block);
            case F64 -> new DoubleRegisters(slots, block);
            default -> new LongRegisters(slots, block);
        };
    }

    /** Puts a number in every element of register {@code to}. */
    abstract void fill(int to, double value);

    /** Puts a bit pattern in every element of register {@code to}. */
    abstract void fillBits(int to, long value);

    abstract void loadNumbers(int to, Object array, int offset, int step, int n);

    abstract void storeNumbers(int from, Object array, int offset, int step, int n);

    /** An instruction that yields or takes numbers or bits. */
    abstract void computeNumbers(Lane lane, int to, int a, int b, int c, int n);

    final void load(Kind kind, int to, Object array, int offset, int step, int n) {
        if (kind == Kind.NUMBER) {
            loadNumbers(to, array, offset, step, n);
            return;
        }
        boolean[] from = (boolean[]) array;
        if (step == 1) {
            System.arraycopy(from, offset, masks[to], 0, n);
        } else if (step == 0) {
            Arrays.fill(masks[to], 0, n, from[offset]);
        } else {
            for (int i = 0; i < n; i++) {
                masks[to][i] = from[offset + i * step];
            }
        }
    }

    final void store(Kind kind, int from, Object array, int offset, int step, int n) {
        if (kind == Kind.NUMBER) {
            storeNumbers(from, array, offset, step, n);
            return;
        }
        boolean[] to = (boolean[]) array;
        for (int i = 0; i < n; i++) {
            to[offset + i * step] = masks[from][i];
        }
    }

    final void compute(Lane lane, int to, int a, int b, int c, int n) {
        switch (lane) {
            case NOT -> not(masks[to], masks[a], n);
            case AND -> and(masks[to], masks[a], masks[b], n);
            case OR -> or(masks[to], masks[a], masks[b], n);
            case XOR -> xor(masks[to], masks[a], masks[b], n);
            default -> computeNumbers(lane, to, a, b, c, n);
        }
    }

    // Each loop is a method of its own, so that it is compiled once for all formulas.

    private static void not(boolean[] to, boolean[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = !a[i];
        }
    }

    private static void and(boolean[] to, boolean[] a, boolean[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] & b[i];
        }
    }

    private static void or(boolean[] to, boolean[] a, boolean[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] | b[i];
        }
    }

    private static void xor(boolean[] to, boolean[] a, boolean[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] ^ b[i];
        }
    }
}
