package adjoint.op;

/** Where the gradient check of an operation samples an operand: away from kinks and poles. */
public enum Domain {
    /** Any number. */
    REAL,
    /** Numbers above 0. */
    POSITIVE,
    /** Numbers whose absolute value is not small. */
    NONZERO,
    /** Numbers between −1 and 1, away from both. */
    UNIT,
    /** Numbers between 0 and 1, away from both. */
    PROBABILITY,
    /** Numbers above 1. */
    ABOVE_ONE,
    /** Truth values. */
    TRUTH
}
