package adjoint.tensor;

/** What {@link Tensor#scatterReduce} makes of all the values that are sent to one place. */
public enum ScatterReduction {
    SUM,
    PROD,
    MEAN,
    AMAX,
    AMIN
}
