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

    /** Packs {@code height} rows of {@code kc} numbers column by column. */
    abstract void turnRows(double[] a, int ao, int aRow, double[] packed, int to, int kc);

    /** Packs {@code width} columns of {@code kc} numbers, each along memory, row by row. */
    abstract void turnColumns(double[] b, int bo, int bColumn, double[] packed, int to, int kc);

    /** Packs {@code kc} rows of {@code width} numbers. */
    abstract void copyRows(double[] b, int bo, int bRow, double[] packed, int to, int kc);

    /** Adds the product of a row and {@code strip} columns of a matrix that is not packed. */
    abstract void addStrip(double[] a, int ao, double[] b, int bo, int bRow, int k, double[] c, int co);

    /** The tile for this machine, or null as long as it is not known to be fast. */
    static DoubleTile ready() {
        return Warm.TILE.get();
    }

    private static final class Warm {
        static final Warming<DoubleTile> TILE = new Warming<>(DoubleVectorTile::create, Warm::trial, Warm::plain);

        private static final int KC = 64;

        /** A tile's worth of work, with the tile. */
        private static void trial(DoubleTile tile) {
            int height = tile.height();
            int width = tile.width();
            double[] a = new double[height * KC];
            double[] b = new double[KC * tile.strip()];
            double[] c = new double[height * tile.strip()];
            tile.copyRows(b, 0, width, b, 0, KC);
            tile.turnColumns(b, 0, KC, new double[KC * width], 0, KC);
            tile.turnRows(a, 0, KC, new double[a.length], 0, KC);
            tile.add(a, 0, b, 0, KC, c, 0, width);
            tile.addStrip(a, 0, b, 0, tile.strip(), KC, c, 0);
        }

        /** The same work without vectors. */
        private static void plain(DoubleTile tile) {
            int columns = tile.width() * tile.height() + tile.strip();
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
