package adjoint.tensor;

/** Which end a sorted tensor begins with. NaN counts as the largest. */
public enum Sort {
    /** The smallest first. */
    ASCENDING,
    /** The largest first. */
    DESCENDING
}
