package adjoint.tensor;

/** Whether what was drawn is put back before the next draw. PyTorch: {@code replacement=} of {@code multinomial}. */
public enum Replacement {
    /** No index comes twice. */
    WITHOUT,
    /** Draws do not depend on each other. */
    WITH
}
