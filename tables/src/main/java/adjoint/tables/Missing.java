package adjoint.tables;

/** What becomes of cells that hold no value: empty ones, and those with {@code NA}, {@code NaN}, {@code null} or {@code ?}. */
public enum Missing {
    /** An error that names the first of them. */
    REFUSE,
    /** Rows with a missing cell are left out. */
    DROP,
    /** Numbers become their column's mean, categories their column's most frequent one. */
    MEAN
}
