package adjoint.linalg;

/** What is on a triangular matrix's diagonal. */
public enum MainDiagonal {
    /** The numbers that are there. */
    GIVEN,
    /** Ones, whatever is there. PyTorch: {@code unitriangular=True}. */
    ONES
}
