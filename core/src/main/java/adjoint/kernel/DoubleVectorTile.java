package adjoint.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles in vector registers. A tile has two vectors a row, and as many rows as registers allow with the two vectors of
 * {@code b} and the number of {@code a} beside them: four where there are 16 registers, six where there are 32 (AVX-512). One
 * row more, and HotSpot keeps sums in memory, at less than half the speed. Each sum begins as a vector of its own, or HotSpot
 * boxes them; that beginning at zero is quicker than going on, and going on by two steps at a time, is HotSpot's, too. Loaded only where the vector module is there.
 */
abstract class DoubleVectorTile extends DoubleTile {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    private static final int BITS_WITH_32_REGISTERS = 512;
    private static final int STRIP = 8;

    /** Vectors of exactly {@link #LANES} numbers, which are what sums of products are specified in. */
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_256;

    private static final boolean HAS_D = S.length() >= D.length();

    static DoubleTile create() {
        return S.vectorBitSize() >= BITS_WITH_32_REGISTERS ? new Six() : new Four();
    }

    @Override
    int width() {
        return 2 * V;
    }

    @Override
    int strip() {
        return STRIP * V;
    }

    @Override
    void turnColumns(double[] b, int bo, int bColumn, double[] packed, int to, int kc) {
        for (int j = 0; j < 2 * V; j += 4) {
            int b0 = bo + j * bColumn;
            int b1 = b0 + bColumn;
            int b2 = b1 + bColumn;
            int b3 = b2 + bColumn;
            int at = to + j;
            for (int p = 0; p < kc; p++) {
                packed[at + p * 2 * V] = b[b0 + p];
                packed[at + p * 2 * V + 1] = b[b1 + p];
                packed[at + p * 2 * V + 2] = b[b2 + p];
                packed[at + p * 2 * V + 3] = b[b3 + p];
            }
        }
    }

    @Override
    void copyRows(double[] b, int bo, int bRow, double[] packed, int to, int kc) {
        for (int p = 0; p < kc; p++) {
            int from = bo + p * bRow;
            DoubleVector.fromArray(S, b, from).intoArray(packed, to + p * 2 * V);
            DoubleVector.fromArray(S, b, from + V).intoArray(packed, to + p * 2 * V + V);
        }
    }

    @Override
    void addDots(double[] a, int ao, int aRow, double[] b, int b0, int b1, int n, double[] sums, int at, int row) {
        if (!HAS_D) {
            super.addDots(a, ao, aRow, b, b0, b1, n, sums, at, row);
            return;
        }
        int a1 = ao + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int at1 = at + row;
        int at2 = at1 + row;
        int at3 = at2 + row;
        DoubleVector s00 = DoubleVector.fromArray(D, sums, at);
        DoubleVector s01 = DoubleVector.fromArray(D, sums, at + LANES);
        DoubleVector s10 = DoubleVector.fromArray(D, sums, at1);
        DoubleVector s11 = DoubleVector.fromArray(D, sums, at1 + LANES);
        DoubleVector s20 = DoubleVector.fromArray(D, sums, at2);
        DoubleVector s21 = DoubleVector.fromArray(D, sums, at2 + LANES);
        DoubleVector s30 = DoubleVector.fromArray(D, sums, at3);
        DoubleVector s31 = DoubleVector.fromArray(D, sums, at3 + LANES);
        for (int i = 0; i < n; i += LANES) {
            DoubleVector x = DoubleVector.fromArray(D, b, b0 + i);
            DoubleVector y = DoubleVector.fromArray(D, b, b1 + i);
            DoubleVector z = DoubleVector.fromArray(D, a, ao + i);
            s00 = z.fma(x, s00);
            s01 = z.fma(y, s01);
            z = DoubleVector.fromArray(D, a, a1 + i);
            s10 = z.fma(x, s10);
            s11 = z.fma(y, s11);
            z = DoubleVector.fromArray(D, a, a2 + i);
            s20 = z.fma(x, s20);
            s21 = z.fma(y, s21);
            z = DoubleVector.fromArray(D, a, a3 + i);
            s30 = z.fma(x, s30);
            s31 = z.fma(y, s31);
        }
        s00.intoArray(sums, at);
        s01.intoArray(sums, at + LANES);
        s10.intoArray(sums, at1);
        s11.intoArray(sums, at1 + LANES);
        s20.intoArray(sums, at2);
        s21.intoArray(sums, at2 + LANES);
        s30.intoArray(sums, at3);
        s31.intoArray(sums, at3 + LANES);
    }

    @Override
    void addStrip(double[] a, int ao, double[] b, int bo, int bRow, int k, double[] c, int co) {
        DoubleVector s0 = DoubleVector.fromArray(S, c, co);
        DoubleVector s1 = DoubleVector.fromArray(S, c, co + V);
        DoubleVector s2 = DoubleVector.fromArray(S, c, co + 2 * V);
        DoubleVector s3 = DoubleVector.fromArray(S, c, co + 3 * V);
        DoubleVector s4 = DoubleVector.fromArray(S, c, co + 4 * V);
        DoubleVector s5 = DoubleVector.fromArray(S, c, co + 5 * V);
        DoubleVector s6 = DoubleVector.fromArray(S, c, co + 6 * V);
        DoubleVector s7 = DoubleVector.fromArray(S, c, co + 7 * V);
        for (int p = 0; p < k; p++) {
            DoubleVector x = DoubleVector.broadcast(S, a[ao + p]);
            int at = bo + p * bRow;
            s0 = x.fma(DoubleVector.fromArray(S, b, at), s0);
            s1 = x.fma(DoubleVector.fromArray(S, b, at + V), s1);
            s2 = x.fma(DoubleVector.fromArray(S, b, at + 2 * V), s2);
            s3 = x.fma(DoubleVector.fromArray(S, b, at + 3 * V), s3);
            s4 = x.fma(DoubleVector.fromArray(S, b, at + 4 * V), s4);
            s5 = x.fma(DoubleVector.fromArray(S, b, at + 5 * V), s5);
            s6 = x.fma(DoubleVector.fromArray(S, b, at + 6 * V), s6);
            s7 = x.fma(DoubleVector.fromArray(S, b, at + 7 * V), s7);
        }
        s0.intoArray(c, co);
        s1.intoArray(c, co + V);
        s2.intoArray(c, co + 2 * V);
        s3.intoArray(c, co + 3 * V);
        s4.intoArray(c, co + 4 * V);
        s5.intoArray(c, co + 5 * V);
        s6.intoArray(c, co + 6 * V);
        s7.intoArray(c, co + 7 * V);
    }

    private static final class Four extends DoubleVectorTile {
        @Override
        int height() {
            return 4;
        }

        @Override
        void turnRows(double[] a, int ao, int aRow, double[] packed, int to, int kc) {
            int a1 = ao + aRow;
            int a2 = a1 + aRow;
            int a3 = a2 + aRow;
            for (int p = 0; p < kc; p++) {
                packed[to + p * 4] = a[ao + p];
                packed[to + p * 4 + 1] = a[a1 + p];
                packed[to + p * 4 + 2] = a[a2 + p];
                packed[to + p * 4 + 3] = a[a3 + p];
            }
        }

        @Override
        void put(double[] a, int ao, double[] b, int bo, int kc, double[] c, int co, int cRow) {
            int c1 = co + cRow;
            int c2 = c1 + cRow;
            int c3 = c2 + cRow;
            DoubleVector s00 = DoubleVector.zero(S);
            DoubleVector s01 = DoubleVector.zero(S);
            DoubleVector s10 = DoubleVector.zero(S);
            DoubleVector s11 = DoubleVector.zero(S);
            DoubleVector s20 = DoubleVector.zero(S);
            DoubleVector s21 = DoubleVector.zero(S);
            DoubleVector s30 = DoubleVector.zero(S);
            DoubleVector s31 = DoubleVector.zero(S);
            for (int p = 0; p < kc; p++) {
                DoubleVector b0 = DoubleVector.fromArray(S, b, bo + p * 2 * V);
                DoubleVector b1 = DoubleVector.fromArray(S, b, bo + p * 2 * V + V);
                DoubleVector x = DoubleVector.broadcast(S, a[ao + p * 4]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + p * 4 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + p * 4 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + p * 4 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
            }
            s00.intoArray(c, co);
            s01.intoArray(c, co + V);
            s10.intoArray(c, c1);
            s11.intoArray(c, c1 + V);
            s20.intoArray(c, c2);
            s21.intoArray(c, c2 + V);
            s30.intoArray(c, c3);
            s31.intoArray(c, c3 + V);
        }

        @Override
        void add(double[] a, int ao, double[] b, int bo, int kc, double[] c, int co, int cRow) {
            int c1 = co + cRow;
            int c2 = c1 + cRow;
            int c3 = c2 + cRow;
            DoubleVector s00 = DoubleVector.fromArray(S, c, co);
            DoubleVector s01 = DoubleVector.fromArray(S, c, co + V);
            DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
            DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + V);
            DoubleVector s20 = DoubleVector.fromArray(S, c, c2);
            DoubleVector s21 = DoubleVector.fromArray(S, c, c2 + V);
            DoubleVector s30 = DoubleVector.fromArray(S, c, c3);
            DoubleVector s31 = DoubleVector.fromArray(S, c, c3 + V);
            int pairs = kc / 2;
            for (int p = 0; p < pairs; p++) {
                DoubleVector b0 = DoubleVector.fromArray(S, b, bo + p * 2 * 2 * V);
                DoubleVector b1 = DoubleVector.fromArray(S, b, bo + p * 2 * 2 * V + V);
                DoubleVector x = DoubleVector.broadcast(S, a[ao + p * 2 * 4]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 4 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 4 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 4 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
                b0 = DoubleVector.fromArray(S, b, bo + (p * 2 + 1) * 2 * V);
                b1 = DoubleVector.fromArray(S, b, bo + (p * 2 + 1) * 2 * V + V);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 4]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 4 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 4 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 4 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
            }
            for (int p = pairs * 2; p < kc; p++) {
                DoubleVector b0 = DoubleVector.fromArray(S, b, bo + p * 2 * V);
                DoubleVector b1 = DoubleVector.fromArray(S, b, bo + p * 2 * V + V);
                DoubleVector x = DoubleVector.broadcast(S, a[ao + p * 4]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + p * 4 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + p * 4 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + p * 4 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
            }
            s00.intoArray(c, co);
            s01.intoArray(c, co + V);
            s10.intoArray(c, c1);
            s11.intoArray(c, c1 + V);
            s20.intoArray(c, c2);
            s21.intoArray(c, c2 + V);
            s30.intoArray(c, c3);
            s31.intoArray(c, c3 + V);
        }

        @Override
        void putShifted(
                double[] a, int ao, double[] b, int bo, int[] shifts, int from, int kc, double[] c, int co, int cRow) {
            int c1 = co + cRow;
            int c2 = c1 + cRow;
            int c3 = c2 + cRow;
            DoubleVector s00 = DoubleVector.zero(S);
            DoubleVector s01 = DoubleVector.zero(S);
            DoubleVector s10 = DoubleVector.zero(S);
            DoubleVector s11 = DoubleVector.zero(S);
            DoubleVector s20 = DoubleVector.zero(S);
            DoubleVector s21 = DoubleVector.zero(S);
            DoubleVector s30 = DoubleVector.zero(S);
            DoubleVector s31 = DoubleVector.zero(S);
            for (int p = 0; p < kc; p++) {
                int at = bo + shifts[from + p];
                DoubleVector b0 = DoubleVector.fromArray(S, b, at);
                DoubleVector b1 = DoubleVector.fromArray(S, b, at + V);
                DoubleVector x = DoubleVector.broadcast(S, a[ao + p * 4]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + p * 4 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + p * 4 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + p * 4 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
            }
            s00.intoArray(c, co);
            s01.intoArray(c, co + V);
            s10.intoArray(c, c1);
            s11.intoArray(c, c1 + V);
            s20.intoArray(c, c2);
            s21.intoArray(c, c2 + V);
            s30.intoArray(c, c3);
            s31.intoArray(c, c3 + V);
        }

        @Override
        void addShifted(
                double[] a, int ao, double[] b, int bo, int[] shifts, int from, int kc, double[] c, int co, int cRow) {
            int c1 = co + cRow;
            int c2 = c1 + cRow;
            int c3 = c2 + cRow;
            DoubleVector s00 = DoubleVector.fromArray(S, c, co);
            DoubleVector s01 = DoubleVector.fromArray(S, c, co + V);
            DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
            DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + V);
            DoubleVector s20 = DoubleVector.fromArray(S, c, c2);
            DoubleVector s21 = DoubleVector.fromArray(S, c, c2 + V);
            DoubleVector s30 = DoubleVector.fromArray(S, c, c3);
            DoubleVector s31 = DoubleVector.fromArray(S, c, c3 + V);
            int pairs = kc / 2;
            for (int p = 0; p < pairs; p++) {
                int at = bo + shifts[from + p * 2];
                DoubleVector b0 = DoubleVector.fromArray(S, b, at);
                DoubleVector b1 = DoubleVector.fromArray(S, b, at + V);
                DoubleVector x = DoubleVector.broadcast(S, a[ao + p * 2 * 4]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 4 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 4 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 4 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
                at = bo + shifts[from + (p * 2 + 1)];
                b0 = DoubleVector.fromArray(S, b, at);
                b1 = DoubleVector.fromArray(S, b, at + V);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 4]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 4 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 4 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 4 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
            }
            for (int p = pairs * 2; p < kc; p++) {
                int at = bo + shifts[from + p];
                DoubleVector b0 = DoubleVector.fromArray(S, b, at);
                DoubleVector b1 = DoubleVector.fromArray(S, b, at + V);
                DoubleVector x = DoubleVector.broadcast(S, a[ao + p * 4]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + p * 4 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + p * 4 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + p * 4 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
            }
            s00.intoArray(c, co);
            s01.intoArray(c, co + V);
            s10.intoArray(c, c1);
            s11.intoArray(c, c1 + V);
            s20.intoArray(c, c2);
            s21.intoArray(c, c2 + V);
            s30.intoArray(c, c3);
            s31.intoArray(c, c3 + V);
        }
    }

    private static final class Six extends DoubleVectorTile {
        @Override
        int height() {
            return 6;
        }

        @Override
        void turnRows(double[] a, int ao, int aRow, double[] packed, int to, int kc) {
            int a1 = ao + aRow;
            int a2 = a1 + aRow;
            int a3 = a2 + aRow;
            int a4 = a3 + aRow;
            int a5 = a4 + aRow;
            for (int p = 0; p < kc; p++) {
                packed[to + p * 6] = a[ao + p];
                packed[to + p * 6 + 1] = a[a1 + p];
                packed[to + p * 6 + 2] = a[a2 + p];
                packed[to + p * 6 + 3] = a[a3 + p];
                packed[to + p * 6 + 4] = a[a4 + p];
                packed[to + p * 6 + 5] = a[a5 + p];
            }
        }

        @Override
        void put(double[] a, int ao, double[] b, int bo, int kc, double[] c, int co, int cRow) {
            int c1 = co + cRow;
            int c2 = c1 + cRow;
            int c3 = c2 + cRow;
            int c4 = c3 + cRow;
            int c5 = c4 + cRow;
            DoubleVector s00 = DoubleVector.zero(S);
            DoubleVector s01 = DoubleVector.zero(S);
            DoubleVector s10 = DoubleVector.zero(S);
            DoubleVector s11 = DoubleVector.zero(S);
            DoubleVector s20 = DoubleVector.zero(S);
            DoubleVector s21 = DoubleVector.zero(S);
            DoubleVector s30 = DoubleVector.zero(S);
            DoubleVector s31 = DoubleVector.zero(S);
            DoubleVector s40 = DoubleVector.zero(S);
            DoubleVector s41 = DoubleVector.zero(S);
            DoubleVector s50 = DoubleVector.zero(S);
            DoubleVector s51 = DoubleVector.zero(S);
            for (int p = 0; p < kc; p++) {
                DoubleVector b0 = DoubleVector.fromArray(S, b, bo + p * 2 * V);
                DoubleVector b1 = DoubleVector.fromArray(S, b, bo + p * 2 * V + V);
                DoubleVector x = DoubleVector.broadcast(S, a[ao + p * 6]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 4]);
                s40 = x.fma(b0, s40);
                s41 = x.fma(b1, s41);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 5]);
                s50 = x.fma(b0, s50);
                s51 = x.fma(b1, s51);
            }
            s00.intoArray(c, co);
            s01.intoArray(c, co + V);
            s10.intoArray(c, c1);
            s11.intoArray(c, c1 + V);
            s20.intoArray(c, c2);
            s21.intoArray(c, c2 + V);
            s30.intoArray(c, c3);
            s31.intoArray(c, c3 + V);
            s40.intoArray(c, c4);
            s41.intoArray(c, c4 + V);
            s50.intoArray(c, c5);
            s51.intoArray(c, c5 + V);
        }

        @Override
        void add(double[] a, int ao, double[] b, int bo, int kc, double[] c, int co, int cRow) {
            int c1 = co + cRow;
            int c2 = c1 + cRow;
            int c3 = c2 + cRow;
            int c4 = c3 + cRow;
            int c5 = c4 + cRow;
            DoubleVector s00 = DoubleVector.fromArray(S, c, co);
            DoubleVector s01 = DoubleVector.fromArray(S, c, co + V);
            DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
            DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + V);
            DoubleVector s20 = DoubleVector.fromArray(S, c, c2);
            DoubleVector s21 = DoubleVector.fromArray(S, c, c2 + V);
            DoubleVector s30 = DoubleVector.fromArray(S, c, c3);
            DoubleVector s31 = DoubleVector.fromArray(S, c, c3 + V);
            DoubleVector s40 = DoubleVector.fromArray(S, c, c4);
            DoubleVector s41 = DoubleVector.fromArray(S, c, c4 + V);
            DoubleVector s50 = DoubleVector.fromArray(S, c, c5);
            DoubleVector s51 = DoubleVector.fromArray(S, c, c5 + V);
            int pairs = kc / 2;
            for (int p = 0; p < pairs; p++) {
                DoubleVector b0 = DoubleVector.fromArray(S, b, bo + p * 2 * 2 * V);
                DoubleVector b1 = DoubleVector.fromArray(S, b, bo + p * 2 * 2 * V + V);
                DoubleVector x = DoubleVector.broadcast(S, a[ao + p * 2 * 6]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 6 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 6 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 6 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 6 + 4]);
                s40 = x.fma(b0, s40);
                s41 = x.fma(b1, s41);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 6 + 5]);
                s50 = x.fma(b0, s50);
                s51 = x.fma(b1, s51);
                b0 = DoubleVector.fromArray(S, b, bo + (p * 2 + 1) * 2 * V);
                b1 = DoubleVector.fromArray(S, b, bo + (p * 2 + 1) * 2 * V + V);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 6]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 6 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 6 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 6 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 6 + 4]);
                s40 = x.fma(b0, s40);
                s41 = x.fma(b1, s41);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 6 + 5]);
                s50 = x.fma(b0, s50);
                s51 = x.fma(b1, s51);
            }
            for (int p = pairs * 2; p < kc; p++) {
                DoubleVector b0 = DoubleVector.fromArray(S, b, bo + p * 2 * V);
                DoubleVector b1 = DoubleVector.fromArray(S, b, bo + p * 2 * V + V);
                DoubleVector x = DoubleVector.broadcast(S, a[ao + p * 6]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 4]);
                s40 = x.fma(b0, s40);
                s41 = x.fma(b1, s41);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 5]);
                s50 = x.fma(b0, s50);
                s51 = x.fma(b1, s51);
            }
            s00.intoArray(c, co);
            s01.intoArray(c, co + V);
            s10.intoArray(c, c1);
            s11.intoArray(c, c1 + V);
            s20.intoArray(c, c2);
            s21.intoArray(c, c2 + V);
            s30.intoArray(c, c3);
            s31.intoArray(c, c3 + V);
            s40.intoArray(c, c4);
            s41.intoArray(c, c4 + V);
            s50.intoArray(c, c5);
            s51.intoArray(c, c5 + V);
        }

        @Override
        void putShifted(
                double[] a, int ao, double[] b, int bo, int[] shifts, int from, int kc, double[] c, int co, int cRow) {
            int c1 = co + cRow;
            int c2 = c1 + cRow;
            int c3 = c2 + cRow;
            int c4 = c3 + cRow;
            int c5 = c4 + cRow;
            DoubleVector s00 = DoubleVector.zero(S);
            DoubleVector s01 = DoubleVector.zero(S);
            DoubleVector s10 = DoubleVector.zero(S);
            DoubleVector s11 = DoubleVector.zero(S);
            DoubleVector s20 = DoubleVector.zero(S);
            DoubleVector s21 = DoubleVector.zero(S);
            DoubleVector s30 = DoubleVector.zero(S);
            DoubleVector s31 = DoubleVector.zero(S);
            DoubleVector s40 = DoubleVector.zero(S);
            DoubleVector s41 = DoubleVector.zero(S);
            DoubleVector s50 = DoubleVector.zero(S);
            DoubleVector s51 = DoubleVector.zero(S);
            for (int p = 0; p < kc; p++) {
                int at = bo + shifts[from + p];
                DoubleVector b0 = DoubleVector.fromArray(S, b, at);
                DoubleVector b1 = DoubleVector.fromArray(S, b, at + V);
                DoubleVector x = DoubleVector.broadcast(S, a[ao + p * 6]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 4]);
                s40 = x.fma(b0, s40);
                s41 = x.fma(b1, s41);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 5]);
                s50 = x.fma(b0, s50);
                s51 = x.fma(b1, s51);
            }
            s00.intoArray(c, co);
            s01.intoArray(c, co + V);
            s10.intoArray(c, c1);
            s11.intoArray(c, c1 + V);
            s20.intoArray(c, c2);
            s21.intoArray(c, c2 + V);
            s30.intoArray(c, c3);
            s31.intoArray(c, c3 + V);
            s40.intoArray(c, c4);
            s41.intoArray(c, c4 + V);
            s50.intoArray(c, c5);
            s51.intoArray(c, c5 + V);
        }

        @Override
        void addShifted(
                double[] a, int ao, double[] b, int bo, int[] shifts, int from, int kc, double[] c, int co, int cRow) {
            int c1 = co + cRow;
            int c2 = c1 + cRow;
            int c3 = c2 + cRow;
            int c4 = c3 + cRow;
            int c5 = c4 + cRow;
            DoubleVector s00 = DoubleVector.fromArray(S, c, co);
            DoubleVector s01 = DoubleVector.fromArray(S, c, co + V);
            DoubleVector s10 = DoubleVector.fromArray(S, c, c1);
            DoubleVector s11 = DoubleVector.fromArray(S, c, c1 + V);
            DoubleVector s20 = DoubleVector.fromArray(S, c, c2);
            DoubleVector s21 = DoubleVector.fromArray(S, c, c2 + V);
            DoubleVector s30 = DoubleVector.fromArray(S, c, c3);
            DoubleVector s31 = DoubleVector.fromArray(S, c, c3 + V);
            DoubleVector s40 = DoubleVector.fromArray(S, c, c4);
            DoubleVector s41 = DoubleVector.fromArray(S, c, c4 + V);
            DoubleVector s50 = DoubleVector.fromArray(S, c, c5);
            DoubleVector s51 = DoubleVector.fromArray(S, c, c5 + V);
            int pairs = kc / 2;
            for (int p = 0; p < pairs; p++) {
                int at = bo + shifts[from + p * 2];
                DoubleVector b0 = DoubleVector.fromArray(S, b, at);
                DoubleVector b1 = DoubleVector.fromArray(S, b, at + V);
                DoubleVector x = DoubleVector.broadcast(S, a[ao + p * 2 * 6]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 6 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 6 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 6 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 6 + 4]);
                s40 = x.fma(b0, s40);
                s41 = x.fma(b1, s41);
                x = DoubleVector.broadcast(S, a[ao + p * 2 * 6 + 5]);
                s50 = x.fma(b0, s50);
                s51 = x.fma(b1, s51);
                at = bo + shifts[from + (p * 2 + 1)];
                b0 = DoubleVector.fromArray(S, b, at);
                b1 = DoubleVector.fromArray(S, b, at + V);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 6]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 6 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 6 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 6 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 6 + 4]);
                s40 = x.fma(b0, s40);
                s41 = x.fma(b1, s41);
                x = DoubleVector.broadcast(S, a[ao + (p * 2 + 1) * 6 + 5]);
                s50 = x.fma(b0, s50);
                s51 = x.fma(b1, s51);
            }
            for (int p = pairs * 2; p < kc; p++) {
                int at = bo + shifts[from + p];
                DoubleVector b0 = DoubleVector.fromArray(S, b, at);
                DoubleVector b1 = DoubleVector.fromArray(S, b, at + V);
                DoubleVector x = DoubleVector.broadcast(S, a[ao + p * 6]);
                s00 = x.fma(b0, s00);
                s01 = x.fma(b1, s01);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 1]);
                s10 = x.fma(b0, s10);
                s11 = x.fma(b1, s11);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 2]);
                s20 = x.fma(b0, s20);
                s21 = x.fma(b1, s21);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 3]);
                s30 = x.fma(b0, s30);
                s31 = x.fma(b1, s31);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 4]);
                s40 = x.fma(b0, s40);
                s41 = x.fma(b1, s41);
                x = DoubleVector.broadcast(S, a[ao + p * 6 + 5]);
                s50 = x.fma(b0, s50);
                s51 = x.fma(b1, s51);
            }
            s00.intoArray(c, co);
            s01.intoArray(c, co + V);
            s10.intoArray(c, c1);
            s11.intoArray(c, c1 + V);
            s20.intoArray(c, c2);
            s21.intoArray(c, c2 + V);
            s30.intoArray(c, c3);
            s31.intoArray(c, c3 + V);
            s40.intoArray(c, c4);
            s41.intoArray(c, c4 + V);
            s50.intoArray(c, c5);
            s51.intoArray(c, c5 + V);
        }
    }
}
