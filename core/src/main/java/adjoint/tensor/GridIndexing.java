package adjoint.tensor;

/** Which dimension of a grid the first axis goes along. PyTorch: {@code indexing} of {@code meshgrid}. */
public enum GridIndexing {
    /** The first: rows, as matrices are indexed. */
    IJ,
    /** The second: columns, as pictures are drawn. */
    XY
}
