/**
 * How fast Adjoint is, measured so that the figures mean something.
 *
 * <p>A time on the JVM is easily wrong by a factor of a hundred. The wrong way:
 *
 * <pre>{@code
 * long start = System.currentTimeMillis();      // too coarse: a step takes microseconds
 * for (int i = 0; i < 1000; i++) {
 *     step();                                   // interpreted at first, then compiled: a mean of two programs
 * }
 * IO.println((System.currentTimeMillis() - start) / 1000.0);   // one number: lucky or typical?
 * }</pre>
 *
 * The right way:
 *
 * <pre>{@code
 * var result = new Harness(Plan.FULL).measure("step", this::step);
 * result.wall().median();                       // and its quartiles, extremes, CPU time and bytes allocated
 * }</pre>
 *
 * {@link adjoint.bench.Harness} runs the code until the JVM has compiled it and medians no longer move, then takes
 * many samples of enough calls each, and keeps what the code returns, so that the JVM can't leave the work out. What
 * cannot be repeated in one process (a cold start) is run in many.
 *
 * <p>Every figure of wall time stands beside one of the thread's CPU time: on an idle machine they agree, and where
 * they do not, other programs were running and the CPU time is the one to believe. It leaves out what other threads
 * do for this one: the garbage collector's and the compiler's.
 */
package adjoint.bench;
