package adjoint.plot;

import adjoint.tensor.Tensor;
import adjoint.types.DataException;
import adjoint.types.ShapeException;
import java.util.Collection;

/** Turns whatever users hold their numbers in into an array of doubles: the one place that knows these kinds. */
final class Values {
    private Values() {}

    /**
     * A copy of the numbers in {@code data}.
     *
     * @param operation the method that was called and {@code name} its argument, for the message
     * @throws DataException if {@code data} is nothing that holds numbers
     * @throws ShapeException if it is a tensor with more than one dimension larger than 1
     */
    static double[] of(String operation, String name, Object data) {
        return switch (data) {
            case double[] a -> a.clone();
            case float[] a -> {
                var copy = new double[a.length];
                for (int i = 0; i < a.length; i++) {
                    copy[i] = a[i];
                }
                yield copy;
            }
            case int[] a -> {
                var copy = new double[a.length];
                for (int i = 0; i < a.length; i++) {
                    copy[i] = a[i];
                }
                yield copy;
            }
            case long[] a -> {
                var copy = new double[a.length];
                for (int i = 0; i < a.length; i++) {
                    copy[i] = a[i];
                }
                yield copy;
            }
            case Tensor t -> ofTensor(operation, name, t);
            case Collection<?> c -> {
                var copy = new double[c.size()];
                int i = 0;
                for (Object element : c) {
                    if (!(element instanceof Number number)) {
                        throw new DataException(operation + ": element " + i + " of " + name + " is "
                                + (element == null
                                        ? "null"
                                        : "a " + element.getClass().getName())
                                + ", not a number. Convert the elements to numbers first.");
                    }
                    copy[i++] = number.doubleValue();
                }
                yield copy;
            }
            case null ->
                throw new DataException(operation + ": " + name + " is null, so there is nothing to draw. "
                        + "Pass double[], float[], int[], long[], a List of numbers or a Tensor.");
            default ->
                throw new DataException(operation + ": " + name + " is a "
                        + data.getClass().getTypeName() + ", which holds no sequence of numbers. "
                        + "Pass double[], float[], int[], long[], a List of numbers or a Tensor.");
        };
    }

    private static double[] ofTensor(String operation, String name, Tensor t) {
        int large = 0;
        for (int i = 0; i < t.shape().rank(); i++) {
            large += t.shape().size(i) == 1 ? 0 : 1;
        }
        if (large > 1) {
            throw new ShapeException(operation + ": " + name + " has the shape " + t.shape()
                    + ", which is more than one row of numbers. Select a row or column, or flatten it by reshape(-1).");
        }
        return t.toDoubles();
    }

    /** 0, 1, …, n−1: the abscissae of a series that has none. */
    static double[] indices(int n) {
        var x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = i;
        }
        return x;
    }
}
