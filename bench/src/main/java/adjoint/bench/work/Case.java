package adjoint.bench.work;

/**
 * Work with what was promised for it.
 *
 * @param work what is done
 * @param target how many times as long libtorch should take, with as many threads; NaN where nothing was promised
 */
public record Case(Work work, double target) {
    /** The peer that targets speak of. */
    public static final String RIVAL = "libtorch";

    /** As its work. */
    public String name() {
        return work.name();
    }

    /** Whether there is a promise. */
    public boolean isPromised() {
        return !Double.isNaN(target);
    }
}
