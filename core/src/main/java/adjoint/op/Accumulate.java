package adjoint.op;

/** What a write to a position does with what is there. */
public enum Accumulate {
    /** Replaces it; of several writes to one place the last stays. */
    REPLACE,
    /** Adds to it. */
    ADD
}
