package adjoint.kernel;

import java.util.Arrays;

/**
 * Products of F64 matrices, {@code c += a · b}. Every element is the chain {@code c = fma(a[i,p], b[p,j], c)} over
 * ascending p, whichever way is taken, so all give the same bits. (The classes for F64 and F64 are one text but for
 * the names of types; a test sees to it.)
 *
 * <p>With vectors, the matrices are cut as Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication"
 * (2008), do it: {@code b} is packed into panels of a tile's width, so many rows deep that a panel stays in the second
 * cache, with a block of rows of {@code a}, packed too, while the block's tiles pass over it. A tile's
 * sums stay in registers ({@link DoubleTile}). Packing reads transposed matrices as they lie.
 *
 * <p>Without vectors, rows of {@code b} are copied to arrays of their own: a loop over several arrays at one common index
 * is what HotSpot vectorises by itself.
 */
final class DoubleMatMul {
    /** Most numbers of {@code b} that are packed at a time. */
    private static final int LARGEST = 1 << 22;

    /** Products of fewer multiplications than this are not worth preparing. */
    private static final int SMALL = 1 << 12;

    private static final int ROWS_KC = 64;
    private static final int ROWS_NB = 256;
    private static final int UNROLL = 8;
    private static final int DOT_BLOCK = 1024;

    private DoubleMatMul() {}

    /** A matrix in an array: element (i, j) lies at {@code at + i · row + j · step}. */
    record Matrix(double[] array, int at, int row, int step) {
        Matrix from(int i) {
            return new Matrix(array, at + i * row, row, step);
        }

        Matrix to(int j) {
            return new Matrix(array, at + j * step, row, step);
        }

        Matrix turned() {
            return new Matrix(array, at, step, row);
        }
    }

    /**
     * Adds the product of {@code [m, k]} and {@code [k, n]} to {@code c}, whose rows are dense.
     *
     * @param fresh whether {@code c} holds zeros
     */
    static void add(Matrix a, Matrix b, Matrix c, int m, int n, int k, boolean fresh, int threads) {
        if (n == 1) {
            column(a, b, c, m, k, threads);
        } else if (m == 1 && b.step != 1) {
            column(b.turned(), a.turned(), c.turned(), n, k, threads);
        } else if ((long) m * n * k < SMALL) {
            small(a, b, c, m, n, k);
        } else {
            large(a, b, c, m, n, k, fresh, threads);
        }
    }

    private static void large(Matrix a, Matrix b, Matrix c, int m, int n, int k, boolean fresh, int threads) {
        DoubleTile tile = DoubleTile.ready();
        if (tile == null) {
            Threads.loop(m, grain(m, threads), (from, to) -> rows(a.from(from), b, c.from(from), to - from, n, k));
        } else if (m < tile.height() && b.step == 1) {
            thin(tile, a, b, c, m, n, k, threads);
        } else {
            int most = LARGEST / Caches.depth(tile.width() * Double.BYTES) / tile.width() * tile.width();
            for (int j = 0; j < n; j += most) {
                tiles(tile, a, b.to(j), c.to(j), m, Math.min(most, n - j), k, fresh, threads);
            }
        }
    }

    /** So that {@link Threads#loop} makes a part for each of so many threads, also where {@code n} is no multiple of them. */
    static int grain(int n, int threads) {
        return Math.max(1, n / threads);
    }

    // ---------------------------------------------------------------- with vectors

    private static void tiles(
            DoubleTile tile, Matrix a, Matrix b, Matrix c, int m, int n, int k, boolean fresh, int threads) {
        int width = tile.width();
        int height = tile.height();
        int panels = Math.ceilDiv(n, width);
        int high = Math.ceilDiv(m, height);
        int depth = Math.min(k, Caches.depth(width * Double.BYTES));
        double[] packed = Workspace.doubles(panels * width * depth);
        for (int p = 0; p < k; p += depth) {
            int first = p;
            int kc = Math.min(depth, k - p);
            Threads.loop(panels, grain(panels, threads), (from, to) -> {
                for (int j = from * width; j < to * width; j += width) {
                    packColumns(tile, b.from(first).to(j), packed, j * kc, kc, Math.min(width, n - j));
                }
            });
            Threads.loop(high, grain(high, threads), (from, to) -> {
                int begin = from * height;
                int rows = Math.min(to * height, m) - begin;
                blocks(tile, a.from(begin).to(first), packed, c.from(begin), rows, n, kc, fresh && first == 0);
            });
        }
        Workspace.give(packed);
    }

    /** The products of some rows of {@code a}, as many at a time as stay in the second cache. */
    private static void blocks(DoubleTile tile, Matrix a, double[] b, Matrix c, int m, int n, int kc, boolean fresh) {
        int height = tile.height();
        int most = Caches.rows(kc * Double.BYTES, height);
        double[] rows = Workspace.doubles(Math.min(most, m + height) * kc);
        double[] corner = new double[height * tile.width()];
        for (int i = 0; i < m; i += most) {
            int mc = Math.min(most, m - i);
            for (int r = 0; r < mc; r += height) {
                packRows(tile, a.from(i + r), rows, r * kc, Math.min(height, mc - r), kc);
            }
            block(tile, rows, b, c.from(i), mc, n, kc, fresh, corner);
        }
        Workspace.give(rows);
    }

    /** A few columns, row by row; what a panel is wider is filled with zeros. */
    private static void packColumns(DoubleTile tile, Matrix b, double[] packed, int to, int kc, int w) {
        int width = tile.width();
        if (w == width && b.step == 1) {
            tile.copyRows(b.array, b.at, b.row, packed, to, kc);
        } else if (w == width && b.row == 1) {
            tile.turnColumns(b.array, b.at, b.step, packed, to, kc);
        } else {
            turn(b.array, b.at, b.step, b.row, packed, to, w, width, kc);
        }
    }

    /** A few rows, column by column; what a tile is higher is filled with zeros. */
    static void packRows(DoubleTile tile, Matrix a, double[] packed, int to, int h, int kc) {
        int height = tile.height();
        if (h == height && a.step == 1) {
            tile.turnRows(a.array, a.at, a.row, packed, to, kc);
        } else {
            turn(a.array, a.at, a.row, a.step, packed, to, h, height, kc);
        }
    }

    /** Writes {@code n} lines, which begin {@code line} apart, such that elements of the same place lie together. */
    private static void turn(double[] x, int at, int line, int step, double[] y, int to, int n, int pitch, int length) {
        if (line == 1) {
            for (int q = 0; q < length; q++) {
                int from = at + q * step;
                int o = to + q * pitch;
                for (int i = 0; i < n; i++) {
                    y[o + i] = x[from + i];
                }
            }
        } else {
            for (int i = 0; i < n; i++) {
                int from = at + i * line;
                int o = to + i;
                for (int q = 0; q < length; q++) {
                    y[o + q * pitch] = x[from + q * step];
                }
            }
        }
        for (int q = 0; n < pitch && q < length; q++) {
            Arrays.fill(y, to + q * pitch + n, to + (q + 1) * pitch, 0);
        }
    }

    /** All tiles of some packed rows; those that stick out are computed aside. */
    private static void block(
            DoubleTile tile, double[] a, double[] b, Matrix c, int m, int n, int kc, boolean fresh, double[] corner) {
        int height = tile.height();
        int width = tile.width();
        for (int j = 0; j < n; j += width) {
            int w = Math.min(width, n - j);
            for (int i = 0; i < m; i += height) {
                int h = Math.min(height, m - i);
                int co = c.at + i * c.row + j;
                if (h == height && w == width && fresh) {
                    tile.put(a, i * kc, b, j * kc, kc, c.array, co, c.row);
                } else if (h == height && w == width) {
                    tile.add(a, i * kc, b, j * kc, kc, c.array, co, c.row);
                } else {
                    copy(c.array, co, c.row, corner, 0, width, h, w);
                    tile.add(a, i * kc, b, j * kc, kc, corner, 0, width);
                    copy(corner, 0, width, c.array, co, c.row, h, w);
                }
            }
        }
    }

    private static void copy(double[] from, int at, int row, double[] to, int o, int pitch, int h, int w) {
        for (int r = 0; r < h; r++) {
            System.arraycopy(from, at + r * row, to, o + r * pitch, w);
        }
    }

    /** Few rows: nothing is packed, since it would be read only so often. */
    private static void thin(DoubleTile tile, Matrix a, Matrix b, Matrix c, int m, int n, int k, int threads) {
        Matrix rows = a.step == 1 ? a : along(a, m, k);
        int strip = tile.strip();
        int strips = n / strip;
        Threads.loop(strips, grain(strips, threads), (from, to) -> {
            for (int s = from; s < to; s++) {
                for (int i = 0; i < m; i++) {
                    tile.addStrip(
                            rows.array,
                            rows.at + i * rows.row,
                            b.array,
                            b.at + s * strip,
                            b.row,
                            k,
                            c.array,
                            c.at + i * c.row + s * strip);
                }
            }
        });
        if (strips * strip < n) {
            int j = strips * strip;
            rows(rows, new Matrix(b.array, b.at + j, b.row, 1), new Matrix(c.array, c.at + j, c.row, 1), m, n - j, k);
        }
    }

    /** A copy whose rows lie along memory. */
    private static Matrix along(Matrix a, int m, int k) {
        double[] rows = new double[m * k];
        for (int p = 0; p < k; p++) {
            for (int i = 0; i < m; i++) {
                rows[i * k + p] = a.array[a.at + i * a.row + p * a.step];
            }
        }
        return new Matrix(rows, 0, k, 1);
    }

    // ---------------------------------------------------------------- small ones

    private static void small(Matrix a, Matrix b, Matrix c, int m, int n, int k) {
        for (int i = 0; i < m; i++) {
            int ao = a.at + i * a.row;
            int co = c.at + i * c.row;
            int p = 0;
            for (; p + 3 < k; p += 4) {
                four(a.array, ao + p * a.step, a.step, b.array, b.at + p * b.row, b.row, b.step, c.array, co, n);
            }
            for (; p < k; p++) {
                double x = a.array[ao + p * a.step];
                int bo = b.at + p * b.row;
                for (int j = 0; j < n; j++) {
                    c.array[co + j] = Math.fma(x, b.array[bo + j * b.step], c.array[co + j]);
                }
            }
        }
    }

    private static void four(
            double[] a, int ao, int aStep, double[] b, int b0, int bRow, int bStep, double[] c, int co, int n) {
        double a0 = a[ao];
        double a1 = a[ao + aStep];
        double a2 = a[ao + 2 * aStep];
        double a3 = a[ao + 3 * aStep];
        int b1 = b0 + bRow;
        int b2 = b1 + bRow;
        int b3 = b2 + bRow;
        for (int j = 0; j < n; j++) {
            int at = j * bStep;
            double s = Math.fma(a1, b[b1 + at], Math.fma(a0, b[b0 + at], c[co + j]));
            c[co + j] = Math.fma(a3, b[b3 + at], Math.fma(a2, b[b2 + at], s));
        }
    }

    /** A single column: several rows at a time, since each element is a chain. */
    private static void column(Matrix a, Matrix b, Matrix c, int m, int k, int threads) {
        if (threads > 1) {
            Threads.loop(m, grain(m, threads), (from, to) -> column(a.from(from), b, c.from(from), to - from, k, 1));
            return;
        }
        int i = 0;
        for (; i + 7 < m; i += 8) {
            eightRows(a.array, a.at + i * a.row, a.row, a.step, b, c, i, k);
        }
        for (; i < m; i++) {
            double s = c.array[c.at + i * c.row];
            for (int p = 0; p < k; p++) {
                s = Math.fma(a.array[a.at + i * a.row + p * a.step], b.array[b.at + p * b.row], s);
            }
            c.array[c.at + i * c.row] = s;
        }
    }

    private static void eightRows(double[] a, int a0, int row, int step, Matrix b, Matrix c, int i, int k) {
        int c0 = c.at + i * c.row;
        double s0 = c.array[c0];
        double s1 = c.array[c0 + c.row];
        double s2 = c.array[c0 + 2 * c.row];
        double s3 = c.array[c0 + 3 * c.row];
        double s4 = c.array[c0 + 4 * c.row];
        double s5 = c.array[c0 + 5 * c.row];
        double s6 = c.array[c0 + 6 * c.row];
        double s7 = c.array[c0 + 7 * c.row];
        int a4 = a0 + 4 * row;
        for (int p = 0; p < k; p++) {
            double x = b.array[b.at + p * b.row];
            int at = a0 + p * step;
            s0 = Math.fma(a[at], x, s0);
            s1 = Math.fma(a[at + row], x, s1);
            s2 = Math.fma(a[at + 2 * row], x, s2);
            s3 = Math.fma(a[at + 3 * row], x, s3);
            at = a4 + p * step;
            s4 = Math.fma(a[at], x, s4);
            s5 = Math.fma(a[at + row], x, s5);
            s6 = Math.fma(a[at + 2 * row], x, s6);
            s7 = Math.fma(a[at + 3 * row], x, s7);
        }
        c.array[c0] = s0;
        c.array[c0 + c.row] = s1;
        c.array[c0 + 2 * c.row] = s2;
        c.array[c0 + 3 * c.row] = s3;
        c.array[c0 + 4 * c.row] = s4;
        c.array[c0 + 5 * c.row] = s5;
        c.array[c0 + 6 * c.row] = s6;
        c.array[c0 + 7 * c.row] = s7;
    }

    /** The sum of the products of two vectors: pairwise over blocks, each of four partial sums. */
    static double dot(double[] a, int ao, int aStep, double[] b, int bo, int bStep, int n) {
        if (n > DOT_BLOCK) {
            int half = Integer.highestOneBit((n - 1) / DOT_BLOCK) * DOT_BLOCK;
            return dot(a, ao, aStep, b, bo, bStep, half)
                    + dot(a, ao + half * aStep, aStep, b, bo + half * bStep, bStep, n - half);
        }
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 = Math.fma(a[ao + i * aStep], b[bo + i * bStep], s0);
            s1 = Math.fma(a[ao + (i + 1) * aStep], b[bo + (i + 1) * bStep], s1);
            s2 = Math.fma(a[ao + (i + 2) * aStep], b[bo + (i + 2) * bStep], s2);
            s3 = Math.fma(a[ao + (i + 3) * aStep], b[bo + (i + 3) * bStep], s3);
        }
        if (i < n) {
            s0 = Math.fma(a[ao + i * aStep], b[bo + i * bStep], s0);
        }
        if (i + 1 < n) {
            s1 = Math.fma(a[ao + (i + 1) * aStep], b[bo + (i + 1) * bStep], s1);
        }
        if (i + 2 < n) {
            s2 = Math.fma(a[ao + (i + 2) * aStep], b[bo + (i + 2) * bStep], s2);
        }
        return (s0 + s2) + (s1 + s3);
    }

    // ---------------------------------------------------------------- without vectors

    private static void rows(Matrix a, Matrix b, Matrix c, int m, int n, int k) {
        double[][] r = new double[Math.min(ROWS_KC, k)][Math.min(ROWS_NB, n)];
        double[] y = new double[Math.min(ROWS_NB, n)];
        for (int j0 = 0; j0 < n; j0 += ROWS_NB) {
            int nb = Math.min(ROWS_NB, n - j0);
            for (int k0 = 0; k0 < k; k0 += ROWS_KC) {
                int kc = Math.min(ROWS_KC, k - k0);
                for (int p = 0; p < kc; p++) {
                    copyRow(b, b.at + (k0 + p) * b.row + j0 * b.step, r[p], nb);
                }
                for (int i = 0; i < m; i++) {
                    int at = c.at + i * c.row + j0;
                    System.arraycopy(c.array, at, y, 0, nb);
                    row(a, a.at + i * a.row + k0 * a.step, r, kc, y, nb);
                    System.arraycopy(y, 0, c.array, at, nb);
                }
            }
        }
    }

    private static void copyRow(Matrix b, int at, double[] to, int n) {
        if (b.step == 1) {
            System.arraycopy(b.array, at, to, 0, n);
        } else {
            for (int j = 0; j < n; j++) {
                to[j] = b.array[at + j * b.step];
            }
        }
    }

    private static void row(Matrix a, int at, double[][] r, int kc, double[] y, int n) {
        int p = 0;
        for (; p + UNROLL <= kc; p += UNROLL) {
            eight(a.array, at + p * a.step, a.step, r, p, y, n);
        }
        for (; p < kc; p++) {
            one(a.array[at + p * a.step], r[p], y, n);
        }
    }

    private static void one(double a, double[] r, double[] y, int n) {
        for (int j = 0; j < n; j++) {
            y[j] = Math.fma(a, r[j], y[j]);
        }
    }

    private static void eight(double[] a, int at, int step, double[][] r, int p, double[] y, int n) {
        double a0 = a[at];
        double a1 = a[at + step];
        double a2 = a[at + 2 * step];
        double a3 = a[at + 3 * step];
        double a4 = a[at + 4 * step];
        double a5 = a[at + 5 * step];
        double a6 = a[at + 6 * step];
        double a7 = a[at + 7 * step];
        double[] r0 = r[p];
        double[] r1 = r[p + 1];
        double[] r2 = r[p + 2];
        double[] r3 = r[p + 3];
        double[] r4 = r[p + 4];
        double[] r5 = r[p + 5];
        double[] r6 = r[p + 6];
        double[] r7 = r[p + 7];
        for (int j = 0; j < n; j++) {
            double s = Math.fma(a1, r1[j], Math.fma(a0, r0[j], y[j]));
            s = Math.fma(a3, r3[j], Math.fma(a2, r2[j], s));
            s = Math.fma(a5, r5[j], Math.fma(a4, r4[j], s));
            y[j] = Math.fma(a7, r7[j], Math.fma(a6, r6[j], s));
        }
    }
}
