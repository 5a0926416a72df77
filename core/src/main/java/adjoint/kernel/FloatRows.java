package adjoint.kernel;

import java.util.Arrays;

/** {@link RowKernel} of F32 in plain loops; {@link DoubleRows} is its twin. */
class FloatRows extends RowKernel {
    private static final float[] LONG = new float[14 * BLOCK]; // has subtrees of all sizes
    private static final int SOME = 131;
    private static final FloatRows PLAIN = new FloatRows();
    private static final Warming<FloatRows> VECTORS =
            new Warming<>(FloatRows::vectors, FloatRows::exercise, _ -> PLAIN.exercise());

    static FloatRows fastest() {
        FloatRows vectors = VECTORS.get();
        return vectors == null ? PLAIN : vectors;
    }

    private static FloatRows vectors() {
        return FloatVectorRows.suits() ? new FloatVectorRows() : PLAIN;
    }

    /** Uses everything, for warming: what vectors are much better at for longer, so that a slow rest shows. */
    void exercise() {
        float[] x = LONG;
        float[] y = new float[2 * SOME];
        sum(x, 0, x.length);
        sum(x, 1, 2 * BLOCK);
        sum(x, 1, SOME);
        products(x, 0, 1, x, 1, 2, 2 * BLOCK);
        products(x, 0, 1, x, 1, 2, SOME);
        largest(x, 1, 2 * BLOCK + 3);
        smallest(x, 1, 2 * BLOCK + 3);
        find(x, 0, 2 * BLOCK + 3, 1);
        larger(y, 0, x, 1, SOME);
        smaller(y, 0, x, 1, SOME);
        add(y, 0, x, 1, SOME);
        scaled(x, 1, 1, 2, y, 0, SOME);
        weighed(x, 1, 1, 2, x, 0, x, 0, y, 0, SOME);
        weighed(x, 1, 1, 2, x, 0, y, 0, SOME);
        times(x, 1, 1, x, 0, y, 0, SOME);
        divide(y, 1, 2, SOME);
        remainder(x, 1, 1, x, 0, 1, 2, 3, y, 0, SOME);
    }

    @Override
    final double sum(Object x, int at, int n) {
        return sum((float[]) x, at, n);
    }

    float sum(float[] x, int at, int n) {
        if (n > BLOCK) {
            int half = half(n);
            return sum(x, at, half) + sum(x, at + half, n - half);
        }
        return block(x, at, n);
    }

    /** The sum of up to {@link #BLOCK} terms. */
    static float block(float[] x, int at, int n) {
        if (n < LANES) {
            float s = 0;
            for (int i = 0; i < n; i++) {
                s += x[at + i];
            }
            return s;
        }
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int i = at;
        int end = at + (n & -LANES);
        for (; i < end; i += LANES) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        int rest = at + n - i;
        s0 += rest > 0 ? x[i] : 0;
        s1 += rest > 1 ? x[i + 1] : 0;
        s2 += rest > 2 ? x[i + 2] : 0;
        s3 += rest > 3 ? x[i + 3] : 0;
        s4 += rest > 4 ? x[i + 4] : 0;
        s5 += rest > 5 ? x[i + 5] : 0;
        s6 += rest > 6 ? x[i + 6] : 0;
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    @Override
    final double products(Object x, int xAt, double p, Object y, int yAt, double q, int n) {
        return products((float[]) x, xAt, (float) p, (float[]) y, yAt, (float) q, n);
    }

    float products(float[] x, int xAt, float p, float[] y, int yAt, float q, int n) {
        if (n > BLOCK) {
            int half = half(n);
            return products(x, xAt, p, y, yAt, q, half) + products(x, xAt + half, p, y, yAt + half, q, n - half);
        }
        return productBlock(x, xAt, p, y, yAt, q, n);
    }

    static float productBlock(float[] x, int xAt, float p, float[] y, int yAt, float q, int n) {
        if (n < LANES) {
            float s = 0;
            for (int i = 0; i < n; i++) {
                s += (x[xAt + i] - p) * (y[yAt + i] - q);
            }
            return s;
        }
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int whole = n & -LANES;
        for (int i = 0; i < whole; i += LANES) {
            int k = xAt + i;
            int l = yAt + i;
            s0 += (x[k] - p) * (y[l] - q);
            s1 += (x[k + 1] - p) * (y[l + 1] - q);
            s2 += (x[k + 2] - p) * (y[l + 2] - q);
            s3 += (x[k + 3] - p) * (y[l + 3] - q);
            s4 += (x[k + 4] - p) * (y[l + 4] - q);
            s5 += (x[k + 5] - p) * (y[l + 5] - q);
            s6 += (x[k + 6] - p) * (y[l + 6] - q);
            s7 += (x[k + 7] - p) * (y[l + 7] - q);
        }
        int rest = n - whole;
        int k = xAt + whole;
        int l = yAt + whole;
        s0 += rest > 0 ? (x[k] - p) * (y[l] - q) : 0;
        s1 += rest > 1 ? (x[k + 1] - p) * (y[l + 1] - q) : 0;
        s2 += rest > 2 ? (x[k + 2] - p) * (y[l + 2] - q) : 0;
        s3 += rest > 3 ? (x[k + 3] - p) * (y[l + 3] - q) : 0;
        s4 += rest > 4 ? (x[k + 4] - p) * (y[l + 4] - q) : 0;
        s5 += rest > 5 ? (x[k + 5] - p) * (y[l + 5] - q) : 0;
        s6 += rest > 6 ? (x[k + 6] - p) * (y[l + 6] - q) : 0;
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    @Override
    final double extreme(Object x, int at, int n, boolean max) {
        return max ? largest((float[]) x, at, n) : smallest((float[]) x, at, n);
    }

    float largest(float[] x, int at, int n) {
        float m = Float.NEGATIVE_INFINITY;
        for (int i = at; i < at + n; i++) {
            m = Math.max(m, x[i]);
        }
        return m;
    }

    float smallest(float[] x, int at, int n) {
        float m = Float.POSITIVE_INFINITY;
        for (int i = at; i < at + n; i++) {
            m = Math.min(m, x[i]);
        }
        return m;
    }

    @Override
    final void better(Object best, int bestAt, Object x, int at, int n, boolean max) {
        if (max) {
            larger((float[]) best, bestAt, (float[]) x, at, n);
        } else {
            smaller((float[]) best, bestAt, (float[]) x, at, n);
        }
    }

    void larger(float[] best, int bestAt, float[] x, int at, int n) {
        for (int i = 0; i < n; i++) {
            best[bestAt + i] = Math.max(best[bestAt + i], x[at + i]);
        }
    }

    void smaller(float[] best, int bestAt, float[] x, int at, int n) {
        for (int i = 0; i < n; i++) {
            best[bestAt + i] = Math.min(best[bestAt + i], x[at + i]);
        }
    }

    @Override
    final int find(Object x, int at, int n, double v) {
        return find((float[]) x, at, n, (float) v);
    }

    int find(float[] x, int at, int n, float v) {
        boolean nan = Float.isNaN(v);
        for (int i = 0; i < n; i++) {
            float e = x[at + i];
            if (nan ? Float.isNaN(e) : e == v) {
                return i;
            }
        }
        return -1;
    }

    @Override
    final void add(Object sums, int sumsAt, Object x, int at, int n) {
        add((float[]) sums, sumsAt, (float[]) x, at, n);
    }

    void add(float[] sums, int sumsAt, float[] x, int at, int n) {
        for (int i = 0; i < n; i++) {
            sums[sumsAt + i] += x[at + i];
        }
    }

    @Override
    final void scaled(Object x, int at, double p, double f, Object out, int outAt, int n) {
        scaled((float[]) x, at, (float) p, (float) f, (float[]) out, outAt, n);
    }

    void scaled(float[] x, int at, float p, float f, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = (x[at + i] - p) * f;
        }
    }

    @Override
    final void weighed(
            Object x, int at, double p, double f, Object w, int wAt, Object b, int bAt, Object out, int outAt, int n) {
        if (b == null) {
            weighed((float[]) x, at, (float) p, (float) f, (float[]) w, wAt, (float[]) out, outAt, n);
        } else {
            weighed((float[]) x, at, (float) p, (float) f, (float[]) w, wAt, (float[]) b, bAt, (float[]) out, outAt, n);
        }
    }

    void weighed(float[] x, int at, float p, float f, float[] w, int wAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = (x[at + i] - p) * f * w[wAt + i];
        }
    }

    void weighed(
            float[] x,
            int at,
            float p,
            float f,
            float[] w,
            int wAt,
            float[] b,
            int bAt,
            float[] out,
            int outAt,
            int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = (x[at + i] - p) * f * w[wAt + i] + b[bAt + i];
        }
    }

    @Override
    final void times(Object x, int at, double p, Object y, int yAt, Object out, int outAt, int n) {
        times((float[]) x, at, (float) p, (float[]) y, yAt, (float[]) out, outAt, n);
    }

    void times(float[] x, int at, float p, float[] y, int yAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = (x[at + i] - p) * y[yAt + i];
        }
    }

    @Override
    final void remainder(
            Object x, int at, double p, Object y, int yAt, double q, double k, double f, Object out, int outAt, int n) {
        remainder(
                (float[]) x, at, (float) p, (float[]) y, yAt, (float) q, (float) k, (float) f, (float[]) out, outAt, n);
    }

    void remainder(
            float[] x, int at, float p, float[] y, int yAt, float q, float k, float f, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = ((x[at + i] - p) - (y[yAt + i] - q) * k) * f;
        }
    }

    @Override
    final void divide(Object x, int at, double d, int n) {
        divide((float[]) x, at, (float) d, n);
    }

    void divide(float[] x, int at, float d, int n) {
        for (int i = at; i < at + n; i++) {
            x[i] /= d;
        }
    }

    @Override
    final double get(Object x, int at) {
        return ((float[]) x)[at];
    }

    @Override
    final void set(Object x, int at, double v) {
        ((float[]) x)[at] = (float) v;
    }

    @Override
    final Object zeros(int n) {
        return new float[n];
    }

    @Override
    final void clear(Object x, int n) {
        Arrays.fill((float[]) x, 0, n, 0);
    }

    @Override
    final Object scratch(int n) {
        return Workspace.floats(n);
    }
}
