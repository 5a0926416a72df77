package adjoint.kernel;

/**
 * Copies that make rows columns. A block is read row by row into a small array that lies in the cache, and written from there
 * row by row, so that each line of memory is fetched once, also where strides are powers of two and lines of a cache collide.
 */
final class Transposition {
    /** A cache line of F32. */
    private static final int SIDE = 16;

    private Transposition() {}

    /** {@code to[o + a·toStep + b] = from[i + a + b·fromStep]} for {@code a < m}, {@code b < n}. */
    static void copy(float[] from, int i, int fromStep, float[] to, int o, int toStep, int m, int n) {
        float[] block = new float[SIDE * SIDE];
        for (int b = 0; b < n; b += SIDE) {
            int height = Math.min(SIDE, n - b);
            for (int a = 0; a < m; a += SIDE) {
                int width = Math.min(SIDE, m - a);
                for (int y = 0; y < height; y++) {
                    System.arraycopy(from, i + a + (b + y) * fromStep, block, y * SIDE, width);
                }
                for (int x = 0; x < width; x++) {
                    int at = o + (a + x) * toStep + b;
                    for (int y = 0; y < height; y++) {
                        to[at + y] = block[y * SIDE + x];
                    }
                }
            }
        }
    }
}
