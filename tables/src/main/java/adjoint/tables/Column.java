package adjoint.tables;

import adjoint.tensor.Tensor;

/** A named column of a {@link Table}: numbers or categories, some of them perhaps missing. It never changes. */
public sealed interface Column permits NumberColumn, CategoryColumn {
    /** What the header calls it. */
    String name();

    /** How many rows it has. */
    int size();

    /** Whether the row's cell holds no value. */
    boolean isMissing(int row);

    /** The cell as text; empty where it is missing. */
    String text(int row);

    /** These rows, in this order. */
    Column take(int... rows);

    /**
     * The column as numbers: its values {@code [n]} in F32, or its categories one-hot, {@code [n, k]}.
     *
     * @throws adjoint.types.DataException if a cell is missing
     */
    Tensor tensor();

    /** How many cells hold no value. */
    default int missingCount() {
        int count = 0;
        for (int row = 0; row < size(); row++) {
            if (isMissing(row)) {
                count++;
            }
        }
        return count;
    }
}
