package adjoint.bench.work;

/**
 * Work with what was promised for it.
 *
 * @param work what is done
 * @param target how many times as long libtorch should take, with as many threads; NaN where nothing was promised of that
 * @param seconds how long it may take itself; NaN where nothing was promised of that
 */
public record Case(Work work, double target, double seconds) {
    /** The peer that targets speak of. */
    public static final String RIVAL = "libtorch";

    /** Work that was promised something beside libtorch, or nothing: NaN. */
    public Case(Work work, double target) {
        this(work, target, Double.NaN);
    }

    /** As its work. */
    public String name() {
        return work.name();
    }

    /** Whether its time was promised, whatever others take. */
    public boolean isTimed() {
        return !Double.isNaN(seconds);
    }

    /** Whether there is a promise. */
    public boolean isPromised() {
        return isTimed() || !Double.isNaN(target);
    }
}
