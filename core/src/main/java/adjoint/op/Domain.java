package adjoint.op;

/** Where the gradient check of an operation samples an operand: away from kinks and poles. */
public enum Domain {
    /** Any number. */
    REAL,
    /** Numbers above 0. */
    POSITIVE,
    /** Numbers whose absolute value is not small. */
    NONZERO,
    /** Truth values. */
    TRUTH
}
