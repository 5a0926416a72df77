package adjoint.tables;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a table's columns become a model's inputs, learnt from the training rows and the same for all others: numbers as
 * they are, categories one-hot, all with the means and deviations that standardising needs.
 *
 * <pre>{@code
 * Split parts = table.split(0.2, 0);
 * Features features = Features.of(parts.train().without("target"));
 * Tensor x = features.standardized(parts.train());     // [n, d], each column of mean 0 and deviation 1
 * Tensor xTest = features.standardized(parts.test());  // with the training rows' means and deviations
 * }</pre>
 *
 * <p>A category that the training rows did not have is an error, not a row of zeros: a model has learnt nothing about it.
 * A column that is constant has a deviation of 1 here, so that it becomes zeros.
 */
public final class Features {
    private static final String MISSING = "missing";

    private final Missing policy;
    private final List<Input> inputs;
    private final List<String> names = new ArrayList<>();
    private final double[] means;
    private final double[] deviations;

    /** A column of the table: its categories, or null if it holds numbers; a mean and a deviation for each input from it. */
    private record Input(String column, List<String> categories, double[] means, double[] deviations, String usual) {
        int width() {
            return means.length;
        }

        boolean isNumber() {
            return categories == null;
        }
    }

    private Features(Missing policy, List<Input> inputs) {
        this.policy = policy;
        this.inputs = inputs;
        for (Input input : inputs) {
            if (input.isNumber()) {
                names.add(input.column);
            } else {
                input.categories.forEach(category -> names.add(input.column + "=" + category));
            }
        }
        means = inputs.stream().flatMapToDouble(i -> Arrays.stream(i.means)).toArray();
        deviations = inputs.stream()
                .flatMapToDouble(i -> Arrays.stream(i.deviations))
                .toArray();
    }

    /** {@link #of(Table, Missing)} where no cell may be missing. */
    public static Features of(Table train) {
        return of(train, Missing.REFUSE);
    }

    /**
     * Learns from all columns of these rows.
     *
     * @param policy what {@link #raw} and {@link #standardized} do with missing cells: {@link Missing#MEAN} fills them
     *     with these rows' means and most frequent categories; else they are an error, since what was asked for has as
     *     many rows as the table
     * @throws DataException if there is no column or no row, or a column has no value
     */
    public static Features of(Table train, Missing policy) {
        if (train.rows() == 0 || train.columns().isEmpty()) {
            throw new DataException("features of " + train.source() + ": it has " + train.rows() + " rows and "
                    + train.columns().size() + " columns. Give at least one of each.");
        }
        var inputs = new ArrayList<Input>();
        for (Column column : train.columns()) {
            if (column.missingCount() == train.rows()) {
                throw new DataException("features of " + train.source() + ": the column " + column.name()
                        + " has no value at all. Leave it out (--ignore " + column.name() + ").");
            }
            inputs.add(input(column));
        }
        return new Features(policy, inputs);
    }

    private static Input input(Column column) {
        return switch (column) {
            case NumberColumn numbers -> {
                double[] mean = {numbers.mean()};
                double[] deviation = {usable(numbers.deviation(), mean[0])};
                yield new Input(column.name(), null, mean, deviation, "");
            }
            case CategoryColumn texts -> {
                List<String> categories = texts.categories();
                double[] share = new double[categories.size()];
                int present = texts.size() - texts.missingCount();
                for (int row = 0; row < texts.size(); row++) {
                    if (!texts.isMissing(row)) {
                        share[Collections.binarySearch(categories, texts.value(row))] += 1.0 / present;
                    }
                }
                double[] deviation = Arrays.stream(share)
                        .map(p -> usable(Math.sqrt(Math.max(0, p * (1 - p))), p))
                        .toArray();
                yield new Input(column.name(), categories, share, deviation, texts.mostFrequent());
            }
        };
    }

    /** What rounding leaves of a constant column's deviation is not to be divided by. */
    private static double usable(double deviation, double mean) {
        return deviation > 1e-12 * Math.abs(mean) && deviation > Double.MIN_NORMAL ? deviation : 1;
    }

    /** How many numbers describe a row: one for each column of numbers, one for each category of the others. */
    public int count() {
        return means.length;
    }

    /** What each of them is called: {@code age}, {@code species=setosa}, … */
    public List<String> names() {
        return Collections.unmodifiableList(names);
    }

    /** The columns that {@link #standardized} needs, in order. */
    public List<String> columns() {
        return inputs.stream().map(Input::column).toList();
    }

    /** The training rows' means, one for each input. */
    public double[] means() {
        return means.clone();
    }

    /** The training rows' deviations (divided by n), one for each input; 1 where it would be 0. */
    public double[] deviations() {
        return deviations.clone();
    }

    /** What these features were told to do with missing cells. */
    public Missing policy() {
        return policy;
    }

    /** How to read a file for them: only their columns, each as what it was in the training rows. */
    public Csv format() {
        Csv format = Csv.format().only(columns().toArray(String[]::new));
        for (Input input : inputs) {
            format = input.isNumber() ? format.numbers(input.column) : format.categories(input.column);
        }
        return format;
    }

    /** The inputs in their own units, F32 {@code [rows, count()]}. Throws as {@link #standardized} does. */
    public Tensor raw(Table table) {
        return raw(table, DType.F32);
    }

    /** {@link #raw(Table)} in another floating type. */
    public Tensor raw(Table table, DType dtype) {
        return tensor(values(table), dtype);
    }

    /**
     * The inputs with the training rows' means subtracted, divided by their deviations; F32 {@code [rows, count()]}.
     *
     * @throws DataException if a column is absent, holds something else than in training, misses a value or has a
     *     category that training had not
     */
    public Tensor standardized(Table table) {
        return standardized(table, DType.F32);
    }

    /** {@link #standardized(Table)} in another floating type. The arithmetic is in double. */
    public Tensor standardized(Table table, DType dtype) {
        double[][] values = values(table);
        for (double[] row : values) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (row[i] - means[i]) / deviations[i];
            }
        }
        return tensor(values, dtype);
    }

    private Tensor tensor(double[][] values, DType dtype) {
        return values.length == 0 ? Tensor.zeros(dtype, 0, count()) : Tensor.of(values, dtype);
    }

    private double[][] values(Table table) {
        double[][] values = new double[table.rows()][count()];
        int at = 0;
        for (Input input : inputs) {
            Column column = input.isNumber() ? table.numbers(input.column) : table.column(input.column);
            for (int row = 0; row < values.length; row++) {
                if (column.isMissing(row) && policy != Missing.MEAN) {
                    throw new DataException(table.source() + ": " + table.where(row) + ", column " + input.column
                            + ": the value is missing. Fill it in, or fit with --missing mean (in Java Missing.MEAN).");
                }
                if (column instanceof NumberColumn numbers && input.isNumber()) {
                    values[row][at] = column.isMissing(row) ? input.means[0] : numbers.value(row);
                } else {
                    String category = column.isMissing(row) ? input.usual : column.text(row);
                    values[row][at + place(input, category, table, row)] = 1;
                }
            }
            at += input.width();
        }
        return values;
    }

    private static int place(Input input, String category, Table table, int row) {
        int place = Collections.binarySearch(input.categories, category);
        if (place < 0) {
            throw new DataException(table.source() + ": " + table.where(row) + ", column " + input.column
                    + ": no training row had the category " + Names.quoted(category) + ". "
                    + Names.hint(category, input.categories));
        }
        return place;
    }

    /** Everything as texts, such as a model file keeps beside its tensors; {@link #fromMap} reads it back exactly. */
    public Map<String, String> toMap() {
        var map = new LinkedHashMap<String, String>();
        map.put(MISSING, policy.name());
        map.put("columns", Integer.toString(inputs.size()));
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            String prefix = "column." + i + ".";
            map.put(prefix + "name", input.column);
            map.put(prefix + "kind", input.isNumber() ? "number" : "category");
            if (!input.isNumber()) {
                map.put(prefix + "usual", input.usual);
                map.put(prefix + "categories", Integer.toString(input.width()));
            }
            for (int k = 0; k < input.width(); k++) {
                String key = input.isNumber() ? prefix : prefix + k + ".";
                if (!input.isNumber()) {
                    map.put(key + "category", input.categories.get(k));
                }
                map.put(key + "mean", Double.toString(input.means[k]));
                map.put(key + "deviation", Double.toString(input.deviations[k]));
            }
        }
        return map;
    }

    /**
     * Reads {@link #toMap} back; other keys are ignored.
     *
     * @throws DataException if a key is missing or its text is not what it should be
     */
    public static Features fromMap(Map<String, String> map) {
        var inputs = new ArrayList<Input>();
        int columns = count(map, "columns");
        for (int i = 0; i < columns; i++) {
            String prefix = "column." + i + ".";
            String name = text(map, prefix + "name");
            switch (text(map, prefix + "kind")) {
                case "number" -> {
                    double[] mean = {number(map, prefix + "mean")};
                    double[] deviation = {number(map, prefix + "deviation")};
                    inputs.add(new Input(name, null, mean, deviation, ""));
                }
                case "category" -> inputs.add(categories(map, prefix, name));
                case String other -> throw wrong(prefix + "kind", "number or category", other);
            }
        }
        Missing policy = Arrays.stream(Missing.values())
                .filter(p -> p.name().equals(map.get(MISSING)))
                .findFirst()
                .orElseThrow(() -> wrong(MISSING, Arrays.toString(Missing.values()), map.get(MISSING)));
        return new Features(policy, inputs);
    }

    private static Input categories(Map<String, String> map, String prefix, String name) {
        int width = count(map, prefix + "categories");
        var categories = new ArrayList<String>();
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int k = 0; k < width; k++) {
            categories.add(text(map, prefix + k + ".category"));
            means[k] = number(map, prefix + k + ".mean");
            deviations[k] = number(map, prefix + k + ".deviation");
        }
        for (int k = 1; k < width; k++) {
            if (categories.get(k - 1).compareTo(categories.get(k)) >= 0) {
                throw wrong(prefix + k + ".category", "categories in alphabetical order", categories.get(k));
            }
        }
        return new Input(name, categories, means, deviations, text(map, prefix + "usual"));
    }

    private static String text(Map<String, String> map, String key) {
        String text = map.get(key);
        if (text == null) {
            throw wrong(key, "a text", null);
        }
        return text;
    }

    private static int count(Map<String, String> map, String key) {
        String text = text(map, key);
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw wrong(key, "a count from 1 to 999999", text);
        }
        return Integer.parseInt(text);
    }

    private static double number(Map<String, String> map, String key) {
        String text = text(map, key);
        return Cells.number(text).orElseThrow(() -> wrong(key, "a finite number", text));
    }

    private static DataException wrong(String key, String expected, String found) {
        return new DataException("features from texts: " + key + ": expected " + expected + ", found "
                + (found == null ? "nothing" : Names.quoted(found)) + ". Use what toMap() wrote.");
    }
}
