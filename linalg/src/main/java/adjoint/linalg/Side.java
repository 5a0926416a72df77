package adjoint.linalg;

/** On which side of the unknown the matrix of an equation stands. */
public enum Side {
    /** A X = B. */
    LEFT,
    /** X A = B. PyTorch: {@code left=False}. */
    RIGHT
}
