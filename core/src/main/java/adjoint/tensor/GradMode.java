package adjoint.tensor;

/** Whether operations are recorded, and the clock that orders them: one of each for every thread. */
final class GradMode {
    private static final ThreadLocal<GradMode> CURRENT = ThreadLocal.withInitial(GradMode::new);

    boolean enabled = true;

    /** The innermost transform under way, or null. */
    Level level;

    /** Whether nodes remember where in the program they were made, and gradients are checked. */
    boolean anomaly;

    private long clock;

    static GradMode current() {
        return CURRENT.get();
    }

    /** Whether operations on plain tensors are recorded. */
    boolean recordsPlain() {
        return enabled && (level == null || level.recordsPlain());
    }

    /**
     * A number greater than any given before on this thread and than {@code inputs}, those of the nodes that the new
     * one depends on: along every path of a graph the numbers rise, without a counter that threads would share.
     */
    long next(long inputs) {
        clock = Math.max(clock, inputs) + 1;
        return clock;
    }
}
