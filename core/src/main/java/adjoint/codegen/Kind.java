package adjoint.codegen;

/** What a value inside a formula is. */
public enum Kind {
    /** A number of the loop's own type: float, double or long. */
    NUMBER,
    /** A truth value. */
    MASK,
    /** An integer as wide as the loop's floating-point type. */
    BITS
}
