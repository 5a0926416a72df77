package adjoint.tables;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Columns of equal length, with names. A table never changes: what selects or drops returns another one.
 *
 * <pre>{@code
 * Table table = Table.read(Path.of("diabetes.csv"));
 * Tensor x = table.without("target").tensor();        // [442, 10]
 * Tensor y = table.column("target").tensor();         // [442]
 * }</pre>
 */
public final class Table {
    private final Map<String, Column> columns;
    private final int rows;
    /** For messages: each row's line in the file, or null where there is no file. */
    private final int[] lines;

    private final String source;

    Table(List<? extends Column> columns, int[] lines, String source) {
        this.columns = new LinkedHashMap<>();
        this.rows = columns.isEmpty() ? 0 : columns.getFirst().size();
        this.lines = lines;
        this.source = source;
        for (Column column : columns) {
            if (column.size() != rows) {
                throw new ShapeException("table of columns: " + column.name() + " has " + column.size() + " rows, "
                        + columns.getFirst().name() + " has " + rows + ". Give columns of equal length.");
            }
            if (this.columns.put(column.name(), column) != null) {
                throw new DataException(
                        "table of columns: two are called " + column.name() + ". Give each a name of its own.");
            }
        }
    }

    /**
     * A table of these columns.
     *
     * @throws ShapeException if they differ in length
     * @throws DataException if two have the same name
     */
    public static Table of(Column... columns) {
        return new Table(Arrays.asList(columns), null, "table");
    }

    /** Reads a CSV file with the defaults of {@link Csv}, which says what is thrown. */
    public static Table read(Path file) {
        return Csv.format().read(file);
    }

    /** The number of rows, without the header. */
    public int rows() {
        return rows;
    }

    /** The columns, in order. */
    public List<Column> columns() {
        return List.copyOf(columns.values());
    }

    /** The columns' names, in order. */
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /**
     * The column of this name.
     *
     * @throws DataException if there is none; the message has the nearest name
     */
    public Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new DataException(source + ": there is no column " + name + ". " + Names.hint(name, names()));
        }
        return column;
    }

    /**
     * The column of this name, which must hold numbers.
     *
     * @throws DataException if there is none or it holds categories
     */
    public NumberColumn numbers(String name) {
        return switch (column(name)) {
            case NumberColumn numbers -> numbers;
            case CategoryColumn texts ->
                throw new DataException(source + ": the column " + name
                        + " holds no numbers but categories (" + preview(texts.categories())
                        + "). Choose a column of numbers.");
        };
    }

    /**
     * The column of this name, which must hold categories.
     *
     * @throws DataException if there is none or it holds numbers
     */
    public CategoryColumn categories(String name) {
        return switch (column(name)) {
            case CategoryColumn texts -> texts;
            case NumberColumn _ ->
                throw new DataException(source + ": the column " + name + " holds no categories but numbers. Read it as"
                        + " categories: Csv.format().categories(\"" + name + "\").read(file).");
        };
    }

    private static String preview(List<String> categories) {
        List<String> few = categories.stream().limit(3).map(Names::quoted).toList();
        return String.join(", ", few) + (categories.size() > 3 ? ", …" : "");
    }

    /** Only these columns, in this order. */
    public Table select(String... names) {
        return new Table(Arrays.stream(names).map(this::column).toList(), lines, source);
    }

    /** All columns but these. */
    public Table without(String... names) {
        List<Column> dropped = Arrays.stream(names).map(this::column).toList();
        return new Table(
                columns.values().stream().filter(c -> !dropped.contains(c)).toList(), lines, source);
    }

    /** With this column added, or put in the place of the one of the same name. */
    public Table with(Column column) {
        var all = new LinkedHashMap<>(columns);
        all.put(column.name(), column);
        return new Table(List.copyOf(all.values()), lines, source);
    }

    /** These rows, counted from 0, in this order. */
    public Table take(int... wanted) {
        for (int row : wanted) {
            if (row < 0 || row >= rows) {
                throw new IndexException(
                        source + ": take row " + row + " of " + rows + ". Rows count from 0 to " + (rows - 1) + ".");
            }
        }
        int[] taken = lines == null
                ? null
                : Arrays.stream(wanted).map(row -> lines[row]).toArray();
        return new Table(columns.values().stream().map(c -> c.take(wanted)).toList(), taken, source);
    }

    /** Where a row is from, for messages: {@code line 7} of a file, or {@code row 5} counted from 0. */
    public String where(int row) {
        return lines == null ? "row " + row : "line " + lines[row];
    }

    /** The file's name, for messages. */
    public String source() {
        return source;
    }

    /** How many cells of the whole table hold no value. */
    public int missingCount() {
        return columns.values().stream().mapToInt(Column::missingCount).sum();
    }

    /**
     * This table without missing cells. Means and most frequent categories are those of this table; to fill test data
     * with the training data's, use {@link Features}.
     *
     * @throws DataException if the policy is to refuse them and there is one, if nothing is left, or if a column that
     *     is to be filled is empty
     */
    public Table missing(Missing policy) {
        return switch (policy) {
            case REFUSE -> {
                refuseMissing();
                yield this;
            }
            case DROP -> dropMissing();
            case MEAN -> new Table(columns.values().stream().map(this::filled).toList(), lines, source);
        };
    }

    private void refuseMissing() {
        for (int row = 0; row < rows; row++) {
            for (Column column : columns.values()) {
                if (column.isMissing(row)) {
                    throw new DataException(source + ": " + where(row) + ", column " + column.name()
                            + ": the value is missing (" + missingCount()
                            + " in all). Say what to do with such rows: --missing drop or --missing mean, or in Java"
                            + " table.missing(Missing.DROP).");
                }
            }
        }
    }

    private Table dropMissing() {
        int[] whole = IntStream.range(0, rows)
                .filter(row -> columns.values().stream().noneMatch(c -> c.isMissing(row)))
                .toArray();
        if (whole.length == 0 && rows > 0) {
            Column emptiest = columns.values().stream()
                    .reduce((a, b) -> b.missingCount() > a.missingCount() ? b : a)
                    .orElseThrow();
            throw new DataException(source + ": every row misses a value, " + emptiest.missingCount() + " of " + rows
                    + " in the column " + emptiest.name()
                    + "; dropping leaves nothing. Leave such columns out, or fill with the mean.");
        }
        return whole.length == rows ? this : take(whole);
    }

    private Column filled(Column column) {
        if (column.missingCount() == 0) {
            return column;
        }
        if (column.missingCount() == rows) {
            throw new DataException(
                    source + ": the column " + column.name() + " has no value at all to fill with. Leave it out.");
        }
        return switch (column) {
            case NumberColumn numbers -> numbers.fillMissing(numbers.mean());
            case CategoryColumn texts -> texts.fillMissing(texts.mostFrequent());
        };
    }

    /**
     * Shuffles the rows and sets some aside.
     *
     * @param testShare how much of the rows the test part gets, from 0 to below 1; rounded, but at least one row in
     *     each part unless it is 0
     * @param seed the same seed gives the same parts
     */
    public Split split(double testShare, long seed) {
        if (!(testShare >= 0 && testShare < 1)) {
            throw new DataException("split " + source + " with a test share of " + testShare
                    + ": it must be at least 0 and below 1. 0.2 sets a fifth of the rows aside.");
        }
        if (testShare > 0 && rows < 2) {
            throw new DataException("split " + source + " into training and test: it has " + rows
                    + " row. Give more rows, or a test share of 0.");
        }
        int test = testShare == 0 ? 0 : Math.clamp(Math.round(rows * testShare), 1, rows - 1);
        long[] order = Tensor.randperm(Rng.torch(seed), rows).toLongs();
        int[] shuffled = Arrays.stream(order).mapToInt(Math::toIntExact).toArray();
        return new Split(take(Arrays.copyOfRange(shuffled, test, rows)), take(Arrays.copyOfRange(shuffled, 0, test)));
    }

    /**
     * All columns as one tensor, F32 {@code [rows, columns]}.
     *
     * @throws DataException if a column holds categories ({@link Features} makes numbers of them) or a cell is missing
     */
    public Tensor tensor() {
        return tensor(DType.F32);
    }

    /** {@link #tensor()} in another floating type. */
    public Tensor tensor(DType dtype) {
        double[][] values = new double[rows][columns.size()];
        int at = 0;
        for (String name : columns.keySet()) {
            NumberColumn numbers = numbers(name);
            for (int row = 0; row < rows; row++) {
                if (numbers.isMissing(row)) {
                    refuseMissing();
                }
                values[row][at] = numbers.value(row);
            }
            at++;
        }
        return rows == 0 ? Tensor.zeros(dtype, 0, columns.size()) : Tensor.of(values, dtype);
    }

    /** The table as CSV with a header, commas and {@code \n}; numbers as short as they can be read back. */
    public String toCsv() {
        var text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.writeRecord(columns.keySet());
            var cells = new ArrayList<String>();
            for (int row = 0; row < rows; row++) {
                cells.clear();
                for (Column column : columns.values()) {
                    cells.add(column.text(row));
                }
                writer.writeRecord(cells);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Writes the table as CSV in UTF-8: beside its place first, then moved there, so that a full disk leaves an old file
     * whole.
     *
     * @throws DataException if that fails
     */
    public void write(Path file) {
        Path target = file.toAbsolutePath();
        Path beside = target.resolveSibling(target.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".part");
        try {
            if (Files.isDirectory(target)) {
                throw new DataException("write " + file + ": it is a folder. Name a file.");
            }
            try {
                Files.writeString(beside, toCsv(), StandardOpenOption.CREATE_NEW);
                try {
                    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
                } catch (AtomicMoveNotSupportedException e) {
                    Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
                }
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new DataException(
                    "write " + file + ": " + e + ". Check that the folder exists and may be written.", e);
        }
    }

    /** A line for each column: what it holds and how much of it is missing. */
    @Override
    public String toString() {
        var text = new StringBuilder(rows + " rows, " + columns.size() + " columns");
        columns.values().forEach(c -> text.append("\n  ").append(c));
        return text.toString();
    }
}
