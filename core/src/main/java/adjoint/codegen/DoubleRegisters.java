package adjoint.codegen;

import java.util.Arrays;

/** Registers of 64-bit floating-point numbers. */
final class DoubleRegisters extends Registers {
    private final double[][] x;
    private final long[][] bits;

    DoubleRegisters(Slots slots, int block) {
        super(slots, block);
        x = new double[slots.count(Kind.NUMBER)][];
        for (int i = 0; i < x.length; i++) {
            x[i] = new double[block];
        }
        bits = new long[slots.count(Kind.BITS)][];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = new long[block];
        }
    }

    @Override
    void fill(int to, double value) {
        Arrays.fill(x[to], value);
    }

    @Override
    void fillBits(int to, long value) {
        Arrays.fill(bits[to], value);
    }

    @Override
    void loadNumbers(int to, Object array, int offset, int step, int n) {
        double[] from = (double[]) array;
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
        double[] to = (double[]) array;
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
            default -> throw new IllegalArgumentException("formula: no instruction " + lane + " on double values.");
        }
    }

    // Each loop is a method of its own, so that it is compiled once for all formulas.

    private static void gather(double[] to, double[] from, int offset, int step, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = from[offset + i * step];
        }
    }

    private static void scatter(double[] to, int offset, int step, double[] from, int n) {
        for (int i = 0; i < n; i++) {
            to[offset + i * step] = from[i];
        }
    }

    private static void neg(double[] to, double[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = -a[i];
        }
    }

    private static void abs(double[] to, double[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.abs(a[i]);
        }
    }

    private static void sqrt(double[] to, double[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.sqrt(a[i]);
        }
    }

    private static void add(double[] to, double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] + b[i];
        }
    }

    private static void sub(double[] to, double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] - b[i];
        }
    }

    private static void mul(double[] to, double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] * b[i];
        }
    }

    private static void div(double[] to, double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] / b[i];
        }
    }

    private static void min(double[] to, double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.min(a[i], b[i]);
        }
    }

    private static void max(double[] to, double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.max(a[i], b[i]);
        }
    }

    private static void fma(double[] to, double[] a, double[] b, double[] c, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.fma(a[i], b[i], c[i]);
        }
    }

    private static void lt(boolean[] to, double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] < b[i];
        }
    }

    private static void le(boolean[] to, double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] <= b[i];
        }
    }

    private static void eq(boolean[] to, double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] == b[i];
        }
    }

    private static void select(double[] to, boolean[] c, double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = c[i] ? a[i] : b[i];
        }
    }

    private static void toBits(long[] to, double[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Double.doubleToLongBits(a[i]);
        }
    }

    private static void rawBits(long[] to, double[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Double.doubleToRawLongBits(a[i]);
        }
    }

    private static void fromBits(double[] to, long[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Double.longBitsToDouble(a[i]);
        }
    }

    private static void add(long[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] + b[i];
        }
    }

    private static void sub(long[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] - b[i];
        }
    }

    private static void and(long[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] & b[i];
        }
    }

    private static void or(long[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] | b[i];
        }
    }

    private static void xor(long[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] ^ b[i];
        }
    }

    private static void shl(long[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] << b[i];
        }
    }

    private static void shr(long[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] >> b[i];
        }
    }

    private static void ushr(long[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] >>> b[i];
        }
    }
}
