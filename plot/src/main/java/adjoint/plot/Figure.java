package adjoint.plot;

import adjoint.types.DataException;
import adjoint.types.IndexException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A picture: rows × columns of {@link Axes}, perhaps with a title above all of them.
 *
 * {@snippet :
 * var figure = Figure.grid(1, 2).title("Learning rates");
 * figure.at(0, 0).line(slow).title("0.001");
 * figure.at(0, 1).line(fast).title("0.1");
 * figure.save("rates.svg");
 * }
 *
 * <p>Sizes are in pixels of 1/100 inch; {@link #scale} says how many pixels of a PNG file each of them gets.
 */
public final class Figure {
    private static final int MAX_CELLS = 400;
    private static final int MAX_SIDE = 20_000;

    final int rows;
    final int columns;
    private final Axes[] cells;
    String title = "";
    private int width;
    private int height;
    private double scale = 2;

    private Figure(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        cells = new Axes[rows * columns];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new Axes(this);
        }
        width = columns == 1 ? 640 : Math.min(400 * columns, 2400);
        height = rows == 1 ? (columns == 1 ? 480 : 340) : Math.min(310 * rows, 2400);
    }

    /**
     * A figure of {@code rows} × {@code columns} axes (matplotlib: {@code subplots}), 640 × 480 pixels large if there
     * is one, 400 × 310 or more for each otherwise.
     *
     * @throws DataException if one of them is not positive, or there would be more than 400
     */
    public static Figure grid(int rows, int columns) {
        if (rows < 1 || columns < 1 || (long) rows * columns > MAX_CELLS) {
            throw new DataException(
                    "grid(" + rows + ", " + columns + "): a figure has at least one row and one column, "
                            + "and at most " + MAX_CELLS + " axes. Split it into several figures.");
        }
        return new Figure(rows, columns);
    }

    /** An independent copy, as it is now. */
    Figure copy() {
        var copy = new Figure(rows, columns);
        for (int i = 0; i < cells.length; i++) {
            copy.cells[i] = cells[i].copyInto(copy);
        }
        copy.looksOf(this);
        return copy;
    }

    /** A copy of these axes in a figure of their own, which keeps the size if they were alone before. */
    static Axes alone(Axes axes) {
        var figure = new Figure(1, 1);
        figure.cells[0] = axes.copyInto(figure);
        if (axes.figure().cells.length == 1) {
            figure.looksOf(axes.figure());
        }
        return figure.cells[0];
    }

    private void looksOf(Figure other) {
        title = other.title;
        width = other.width;
        height = other.height;
        scale = other.scale;
    }

    /**
     * The axes in that row and column, counted from 0 at the top left.
     *
     * @throws IndexException if there are none
     */
    public Axes at(int row, int column) {
        if (row < 0 || row >= rows || column < 0 || column >= columns) {
            throw new IndexException("at(" + row + ", " + column + "): this figure has " + rows + " × " + columns
                    + " axes. Rows go from 0 to " + (rows - 1) + " and columns from 0 to " + (columns - 1) + ".");
        }
        return cells[row * columns + column];
    }

    /** The line above all axes (matplotlib: {@code suptitle}). */
    public Figure title(String text) {
        title = text == null ? "" : text;
        return this;
    }

    /**
     * The size of the whole picture in pixels of 1/100 inch, by which the texts' sizes go too.
     *
     * @throws DataException if a side is not between 50 and 20,000
     */
    public Figure size(int width, int height) {
        if (Math.min(width, height) < 50 || Math.max(width, height) > MAX_SIDE) {
            throw new DataException("size(" + width + ", " + height + "): no picture of that size can be drawn. "
                    + "Give sides from 50 to " + MAX_SIDE + " pixels.");
        }
        this.width = width;
        this.height = height;
        return this;
    }

    /**
     * How many pixels of a PNG file each pixel of {@link #size} gets; 2 unless told, which is sharp on any display.
     *
     * @throws DataException if not between 0.1 and 20
     */
    public Figure scale(double scale) {
        if (!(scale >= 0.1 && scale <= 20)) {
            throw new DataException("scale(" + scale + ") is out of range. Give a number from 0.1 to 20.");
        }
        this.scale = scale;
        return this;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The picture as the bytes of a PNG file. */
    public byte[] toPng() {
        return Output.png(this, scale);
    }

    /** The picture as an SVG document; texts are outlines, so that it looks the same everywhere. */
    public String toSvg() {
        return Output.svg(this);
    }

    /**
     * Writes the picture; the name's ending says how: {@code .png} or {@code .svg}. The file appears whole or not at
     * all, and replaces one that is there.
     *
     * @throws DataException if the ending is another, or the file cannot be written
     */
    public Figure save(Path file) {
        Output.save(this, file);
        return this;
    }

    /** The same with the path as a text. */
    public Figure save(String file) {
        try {
            return save(Path.of(file));
        } catch (InvalidPathException e) {
            throw new DataException(
                    "save(\"" + file + "\"): this is no file name here (" + e.getReason()
                            + "). Use other characters, or start Java in a UTF-8 locale such as LC_ALL=C.UTF-8.",
                    e);
        }
    }

    /**
     * Opens a window with the picture as it is now and goes on; the program ends when its last window is closed. Where
     * there is no display it writes {@code adjoint-plot-1.png} (2, 3, …) instead and prints where: into the current
     * folder, or that of the system property {@code adjoint.plot.dir}.
     *
     * @throws DataException if the file cannot be written
     */
    public void show() {
        if (Display.present()) {
            Screen.show(copy());
        } else {
            Output.saveInstead(this);
        }
    }
}
