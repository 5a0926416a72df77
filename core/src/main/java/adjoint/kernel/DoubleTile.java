package adjoint.kernel;

/**
 * The innermost part of a product of F64 matrices: a few rows times two vectors of columns, summed up in registers. Nothing
 * here links to jdk.incubator.vector; {@link DoubleVectorTile} does.
 */
abstract class DoubleTile {
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
    abstract void add(double[] a, int ao, double[] b, int bo, int kc, double[] c, int co, int cRow);

    /** As {@link #add}, to a tile of zeros, whatever it holds. */
    abstract void put(double[] a, int ao, double[] b, int bo, int kc, double[] c, int co, int cRow);

    /** As {@link #put}, but row p of {@code b} is what begins at {@code bo + shifts[from + p]}. */
    abstract void putShifted(
            double[] a, int ao, double[] b, int bo, int[] shifts, int from, int kc, double[] c, int co, int cRow);

    /** As {@link #add}, but row p of {@code b} is what begins at {@code bo + shifts[from + p]}. */
    abstract void addShifted(
            double[] a, int ao, double[] b, int bo, int[] shifts, int from, int kc, double[] c, int co, int cRow);

    /** Packs {@code height} rows of {@code kc} numbers column by column. */
    abstract void turnRows(double[] a, int ao, int aRow, double[] packed, int to, int kc);

    /** Packs {@code width} columns of {@code kc} numbers, each along memory, row by row. */
    abstract void turnColumns(double[] b, int bo, int bColumn, double[] packed, int to, int kc);

    /** Packs {@code kc} rows of {@code width} numbers. */
    abstract void copyRows(double[] b, int bo, int bRow, double[] packed, int to, int kc);

    /** Adds the product of a row and {@code strip} columns of a matrix that is not packed. */
    abstract void addStrip(double[] a, int ao, double[] b, int bo, int bRow, int k, double[] c, int co);

    /** How many running sums a sum of products has in {@link #addDots}, whatever the machine. */
    static final int LANES = 32 / Double.BYTES;

    /** How many rows {@link #addDots} takes. */
    static final int DOT_ROWS = 4;

    /**
     * Products of {@value #DOT_ROWS} rows of {@code a} with two stretches of {@code b}, all {@code n} long, a multiple of
     * {@link #LANES}: adds product i to running sum i mod LANES of its row and stretch. Sums lie by row, stretch and lane.
     */
    void addDots(double[] a, int ao, int aRow, double[] b, int b0, int b1, int n, double[] sums, int at, int row) {
        dots(a, ao, aRow, b, b0, b1, n, sums, at, row);
    }

    /** {@link #addDots} without vectors. */
    static void dots(double[] a, int ao, int aRow, double[] b, int b0, int b1, int n, double[] sums, int at, int row) {
        double[] s = new double[LANES];
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
    static DoubleTile ready() {
        return Warm.TILE.get();
    }

    private static final class Warm {
        // A lambda, not a reference to the method: that would be resolved, and its class loaded, here.
        static final Warming<DoubleTile> TILE =
                new Warming<>(() -> DoubleVectorTile.create(), Warm::trial, Warm::plain);

        private static final int KC = 64;

        /** A tile's worth of work, with the tile; depths even and odd, or HotSpot takes one of them for never. */
        private static void trial(DoubleTile tile) {
            int height = tile.height();
            int width = tile.width();
            double[] a = new double[height * KC];
            double[] b = new double[KC * tile.strip()];
            double[] c = new double[height * tile.strip() + 2 * LANES * DOT_ROWS];
            tile.copyRows(b, 0, width, b, 0, KC);
            tile.turnColumns(b, 0, KC, new double[KC * width], 0, KC);
            tile.turnRows(a, 0, KC, new double[a.length], 0, KC);
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
        private static void plain(DoubleTile tile) {
            int columns = 6 * tile.width() * tile.height() + tile.strip() + 2 * DOT_ROWS;
            double[] a = new double[KC];
            double[] b = new double[columns * KC];
            double[] c = new double[columns];
            for (int p = 0; p < KC; p++) {
                for (int j = 0; j < columns; j++) {
                    c[j] = Math.fma(a[p], b[j + p * columns], c[j]);
                }
            }
        }
    }
}
