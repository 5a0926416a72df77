package adjoint.data;

/** What becomes of a last batch that is shorter than the others. PyTorch: {@code drop_last}. */
public enum LastBatch {
    KEEP,
    DROP
}
