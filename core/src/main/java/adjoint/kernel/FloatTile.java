package adjoint.kernel;

/**
 * The innermost part of a product of F32 matrices: a few rows times two vectors of columns, summed up in registers. Nothing
 * here links to jdk.incubator.vector; {@link FloatVectorTile} does.
 */
abstract class FloatTile {
    /** How many rows a tile has. */
    abstract int height();

    /** How many columns a tile has. */
    abstract int width();

    /** How many columns {@link #addStrip} takes. */
    abstract int strip();

    /**
     * Adds to a tile of {@code c} the product of {@code kc} columns of {@code height} numbers and as many rows of
     * {@code width} numbers, packed.
     */
    abstract void add(float[] a, int ao, float[] b, int bo, int kc, float[] c, int co, int cRow);

    /** As {@link #add}, to a tile of zeros, whatever it holds. */
    abstract void put(float[] a, int ao, float[] b, int bo, int kc, float[] c, int co, int cRow);

    /** As {@link #put}, but row p of {@code b} is what begins at {@code bo + shifts[from + p]}. */
    abstract void putShifted(
            float[] a, int ao, float[] b, int bo, int[] shifts, int from, int kc, float[] c, int co, int cRow);

    /** As {@link #add}, but row p of {@code b} is what begins at {@code bo + shifts[from + p]}. */
    abstract void addShifted(
            float[] a, int ao, float[] b, int bo, int[] shifts, int from, int kc, float[] c, int co, int cRow);

    /** Packs {@code height} rows of {@code kc} numbers column by column. */
    abstract void turnRows(float[] a, int ao, int aRow, float[] packed, int to, int kc);

    /** Packs {@code width} columns of {@code kc} numbers, each along memory, row by row. */
    abstract void turnColumns(float[] b, int bo, int bColumn, float[] packed, int to, int kc);

    /** Packs {@code kc} rows of {@code width} numbers. */
    abstract void copyRows(float[] b, int bo, int bRow, float[] packed, int to, int kc);

    /** Adds the product of a row and {@code strip} columns of a matrix that is not packed. */
    abstract void addStrip(float[] a, int ao, float[] b, int bo, int bRow, int k, float[] c, int co);

    /** How many running sums a sum of products has in {@link #addDots}, whatever the machine. */
    static final int LANES = 32 / Float.BYTES;

    /** How many rows {@link #addDots} takes. */
    static final int DOT_ROWS = 4;

    /**
     * Products of {@value #DOT_ROWS} rows of {@code a} with two stretches of {@code b}, all {@code n} long, a multiple of
     * {@link #LANES}: adds product i to running sum i mod LANES of its row and stretch. Sums lie by row, stretch and lane.
     */
    void addDots(float[] a, int ao, int aRow, float[] b, int b0, int b1, int n, float[] sums, int at, int row) {
        dots(a, ao, aRow, b, b0, b1, n, sums, at, row);
    }

    /** {@link #addDots} without vectors. */
    static void dots(float[] a, int ao, int aRow, float[] b, int b0, int b1, int n, float[] sums, int at, int row) {
        float[] s = new float[LANES];
        for (int r = 0; r < DOT_ROWS; r++) {
            for (int t = 0; t < 2; t++) {
                int x = ao + r * aRow;
                int y = t == 0 ? b0 : b1;
                int to = at + r * row + t * LANES;
                System.arraycopy(sums, to, s, 0, LANES);
                for (int i = 0; i < n; i += LANES) {
                    for (int l = 0; l < LANES; l++) {
                        s[l] = Math.fma(a[x + i + l], b[y + i + l], s[l]);
                    }
                }
                System.arraycopy(s, 0, sums, to, LANES);
            }
        }
    }

    /** The tile for this machine, or null as long as it is not known to be fast. */
    static FloatTile ready() {
        return Warm.TILE.get();
    }

    private static final class Warm {
        // A lambda, not a reference to the method: that would be resolved, and its class loaded, here.
        static final Warming<FloatTile> TILE = new Warming<>(() -> FloatVectorTile.create(), Warm::trial, Warm::plain);

        private static final int KC = 64;

        /** A tile's worth of work, with the tile; depths even and odd, or HotSpot takes one of them for never. */
        private static void trial(FloatTile tile) {
            int height = tile.height();
            int width = tile.width();
            float[] a = new float[height * KC];
            float[] b = new float[KC * tile.strip()];
            float[] c = new float[height * tile.strip() + 2 * LANES * DOT_ROWS];
            tile.copyRows(b, 0, width, b, 0, KC);
            tile.turnColumns(b, 0, KC, new float[KC * width], 0, KC);
            tile.turnRows(a, 0, KC, new float[a.length], 0, KC);
            tile.add(a, 0, b, 0, KC, c, 0, width);
            tile.add(a, 0, b, 0, KC - 1, c, 0, width);
            tile.put(a, 0, b, 0, KC, c, 0, width);
            tile.putShifted(a, 0, b, 0, new int[KC], 0, KC, c, 0, width);
            tile.addShifted(a, 0, b, 0, new int[KC], 0, KC, c, 0, width);
            tile.addShifted(a, 0, b, 0, new int[KC], 0, KC - 1, c, 0, width);
            tile.addDots(b, 0, KC, b, 0, 1, KC, c, 0, 2 * LANES);
            tile.addStrip(a, 0, b, 0, tile.strip(), KC, c, 0);
        }

        /** The same work without vectors. */
        private static void plain(FloatTile tile) {
            int columns = 6 * tile.width() * tile.height() + tile.strip() + 2 * DOT_ROWS;
            float[] a = new float[KC];
            float[] b = new float[columns * KC];
            float[] c = new float[columns];
            for (int p = 0; p < KC; p++) {
                for (int j = 0; j < columns; j++) {
                    c[j] = Math.fma(a[p], b[j + p * columns], c[j]);
                }
            }
        }
    }
}
