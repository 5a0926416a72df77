package adjoint.op;

/** Which way a scan goes along its dimension. */
public enum Direction {
    /** From the first element to the last. */
    FORWARD,
    /** From the last element to the first. */
    BACKWARD;

    Direction opposite() {
        return this == FORWARD ? BACKWARD : FORWARD;
    }
}
