package adjoint.nn;

/** What a loss makes of its values for the single elements. */
public enum Reduction {
    /** Their mean. */
    MEAN,
    /** Their sum. */
    SUM,
    /** Nothing: it returns them all. */
    NONE
}
