package adjoint.nn;

/** How the rows of a bag become one. PyTorch: {@code mode} of {@code embedding_bag}. */
public enum BagMode {
    SUM,
    MEAN,
    MAX
}
