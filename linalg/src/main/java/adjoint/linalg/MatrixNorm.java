package adjoint.linalg;

import adjoint.types.ValueException;

/** The norms of a matrix that {@link Linalg#matrixNorm} and {@link Linalg#cond} know. */
public enum MatrixNorm {
    /** The root of the sum of squares. PyTorch: {@code 'fro'}. */
    FROBENIUS,
    /** The sum of the singular values. PyTorch: {@code 'nuc'}. */
    NUCLEAR,
    /** The largest singular value. PyTorch: {@code 2}. */
    SPECTRAL,
    /** The smallest singular value. PyTorch: {@code -2}. */
    SMALLEST_SINGULAR_VALUE,
    /** The largest sum of absolute values in a column. PyTorch: {@code 1}. */
    LARGEST_COLUMN_SUM,
    /** The smallest one. PyTorch: {@code -1}. */
    SMALLEST_COLUMN_SUM,
    /** The largest sum of absolute values in a row. PyTorch: {@code inf}. */
    LARGEST_ROW_SUM,
    /** The smallest one. PyTorch: {@code -inf}. */
    SMALLEST_ROW_SUM;

    /**
     * The norm of PyTorch's number: 1, −1, 2, −2, ∞ or −∞.
     *
     * @throws ValueException for another number
     */
    public static MatrixNorm of(double order) {
        if (order == 2) {
            return SPECTRAL;
        }
        if (order == -2) {
            return SMALLEST_SINGULAR_VALUE;
        }
        if (order == 1) {
            return LARGEST_COLUMN_SUM;
        }
        if (order == -1) {
            return SMALLEST_COLUMN_SUM;
        }
        if (Double.isInfinite(order)) {
            return order > 0 ? LARGEST_ROW_SUM : SMALLEST_ROW_SUM;
        }
        throw new ValueException("matrix_norm: of order " + order
                + ": matrices have norms of order 1, −1, 2, −2, ∞ and −∞. Take one of these, or"
                + " MatrixNorm.FROBENIUS or NUCLEAR; of all the numbers as one vector: vectorNorm.");
    }
}
