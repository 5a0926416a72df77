package adjoint.tensor;

/** Whether {@link Tensor#scatterReduce} counts what a place held before. PyTorch: {@code include_self}. */
public enum Included {
    /** What was there is one of the values. */
    SELF,
    /** Only what is sent counts, where anything is. */
    SOURCE_ONLY
}
