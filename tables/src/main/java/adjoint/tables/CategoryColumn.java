package adjoint.tables;

import adjoint.tensor.Tensor;
import adjoint.types.DataException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** A column of texts that stand for categories; null stands for a missing one. */
public final class CategoryColumn implements Column {
    private final String name;
    private final String[] values;
    private final List<String> categories;

    /** A column of these texts, which are copied. */
    public CategoryColumn(String name, String... values) {
        this.name = Objects.requireNonNull(name);
        this.values = values.clone();
        var seen = new TreeSet<String>();
        for (String value : values) {
            if (value != null) {
                seen.add(value);
            }
        }
        categories = List.copyOf(seen);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return values.length;
    }

    /** The row's category, null where it is missing. */
    public String value(int row) {
        return values[row];
    }

    /** The different categories in alphabetical order, which does not depend on the order of the rows. */
    public List<String> categories() {
        return categories;
    }

    @Override
    public boolean isMissing(int row) {
        return values[row] == null;
    }

    @Override
    public String text(int row) {
        return isMissing(row) ? "" : values[row];
    }

    @Override
    public CategoryColumn take(int... rows) {
        return new CategoryColumn(
                name, Arrays.stream(rows).mapToObj(row -> values[row]).toArray(String[]::new));
    }

    /** The category that most rows have, the alphabetically first of several; null if there is none. */
    public String mostFrequent() {
        var counts = new TreeMap<String, Integer>();
        for (String value : values) {
            if (value != null) {
                counts.merge(value, 1, Integer::sum);
            }
        }
        String most = null;
        for (var entry : counts.entrySet()) {
            if (most == null || entry.getValue() > counts.get(most)) {
                most = entry.getKey();
            }
        }
        return most;
    }

    /**
     * With this category where a cell is missing (pandas: {@code fillna}). A name of its own, such as
     * {@code "missing"}, keeps what the gap may say: one-hot it gets a column (pandas: {@code dummy_na=True}).
     */
    public CategoryColumn fillMissing(String category) {
        Objects.requireNonNull(category);
        return new CategoryColumn(
                name, Arrays.stream(values).map(v -> v == null ? category : v).toArray(String[]::new));
    }

    /** Each row's place in {@link #categories()}: I64, {@code [n]}. What a classifier learns as its target. */
    public Tensor codes() {
        var place = new HashMap<String, Long>();
        for (String category : categories) {
            place.put(category, (long) place.size());
        }
        long[] codes = new long[values.length];
        for (int row = 0; row < values.length; row++) {
            requirePresent(row);
            codes[row] = place.get(values[row]);
        }
        return Tensor.of(codes);
    }

    /** One-hot: F32 {@code [n, k]}, a 1 in the column of the row's category, in the order of {@link #categories()}. */
    @Override
    public Tensor tensor() {
        float[][] hot = new float[values.length][categories.size()];
        for (int row = 0; row < values.length; row++) {
            requirePresent(row);
            hot[row][Collections.binarySearch(categories, values[row])] = 1;
        }
        return Tensor.of(hot);
    }

    private void requirePresent(int row) {
        if (values[row] == null) {
            throw new DataException("numbers of column " + name + ": its row " + row
                    + " (counted from 0) is missing. Drop or fill it first: table.missing(Missing.DROP).");
        }
    }

    @Override
    public String toString() {
        String missing = missingCount() > 0 ? ", " + missingCount() + " missing" : "";
        return name + ": " + values.length + " texts in " + categories.size()
                + (categories.size() == 1 ? " category" : " categories") + missing;
    }
}
