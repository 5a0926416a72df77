package adjoint.bench.work;

/** How much of a computation is measured. */
public enum Pass {
    /** The result alone; nothing is recorded. */
    FORWARD(""),
    /** The result, and the gradients of all inputs for a given gradient of the result. */
    BACKWARD("-backward");

    final String suffix;

    Pass(String suffix) {
        this.suffix = suffix;
    }
}
