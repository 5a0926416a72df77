package adjoint.kernel;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DoubleRows} in vectors; {@link FloatVectorRows} is its twin. Loaded only where the module is there. A block's
 * running sums are one vector, or two where vectors are short; several blocks at once keep the adders busy.
 */
final class DoubleVectorRows extends DoubleRows {
    private static final VectorSpecies<Double> ANY = DoubleVector.SPECIES_PREFERRED;
    private static final int WIDTH = ANY.length();

    /** Whether a block's running sums are one vector, or two. */
    private static final boolean WHOLE = WIDTH >= LANES;

    private static final VectorSpecies<Double> SUMS =
            VectorSpecies.of(double.class, VectorShape.forBitSize((WHOLE ? LANES : LANES / 2) * Double.SIZE));

    /** Shorter rows are left to plain loops. */
    private static final int SHORT = 32;

    private static final int LARGE = (WHOLE ? 8 : 4) * BLOCK;
    private static final int MIDDLE = LARGE / 2;
    private static final int SMALL = LARGE / 4;

    /** Whether vectors are long enough that there is a point in it: four numbers or more. */
    static boolean suits() {
        return WIDTH >= LANES / 2;
    }

    @Override
    double sum(double[] x, int at, int n) {
        if (n > BLOCK) {
            if (n == LARGE) {
                return eight(x, at);
            }
            if (n == MIDDLE) {
                return four(x, at);
            }
            if (n == SMALL) {
                return two(x, at, BLOCK);
            }
            int half = half(n);
            return sum(x, at, half) + sum(x, at + half, n - half);
        }
        if (n < SHORT) {
            return block(x, at, n);
        }
        return WHOLE ? one(x, at, n) : two(x, at, n);
    }

    /** Where the {@code k}-th vector of running sums begins to read. */
    private static int start(int at, int k) {
        return WHOLE ? at + k * BLOCK : at + (k >> 1) * BLOCK + (k & 1) * (LANES / 2);
    }

    private static double eight(double[] x, int at) {
        int i0 = start(at, 0);
        int i1 = start(at, 1);
        int i2 = start(at, 2);
        int i3 = start(at, 3);
        int i4 = start(at, 4);
        int i5 = start(at, 5);
        int i6 = start(at, 6);
        int i7 = start(at, 7);
        DoubleVector s0 = DoubleVector.broadcast(SUMS, 0);
        DoubleVector s1 = DoubleVector.broadcast(SUMS, 0);
        DoubleVector s2 = DoubleVector.broadcast(SUMS, 0);
        DoubleVector s3 = DoubleVector.broadcast(SUMS, 0);
        DoubleVector s4 = DoubleVector.broadcast(SUMS, 0);
        DoubleVector s5 = DoubleVector.broadcast(SUMS, 0);
        DoubleVector s6 = DoubleVector.broadcast(SUMS, 0);
        DoubleVector s7 = DoubleVector.broadcast(SUMS, 0);
        for (int i = 0; i < BLOCK; i += LANES) {
            s0 = s0.add(DoubleVector.fromArray(SUMS, x, i0 + i));
            s1 = s1.add(DoubleVector.fromArray(SUMS, x, i1 + i));
            s2 = s2.add(DoubleVector.fromArray(SUMS, x, i2 + i));
            s3 = s3.add(DoubleVector.fromArray(SUMS, x, i3 + i));
            s4 = s4.add(DoubleVector.fromArray(SUMS, x, i4 + i));
            s5 = s5.add(DoubleVector.fromArray(SUMS, x, i5 + i));
            s6 = s6.add(DoubleVector.fromArray(SUMS, x, i6 + i));
            s7 = s7.add(DoubleVector.fromArray(SUMS, x, i7 + i));
        }
        return WHOLE
                ? ((total(s0, s0) + total(s1, s1)) + (total(s2, s2) + total(s3, s3)))
                        + ((total(s4, s4) + total(s5, s5)) + (total(s6, s6) + total(s7, s7)))
                : (total(s0, s1) + total(s2, s3)) + (total(s4, s5) + total(s6, s7));
    }

    private static double four(double[] x, int at) {
        int i0 = start(at, 0);
        int i1 = start(at, 1);
        int i2 = start(at, 2);
        int i3 = start(at, 3);
        DoubleVector s0 = DoubleVector.broadcast(SUMS, 0);
        DoubleVector s1 = DoubleVector.broadcast(SUMS, 0);
        DoubleVector s2 = DoubleVector.broadcast(SUMS, 0);
        DoubleVector s3 = DoubleVector.broadcast(SUMS, 0);
        for (int i = 0; i < BLOCK; i += LANES) {
            s0 = s0.add(DoubleVector.fromArray(SUMS, x, i0 + i));
            s1 = s1.add(DoubleVector.fromArray(SUMS, x, i1 + i));
            s2 = s2.add(DoubleVector.fromArray(SUMS, x, i2 + i));
            s3 = s3.add(DoubleVector.fromArray(SUMS, x, i3 + i));
        }
        return WHOLE
                ? (total(s0, s0) + total(s1, s1)) + (total(s2, s2) + total(s3, s3))
                : total(s0, s1) + total(s2, s3);
    }

    /** Two whole blocks, or one of {@code n} terms whose running sums are two vectors. */
    private static double two(double[] x, int at, int n) {
        int i0 = start(at, 0);
        int i1 = start(at, 1);
        DoubleVector s0 = DoubleVector.broadcast(SUMS, 0);
        DoubleVector s1 = DoubleVector.broadcast(SUMS, 0);
        int whole = n & -LANES;
        for (int i = 0; i < whole; i += LANES) {
            s0 = s0.add(DoubleVector.fromArray(SUMS, x, i0 + i));
            s1 = s1.add(DoubleVector.fromArray(SUMS, x, i1 + i));
        }
        return WHOLE ? total(s0, s0) + total(s1, s1) : total(s0, s1, x, at + whole, n - whole);
    }

    /** A block of {@code n} terms. */
    private static double one(double[] x, int at, int n) {
        DoubleVector s = DoubleVector.broadcast(SUMS, 0);
        int whole = n & -LANES;
        for (int i = 0; i < whole; i += LANES) {
            s = s.add(DoubleVector.fromArray(SUMS, x, at + i));
        }
        return total(s, s, x, at + whole, n - whole);
    }

    /** A block's sum of its running sums: one vector twice, or two. */
    private static double total(DoubleVector s, DoubleVector t) {
        return WHOLE
                ? ((s.lane(0) + s.lane(4)) + (s.lane(2) + s.lane(6)))
                        + ((s.lane(1) + s.lane(5)) + (s.lane(3) + s.lane(7)))
                : ((s.lane(0) + t.lane(0)) + (s.lane(2) + t.lane(2)))
                        + ((s.lane(1) + t.lane(1)) + (s.lane(3) + t.lane(3)));
    }

    /** The same after {@code rest} terms more. */
    private static double total(DoubleVector s, DoubleVector t, double[] x, int i, int rest) {
        if (rest == 0) {
            return total(s, t);
        }
        return total(
                s,
                t,
                x[i],
                rest > 1 ? x[i + 1] : 0,
                rest > 2 ? x[i + 2] : 0,
                rest > 3 ? x[i + 3] : 0,
                rest > 4 ? x[i + 4] : 0,
                rest > 5 ? x[i + 5] : 0,
                rest > 6 ? x[i + 6] : 0);
    }

    private static double total(
            DoubleVector s,
            DoubleVector t,
            double r0,
            double r1,
            double r2,
            double r3,
            double r4,
            double r5,
            double r6) {
        double s0 = s.lane(0) + r0;
        double s1 = s.lane(1) + r1;
        double s2 = s.lane(2) + r2;
        double s3 = s.lane(3) + r3;
        double s4 = (WHOLE ? s.lane(4) : t.lane(0)) + r4;
        double s5 = (WHOLE ? s.lane(5) : t.lane(1)) + r5;
        double s6 = (WHOLE ? s.lane(6) : t.lane(2)) + r6;
        double s7 = WHOLE ? s.lane(7) : t.lane(3);
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    @Override
    double products(double[] x, int xAt, double p, double[] y, int yAt, double q, int n) {
        if (n > BLOCK) {
            if (WHOLE && n == 2 * BLOCK) {
                return twoProducts(x, xAt, p, y, yAt, q, BLOCK);
            }
            int half = half(n);
            return products(x, xAt, p, y, yAt, q, half) + products(x, xAt + half, p, y, yAt + half, q, n - half);
        }
        if (n < SHORT) {
            return productBlock(x, xAt, p, y, yAt, q, n);
        }
        return WHOLE ? oneProducts(x, xAt, p, y, yAt, q, n) : twoProducts(x, xAt, p, y, yAt, q, n);
    }

    private static double twoProducts(double[] x, int xAt, double p, double[] y, int yAt, double q, int n) {
        int step = WHOLE ? BLOCK : LANES / 2;
        DoubleVector s = DoubleVector.broadcast(SUMS, 0);
        DoubleVector t = DoubleVector.broadcast(SUMS, 0);
        DoubleVector ps = DoubleVector.broadcast(SUMS, p);
        DoubleVector qs = DoubleVector.broadcast(SUMS, q);
        int whole = n & -LANES;
        for (int i = 0; i < whole; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SUMS, x, xAt + i).sub(ps);
            s = s.add(a.mul(DoubleVector.fromArray(SUMS, y, yAt + i).sub(qs)));
            DoubleVector b = DoubleVector.fromArray(SUMS, x, xAt + step + i).sub(ps);
            t = t.add(b.mul(DoubleVector.fromArray(SUMS, y, yAt + step + i).sub(qs)));
        }
        return WHOLE ? total(s, s) + total(t, t) : total(s, t, x, xAt + whole, p, y, yAt + whole, q, n - whole);
    }

    private static double oneProducts(double[] x, int xAt, double p, double[] y, int yAt, double q, int n) {
        DoubleVector s = DoubleVector.broadcast(SUMS, 0);
        DoubleVector ps = DoubleVector.broadcast(SUMS, p);
        DoubleVector qs = DoubleVector.broadcast(SUMS, q);
        int whole = n & -LANES;
        for (int i = 0; i < whole; i += LANES) {
            DoubleVector a = DoubleVector.fromArray(SUMS, x, xAt + i).sub(ps);
            s = s.add(a.mul(DoubleVector.fromArray(SUMS, y, yAt + i).sub(qs)));
        }
        return total(s, s, x, xAt + whole, p, y, yAt + whole, q, n - whole);
    }

    private static double total(
            DoubleVector s, DoubleVector t, double[] x, int i, double p, double[] y, int k, double q, int rest) {
        if (rest == 0) {
            return total(s, t);
        }
        return total(
                s,
                t,
                (x[i] - p) * (y[k] - q),
                rest > 1 ? (x[i + 1] - p) * (y[k + 1] - q) : 0,
                rest > 2 ? (x[i + 2] - p) * (y[k + 2] - q) : 0,
                rest > 3 ? (x[i + 3] - p) * (y[k + 3] - q) : 0,
                rest > 4 ? (x[i + 4] - p) * (y[k + 4] - q) : 0,
                rest > 5 ? (x[i + 5] - p) * (y[k + 5] - q) : 0,
                rest > 6 ? (x[i + 6] - p) * (y[k + 6] - q) : 0);
    }

    /** So long that HotSpot calls it: inlined into what calls it, too little room is left for vectors to stay in registers. */
    @Override
    double largest(double[] x, int at, int n) {
        if (n < SHORT) {
            return super.largest(x, at, n);
        }
        DoubleVector m0 = DoubleVector.broadcast(ANY, Double.NEGATIVE_INFINITY);
        DoubleVector m1 = DoubleVector.broadcast(ANY, Double.NEGATIVE_INFINITY);
        DoubleVector m2 = DoubleVector.broadcast(ANY, Double.NEGATIVE_INFINITY);
        DoubleVector m3 = DoubleVector.broadcast(ANY, Double.NEGATIVE_INFINITY);
        DoubleVector m4 = DoubleVector.broadcast(ANY, Double.NEGATIVE_INFINITY);
        DoubleVector m5 = DoubleVector.broadcast(ANY, Double.NEGATIVE_INFINITY);
        DoubleVector m6 = DoubleVector.broadcast(ANY, Double.NEGATIVE_INFINITY);
        DoubleVector m7 = DoubleVector.broadcast(ANY, Double.NEGATIVE_INFINITY);
        int i = 0;
        for (; i <= n - 8 * WIDTH; i += 8 * WIDTH) {
            int k = at + i;
            m0 = m0.lanewise(MAX, DoubleVector.fromArray(ANY, x, k));
            m1 = m1.lanewise(MAX, DoubleVector.fromArray(ANY, x, k + WIDTH));
            m2 = m2.lanewise(MAX, DoubleVector.fromArray(ANY, x, k + 2 * WIDTH));
            m3 = m3.lanewise(MAX, DoubleVector.fromArray(ANY, x, k + 3 * WIDTH));
            m4 = m4.lanewise(MAX, DoubleVector.fromArray(ANY, x, k + 4 * WIDTH));
            m5 = m5.lanewise(MAX, DoubleVector.fromArray(ANY, x, k + 5 * WIDTH));
            m6 = m6.lanewise(MAX, DoubleVector.fromArray(ANY, x, k + 6 * WIDTH));
            m7 = m7.lanewise(MAX, DoubleVector.fromArray(ANY, x, k + 7 * WIDTH));
        }
        double rest = super.largest(x, at + i, n - i);
        m0 = m0.lanewise(MAX, m1).lanewise(MAX, m2.lanewise(MAX, m3));
        m4 = m4.lanewise(MAX, m5).lanewise(MAX, m6.lanewise(MAX, m7));
        return Math.max(m0.lanewise(MAX, m4).reduceLanes(MAX), rest); // the same in whichever order
    }

    /** So long that HotSpot calls it: inlined into what calls it, too little room is left for vectors to stay in registers. */
    @Override
    double smallest(double[] x, int at, int n) {
        if (n < SHORT) {
            return super.smallest(x, at, n);
        }
        DoubleVector m0 = DoubleVector.broadcast(ANY, Double.POSITIVE_INFINITY);
        DoubleVector m1 = DoubleVector.broadcast(ANY, Double.POSITIVE_INFINITY);
        DoubleVector m2 = DoubleVector.broadcast(ANY, Double.POSITIVE_INFINITY);
        DoubleVector m3 = DoubleVector.broadcast(ANY, Double.POSITIVE_INFINITY);
        DoubleVector m4 = DoubleVector.broadcast(ANY, Double.POSITIVE_INFINITY);
        DoubleVector m5 = DoubleVector.broadcast(ANY, Double.POSITIVE_INFINITY);
        DoubleVector m6 = DoubleVector.broadcast(ANY, Double.POSITIVE_INFINITY);
        DoubleVector m7 = DoubleVector.broadcast(ANY, Double.POSITIVE_INFINITY);
        int i = 0;
        for (; i <= n - 8 * WIDTH; i += 8 * WIDTH) {
            int k = at + i;
            m0 = m0.lanewise(MIN, DoubleVector.fromArray(ANY, x, k));
            m1 = m1.lanewise(MIN, DoubleVector.fromArray(ANY, x, k + WIDTH));
            m2 = m2.lanewise(MIN, DoubleVector.fromArray(ANY, x, k + 2 * WIDTH));
            m3 = m3.lanewise(MIN, DoubleVector.fromArray(ANY, x, k + 3 * WIDTH));
            m4 = m4.lanewise(MIN, DoubleVector.fromArray(ANY, x, k + 4 * WIDTH));
            m5 = m5.lanewise(MIN, DoubleVector.fromArray(ANY, x, k + 5 * WIDTH));
            m6 = m6.lanewise(MIN, DoubleVector.fromArray(ANY, x, k + 6 * WIDTH));
            m7 = m7.lanewise(MIN, DoubleVector.fromArray(ANY, x, k + 7 * WIDTH));
        }
        double rest = super.smallest(x, at + i, n - i);
        m0 = m0.lanewise(MIN, m1).lanewise(MIN, m2.lanewise(MIN, m3));
        m4 = m4.lanewise(MIN, m5).lanewise(MIN, m6.lanewise(MIN, m7));
        return Math.min(m0.lanewise(MIN, m4).reduceLanes(MIN), rest); // the same in whichever order
    }

    @Override
    void larger(double[] best, int bestAt, double[] x, int at, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector b = DoubleVector.fromArray(ANY, best, bestAt + i);
            b.lanewise(MAX, DoubleVector.fromArray(ANY, x, at + i)).intoArray(best, bestAt + i);
        }
        super.larger(best, bestAt + i, x, at + i, n - i);
    }

    @Override
    void smaller(double[] best, int bestAt, double[] x, int at, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector b = DoubleVector.fromArray(ANY, best, bestAt + i);
            b.lanewise(MIN, DoubleVector.fromArray(ANY, x, at + i)).intoArray(best, bestAt + i);
        }
        super.smaller(best, bestAt + i, x, at + i, n - i);
    }

    @Override
    int find(double[] x, int at, int n, double v) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector a = DoubleVector.fromArray(ANY, x, at + i);
            VectorMask<Double> same = Double.isNaN(v) ? a.compare(NE, a) : a.compare(EQ, v);
            if (same.anyTrue()) {
                return i + same.firstTrue();
            }
        }
        int rest = super.find(x, at + i, n - i, v);
        return rest < 0 ? rest : i + rest;
    }

    @Override
    void add(double[] sums, int sumsAt, double[] x, int at, int n) {
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector s = DoubleVector.fromArray(ANY, sums, sumsAt + i);
            s.add(DoubleVector.fromArray(ANY, x, at + i)).intoArray(sums, sumsAt + i);
        }
        super.add(sums, sumsAt + i, x, at + i, n - i);
    }

    @Override
    void scaled(double[] x, int at, double p, double f, double[] out, int outAt, int n) {
        DoubleVector ps = DoubleVector.broadcast(ANY, p);
        DoubleVector fs = DoubleVector.broadcast(ANY, f);
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector a = DoubleVector.fromArray(ANY, x, at + i);
            a.sub(ps).mul(fs).intoArray(out, outAt + i);
        }
        super.scaled(x, at + i, p, f, out, outAt + i, n - i);
    }

    @Override
    void weighed(double[] x, int at, double p, double f, double[] w, int wAt, double[] out, int outAt, int n) {
        DoubleVector ps = DoubleVector.broadcast(ANY, p);
        DoubleVector fs = DoubleVector.broadcast(ANY, f);
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector a = DoubleVector.fromArray(ANY, x, at + i).sub(ps).mul(fs);
            a.mul(DoubleVector.fromArray(ANY, w, wAt + i)).intoArray(out, outAt + i);
        }
        super.weighed(x, at + i, p, f, w, wAt + i, out, outAt + i, n - i);
    }

    @Override
    void weighed(
            double[] x,
            int at,
            double p,
            double f,
            double[] w,
            int wAt,
            double[] b,
            int bAt,
            double[] out,
            int outAt,
            int n) {
        DoubleVector ps = DoubleVector.broadcast(ANY, p);
        DoubleVector fs = DoubleVector.broadcast(ANY, f);
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector a = DoubleVector.fromArray(ANY, x, at + i).sub(ps).mul(fs);
            a.mul(DoubleVector.fromArray(ANY, w, wAt + i))
                    .add(DoubleVector.fromArray(ANY, b, bAt + i))
                    .intoArray(out, outAt + i);
        }
        super.weighed(x, at + i, p, f, w, wAt + i, b, bAt + i, out, outAt + i, n - i);
    }

    @Override
    void times(double[] x, int at, double p, double[] y, int yAt, double[] out, int outAt, int n) {
        DoubleVector ps = DoubleVector.broadcast(ANY, p);
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector a = DoubleVector.fromArray(ANY, x, at + i).sub(ps);
            a.mul(DoubleVector.fromArray(ANY, y, yAt + i)).intoArray(out, outAt + i);
        }
        super.times(x, at + i, p, y, yAt + i, out, outAt + i, n - i);
    }

    @Override
    void remainder(
            double[] x,
            int at,
            double p,
            double[] y,
            int yAt,
            double q,
            double k,
            double f,
            double[] out,
            int outAt,
            int n) {
        DoubleVector ps = DoubleVector.broadcast(ANY, p);
        DoubleVector qs = DoubleVector.broadcast(ANY, q);
        DoubleVector ks = DoubleVector.broadcast(ANY, k);
        DoubleVector fs = DoubleVector.broadcast(ANY, f);
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector a = DoubleVector.fromArray(ANY, x, at + i).sub(ps);
            DoubleVector b = DoubleVector.fromArray(ANY, y, yAt + i).sub(qs).mul(ks);
            a.sub(b).mul(fs).intoArray(out, outAt + i);
        }
        super.remainder(x, at + i, p, y, yAt + i, q, k, f, out, outAt + i, n - i);
    }

    @Override
    void divide(double[] x, int at, double d, int n) {
        DoubleVector ds = DoubleVector.broadcast(ANY, d);
        int i = 0;
        for (; i <= n - WIDTH; i += WIDTH) {
            DoubleVector.fromArray(ANY, x, at + i).div(ds).intoArray(x, at + i);
        }
        super.divide(x, at + i, d, n - i);
    }
}
