package adjoint.codegen;

import java.util.Arrays;

/** Registers of 32-bit floating-point numbers; every instruction rounds to float. */
final class FloatRegisters extends Registers {
    private final float[][] x;
    private final int[][] bits;

    FloatRegisters(Slots slots, int block) {
        super(slots, block);
        x = new float[slots.count(Kind.NUMBER)][];
        for (int i = 0; i < x.length; i++) {
            x[i] = new float[block];
        }
        bits = new int[slots.count(Kind.BITS)][];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = new int[block];
        }
    }

    @Override
    void fill(int to, double value) {
        Arrays.fill(x[to], (float) value);
    }

    @Override
    void fillBits(int to, long value) {
        Arrays.fill(bits[to], (int) value);
    }

    @Override
    void loadNumbers(int to, Object array, int offset, int step, int n) {
        float[] from = (float[]) array;
        if (step == 1) {
            System.arraycopy(from, offset, x[to], 0, n);
        } else if (step == 0) {
            Arrays.fill(x[to], 0, n, from[offset]);
        } else {
            gather(x[to], from, offset, step, n);
        }
    }

    @Override
    void storeNumbers(int from, Object array, int offset, int step, int n) {
        float[] to = (float[]) array;
        if (step == 1) {
            System.arraycopy(x[from], 0, to, offset, n);
        } else {
            scatter(to, offset, step, x[from], n);
        }
    }

    @Override
    void computeNumbers(Lane lane, int to, int a, int b, int c, int n) {
        switch (lane) {
            case NEG -> neg(x[to], x[a], n);
            case ABS -> abs(x[to], x[a], n);
            case SQRT -> sqrt(x[to], x[a], n);
            case ADD -> add(x[to], x[a], x[b], n);
            case SUB -> sub(x[to], x[a], x[b], n);
            case MUL -> mul(x[to], x[a], x[b], n);
            case DIV -> div(x[to], x[a], x[b], n);
            case MIN -> min(x[to], x[a], x[b], n);
            case MAX -> max(x[to], x[a], x[b], n);
            case FMA -> fma(x[to], x[a], x[b], x[c], n);
            case LT -> lt(masks[to], x[a], x[b], n);
            case LE -> le(masks[to], x[a], x[b], n);
            case EQ -> eq(masks[to], x[a], x[b], n);
            case SELECT -> select(x[to], masks[a], x[b], x[c], n);
            case TO_BITS -> toBits(bits[to], x[a], n);
            case RAW_BITS -> rawBits(bits[to], x[a], n);
            case FROM_BITS -> fromBits(x[to], bits[a], n);
            case BITS_ADD -> add(bits[to], bits[a], bits[b], n);
            case BITS_SUB -> sub(bits[to], bits[a], bits[b], n);
            case BITS_AND -> and(bits[to], bits[a], bits[b], n);
            case BITS_OR -> or(bits[to], bits[a], bits[b], n);
            case BITS_XOR -> xor(bits[to], bits[a], bits[b], n);
            case BITS_SHL -> shl(bits[to], bits[a], bits[b], n);
            case BITS_SHR -> shr(bits[to], bits[a], bits[b], n);
            case BITS_USHR -> ushr(bits[to], bits[a], bits[b], n);
            default -> throw new IllegalArgumentException("formula: no instruction " + lane + " on float values.");
        }
    }

    // Each loop is a method of its own, so that it is compiled once for all formulas.

    private static void gather(float[] to, float[] from, int offset, int step, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = from[offset + i * step];
        }
    }

    private static void scatter(float[] to, int offset, int step, float[] from, int n) {
        for (int i = 0; i < n; i++) {
            to[offset + i * step] = from[i];
        }
    }

    private static void neg(float[] to, float[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = -a[i];
        }
    }

    private static void abs(float[] to, float[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.abs(a[i]);
        }
    }

    private static void sqrt(float[] to, float[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = (float) Math.sqrt(a[i]);
        }
    }

    private static void add(float[] to, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] + b[i];
        }
    }

    private static void sub(float[] to, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] - b[i];
        }
    }

    private static void mul(float[] to, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] * b[i];
        }
    }

    private static void div(float[] to, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] / b[i];
        }
    }

    private static void min(float[] to, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.min(a[i], b[i]);
        }
    }

    private static void max(float[] to, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.max(a[i], b[i]);
        }
    }

    private static void fma(float[] to, float[] a, float[] b, float[] c, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.fma(a[i], b[i], c[i]);
        }
    }

    private static void lt(boolean[] to, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] < b[i];
        }
    }

    private static void le(boolean[] to, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] <= b[i];
        }
    }

    private static void eq(boolean[] to, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] == b[i];
        }
    }

    private static void select(float[] to, boolean[] c, float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = c[i] ? a[i] : b[i];
        }
    }

    private static void toBits(int[] to, float[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Float.floatToIntBits(a[i]);
        }
    }

    private static void rawBits(int[] to, float[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Float.floatToRawIntBits(a[i]);
        }
    }

    private static void fromBits(float[] to, int[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Float.intBitsToFloat(a[i]);
        }
    }

    private static void add(int[] to, int[] a, int[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] + b[i];
        }
    }

    private static void sub(int[] to, int[] a, int[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] - b[i];
        }
    }

    private static void and(int[] to, int[] a, int[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] & b[i];
        }
    }

    private static void or(int[] to, int[] a, int[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] | b[i];
        }
    }

    private static void xor(int[] to, int[] a, int[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] ^ b[i];
        }
    }

    private static void shl(int[] to, int[] a, int[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] << b[i];
        }
    }

    private static void shr(int[] to, int[] a, int[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] >> b[i];
        }
    }

    private static void ushr(int[] to, int[] a, int[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] >>> b[i];
        }
    }
}
