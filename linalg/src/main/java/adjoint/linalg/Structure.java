package adjoint.linalg;

/** What is known about a matrix. */
public enum Structure {
    /** Nothing. */
    GENERAL,
    /** It equals its transpose; only the lower triangle is read. PyTorch: {@code hermitian=True}. */
    SYMMETRIC
}
