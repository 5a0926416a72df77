package adjoint.bench.work;

import adjoint.nn.Functional;
import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * Reading and writing at places that are known only then. Rows of 128 numbers: 4096 of a table of 10,000. Single numbers:
 * for each of {@code [1024, 1024]} another of its row.
 *
 * @param function which
 */
public record Lookup(Function function) implements Work {
    /** What is done. */
    public enum Function {
        /** Rows of a table, and back: the table's gradient, where rows that were read twice get both. */
        EMBEDDING("embedding-backward"),
        /** Rows of a table. */
        INDEX_SELECT("index-select"),
        /** Single numbers. */
        GATHER("gather"),
        /** Single numbers added to where they belong. */
        SCATTER_ADD("scatter-add");

        private final String name;

        Function(String name) {
            this.name = name;
        }
    }

    private static final long ROWS = 10_000;
    private static final long WIDTH = 128;
    private static final long COUNT = 4096;
    private static final long SIDE = 1024;

    private boolean isOfRows() {
        return function == Function.EMBEDDING || function == Function.INDEX_SELECT;
    }

    @Override
    public String name() {
        return function.name;
    }

    /** An index is as long as two numbers. */
    @Override
    public Cost cost() {
        double looked = COUNT * (2.0 * WIDTH + 2);
        double all = (double) SIDE * SIDE;
        return switch (function) {
            case EMBEDDING -> Cost.floats(COUNT * WIDTH, looked + COUNT * WIDTH + ROWS * WIDTH);
            case INDEX_SELECT -> Cost.floats(0, looked);
            case GATHER -> Cost.floats(0, 4 * all);
            case SCATTER_ADD -> Cost.floats(all, 5 * all);
        };
    }

    @Override
    public Map<String, Tensor> inputs() {
        return isOfRows()
                ? new Draw()
                        .normal("table", ROWS, WIDTH)
                        .classes("index", ROWS, COUNT)
                        .normal("gradient", COUNT, WIDTH)
                        .inputs()
                : new Draw()
                        .normal("x", SIDE, SIDE)
                        .normal("y", SIDE, SIDE)
                        .classes("index", SIDE, SIDE, SIDE)
                        .inputs();
    }

    @Override
    public Task ours(Map<String, Tensor> inputs) {
        Tensor index = inputs.get("index");
        if (isOfRows()) {
            Pass pass = function == Function.EMBEDDING ? Pass.BACKWARD : Pass.FORWARD;
            Tensor table = Ours.leaf(inputs, "table", pass);
            return pass == Pass.BACKWARD
                    ? Ours.of(pass, inputs, () -> Functional.embedding(index, table), table)
                    : Ours.forward(() -> table.indexSelect(0, index));
        }
        Tensor x = inputs.get("x");
        Tensor y = inputs.get("y");
        return Ours.forward(function == Function.GATHER ? () -> x.gather(1, index) : () -> x.scatterAdd(1, index, y));
    }
}
