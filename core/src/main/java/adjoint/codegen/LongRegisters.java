package adjoint.codegen;

import java.util.Arrays;

/** Registers of 64-bit integers, which wrap around; they have no bit instructions and no square root. */
final class LongRegisters extends Registers {
    private final long[][] x;

    LongRegisters(Slots slots, int block) {
        super(slots, block);
        x = new long[slots.count(Kind.NUMBER)][];
        for (int i = 0; i < x.length; i++) {
            x[i] = new long[block];
        }
    }

    @Override
    void fill(int to, double value) {
        Arrays.fill(x[to], (long) value);
    }

    @Override
    void fillBits(int to, long value) {
        throw new IllegalArgumentException("formula: a bit pattern in a loop over int64. Only floats have bits here.");
    }

    @Override
    void loadNumbers(int to, Object array, int offset, int step, int n) {
        long[] from = (long[]) array;
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
        long[] to = (long[]) array;
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
            case ADD -> add(x[to], x[a], x[b], n);
            case SUB -> sub(x[to], x[a], x[b], n);
            case MUL -> mul(x[to], x[a], x[b], n);
            case DIV -> div(x[to], x[a], x[b], n);
            case MIN -> min(x[to], x[a], x[b], n);
            case MAX -> max(x[to], x[a], x[b], n);
            case LT -> lt(masks[to], x[a], x[b], n);
            case LE -> le(masks[to], x[a], x[b], n);
            case EQ -> eq(masks[to], x[a], x[b], n);
            case SELECT -> select(x[to], masks[a], x[b], x[c], n);
            default -> throw new IllegalArgumentException("formula: no instruction " + lane + " on long values.");
        }
    }

    // Each loop is a method of its own, so that it is compiled once for all formulas.

    private static void gather(long[] to, long[] from, int offset, int step, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = from[offset + i * step];
        }
    }

    private static void scatter(long[] to, int offset, int step, long[] from, int n) {
        for (int i = 0; i < n; i++) {
            to[offset + i * step] = from[i];
        }
    }

    private static void neg(long[] to, long[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = -a[i];
        }
    }

    private static void abs(long[] to, long[] a, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.abs(a[i]);
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

    private static void mul(long[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] * b[i];
        }
    }

    private static void div(long[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] / b[i];
        }
    }

    private static void min(long[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.min(a[i], b[i]);
        }
    }

    private static void max(long[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = Math.max(a[i], b[i]);
        }
    }

    private static void lt(boolean[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] < b[i];
        }
    }

    private static void le(boolean[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] <= b[i];
        }
    }

    private static void eq(boolean[] to, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = a[i] == b[i];
        }
    }

    private static void select(long[] to, boolean[] c, long[] a, long[] b, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = c[i] ? a[i] : b[i];
        }
    }
}
