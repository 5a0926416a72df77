package adjoint.linalg;

/** Which triangle of a matrix is meant; what lies in the other is not read, and is 0 in results. */
public enum Triangle {
    /** On and below the diagonal. */
    LOWER,
    /** On and above it. */
    UPPER
}
