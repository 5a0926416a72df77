package adjoint.linalg;

/** How a matrix is taken. */
public enum Orientation {
    /** As it is. */
    PLAIN,
    /** Rows as columns. PyTorch: {@code adjoint=True}. */
    TRANSPOSED
}
