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

    /** Packs {@code height} rows of {@code kc} numbers column by column. */
    abstract void turnRows(float[] a, int ao, int aRow, float[] packed, int to, int kc);

    /** Packs {@code width} columns of {@code kc} numbers, each along memory, row by row. */
    abstract void turnColumns(float[] b, int bo, int bColumn, float[] packed, int to, int kc);

    /** Packs {@code kc} rows of {@code width} numbers. */
    abstract void copyRows(float[] b, int bo, int bRow, float[] packed, int to, int kc);

    /** Adds the product of a row and {@code strip} columns of a matrix that is not packed. */
    abstract void addStrip(float[] a, int ao, float[] b, int bo, int bRow, int k, float[] c, int co);

    /** The tile for this machine, or null as long as it is not known to be fast. */
    static FloatTile ready() {
        return Warm.TILE.get();
    }

    private static final class Warm {
        static final Warming<FloatTile> TILE = new Warming<>(FloatVectorTile::create, Warm::trial, Warm::plain);

        private static final int KC = 64;

        /** A tile's worth of work, with the tile. */
        private static void trial(FloatTile tile) {
            int height = tile.height();
            int width = tile.width();
            float[] a = new float[height * KC];
            float[] b = new float[KC * tile.strip()];
            float[] c = new float[height * tile.strip()];
            tile.copyRows(b, 0, width, b, 0, KC);
            tile.turnColumns(b, 0, KC, new float[KC * width], 0, KC);
            tile.turnRows(a, 0, KC, new float[a.length], 0, KC);
            tile.add(a, 0, b, 0, KC, c, 0, width);
            tile.addStrip(a, 0, b, 0, tile.strip(), KC, c, 0);
        }

        /** The same work without vectors. */
        private static void plain(FloatTile tile) {
            int columns = tile.width() * tile.height() + tile.strip();
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
