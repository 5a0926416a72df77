package adjoint.tensor;

/** What becomes of a quotient's fraction. */
public enum DivRounding {
    /** The whole number below. PyTorch: {@code rounding_mode="floor"}. */
    FLOOR,
    /** The whole number next to it towards 0. PyTorch: {@code rounding_mode="trunc"}. */
    TRUNC
}
