package adjoint.tables;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import java.util.Arrays;
import java.util.Objects;

/** A column of numbers; NaN stands for a missing one. */
public final class NumberColumn implements Column {
    private final String name;
    private final double[] values;

    /** A column of these numbers, which are copied. */
    public NumberColumn(String name, double... values) {
        this.name = Objects.requireNonNull(name);
        this.values = values.clone();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return values.length;
    }

    /** The row's number, NaN where it is missing. */
    public double value(int row) {
        return values[row];
    }

    /** A copy of all numbers, NaN where one is missing. */
    public double[] toDoubles() {
        return values.clone();
    }

    @Override
    public boolean isMissing(int row) {
        return Double.isNaN(values[row]);
    }

    /** The number as short as it can be read back: {@code 151}, {@code 0.1}. */
    @Override
    public String text(int row) {
        double value = values[row];
        if (Double.isNaN(value)) {
            return "";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15 && (value != 0 || 1 / value > 0);
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    /** The mean of the numbers that are there, NaN if none is. */
    public double mean() {
        double sum = 0;
        int count = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return sum / count;
    }

    /** The root of the mean squared distance from the mean (divided by n, not n − 1), NaN if no number is there. */
    public double deviation() {
        double mean = mean();
        double sum = 0;
        int count = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += (value - mean) * (value - mean);
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }

    /**
     * With this number where a cell is missing, such as the {@link #mean()} (pandas: {@code fillna}).
     *
     * @throws DataException if it is NaN, which stands for a missing one itself
     */
    public NumberColumn fillMissing(double number) {
        if (Double.isNaN(number)) {
            throw new DataException("fill column " + name + " with NaN: that is what missing cells hold. Give a number;"
                    + " a column without any has no mean and is better left out.");
        }
        return new NumberColumn(
                name,
                Arrays.stream(values).map(v -> Double.isNaN(v) ? number : v).toArray());
    }

    @Override
    public NumberColumn take(int... rows) {
        double[] taken = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            taken[i] = values[rows[i]];
        }
        return new NumberColumn(name, taken);
    }

    @Override
    public Tensor tensor() {
        for (int row = 0; row < values.length; row++) {
            if (isMissing(row)) {
                throw new DataException("tensor of column " + name + ": its row " + row
                        + " (counted from 0) is missing. Drop or fill it first: table.missing(Missing.DROP).");
            }
        }
        return Tensor.of(values, DType.F32);
    }

    @Override
    public String toString() {
        return name + ": " + values.length + " numbers"
                + (missingCount() > 0 ? ", " + missingCount() + " missing" : "");
    }
}
