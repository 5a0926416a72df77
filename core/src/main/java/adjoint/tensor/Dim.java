package adjoint.tensor;

/** What a reduction does with the dimensions it reduces. */
public enum Dim {
    /** They stay, with size 1. PyTorch: {@code keepdim=True}. */
    KEEP,
    /** They disappear. */
    DROP
}
