package adjoint.tensor;

/** What a comparison makes of two NaNs. PyTorch: {@code equal_nan}. */
public enum NaNs {
    /** They count as equal. */
    EQUAL,
    /** NaN differs from everything, as in IEEE 754. */
    DIFFERENT
}
