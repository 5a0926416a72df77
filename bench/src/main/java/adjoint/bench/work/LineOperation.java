package adjoint.bench.work;

import adjoint.tensor.Sort;
import adjoint.tensor.Tensor;
import java.util.Locale;
import java.util.Map;

/**
 * What goes along the rows or columns of {@code [1024, 1024]}: running sums, orders, statistics.
 *
 * @param function which
 */
public record LineOperation(Function function) implements Work {
    /** What is done. */
    public enum Function {
        /** Running sums of each row. */
        CUMSUM(1, 2),
        /** Each row in ascending order, and where its numbers came from: ten comparisons a number at least. */
        SORT(10, 4),
        /** The ten largest of each row and where they are: a comparison a number. */
        TOP_K(1, 1),
        /** The variance of each row. */
        VAR(4, 1),
        /** The largest of each row and where it is. */
        MAX(1, 1),
        /** The sum of each column, which lies across the rows. */
        COLUMN_SUM(1, 1);

        /** Operations a number. */
        private final double operations;
        /** How often as many numbers as there are go to or from memory. */
        private final double passes;

        Function(double operations, double passes) {
            this.operations = operations;
            this.passes = passes;
        }
    }

    /** How many numbers a row has, and how many rows there are. */
    public static final long SIDE = 1024;

    /** How many of the largest are wanted. */
    public static final long K = 10;

    @Override
    public String name() {
        return function == Function.COLUMN_SUM
                ? "column-sum"
                : function.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-rows";
    }

    @Override
    public Cost cost() {
        double n = (double) SIDE * SIDE;
        return Cost.floats(function.operations * n, function.passes * n);
    }

    @Override
    public Map<String, Tensor> inputs() {
        return new Draw().normal("x", SIDE, SIDE).inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor x = inputs.get("x");
        return Ours.forward(
                switch (function) {
                    case CUMSUM -> () -> x.cumsum(1);
                    case SORT -> () -> x.sort(1).values();
                    case TOP_K -> () -> x.topk(K, 1, Sort.DESCENDING).values();
                    case VAR -> () -> x.var(1);
                    case MAX -> () -> x.max(1).values();
                    case COLUMN_SUM -> () -> x.sum(0);
                });
    }
}
