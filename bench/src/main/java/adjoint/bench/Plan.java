package adjoint.bench;

/**
 * How much time a measurement may take.
 *
 * @param warmUp seconds that code runs at least before it is measured
 * @param patience seconds after which it is measured though its medians still move
 * @param sample seconds a sample lasts at least
 * @param samples how many samples are taken
 * @param processes how many fresh processes are started where each gives one sample
 * @param steps how long a long run is
 */
record Plan(double warmUp, double patience, double sample, int samples, int processes, int steps) {
    /** For figures to be shown. */
    static final Plan FULL = new Plan(5, 30, 0.05, 41, 11, 1_000_000);

    /** To see that everything works. */
    static final Plan QUICK = new Plan(0.3, 1, 0.01, 7, 2, 50_000);
}
