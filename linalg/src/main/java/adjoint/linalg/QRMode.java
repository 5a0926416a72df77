package adjoint.linalg;

/** Which parts of {@code A = Q R} are wanted, of an {@code m × n} matrix with k = min(m, n). */
public enum QRMode {
    /** Q as {@code [m, k]}, R as {@code [k, n]}. */
    REDUCED,
    /** Q as {@code [m, m]}, R as {@code [m, n]}. Without a derivative if m > n: the last columns of Q are anyone's. */
    COMPLETE,
    /** R as {@code [k, n]} alone; Q is empty, {@code [0]}. */
    R
}
