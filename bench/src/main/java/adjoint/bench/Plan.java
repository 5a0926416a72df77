package adjoint.bench;

import java.util.Locale;

/** How much time a measurement may take. */
enum Plan {
    /** For figures to be shown. */
    FULL(1, 5, 0.03, 15, 2, 11, 1_000_000),
    /** For how long Adjoint takes without the vector module. */
    BRIEF(0.7, 3, 0.02, 7, 1, 11, 1_000_000),
    /** To see that everything works. */
    QUICK(0.02, 0.2, 0.002, 3, 0.5, 2, 50_000);

    /** Seconds that code runs at least before it is measured. */
    final double warmUp;
    /** Seconds after which it is measured though its medians still move. */
    final double patience;
    /** Seconds a sample lasts at least. */
    final double sample;
    /** How many samples are taken. */
    final int samples;
    /** Seconds after which no more are begun. */
    final double seconds;
    /** How many fresh processes are started where each gives one sample. */
    final int processes;
    /** How long a long run is. */
    final int steps;

    Plan(double warmUp, double patience, double sample, int samples, double seconds, int processes, int steps) {
        this.warmUp = warmUp;
        this.patience = patience;
        this.sample = sample;
        this.samples = samples;
        this.seconds = seconds;
        this.processes = processes;
        this.steps = steps;
    }

    /** The same for Adjoint without the vector module. */
    Plan withoutVectors() {
        return this == FULL ? BRIEF : this;
    }

    /**
     * Whether cases share a process. A process of its own for each is what makes a figure not depend on which others were
     * asked for: compiled code knows what else ran.
     */
    boolean sharesProcess() {
        return this == QUICK;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
