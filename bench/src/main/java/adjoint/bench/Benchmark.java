package adjoint.bench;

import adjoint.plot.Figure;
import java.io.IOException;
import java.util.List;

/**
 * Something worth a figure or several that can't be repeated within a process: it starts programs. Says in its Javadoc what
 * it measures, and how not to.
 */
interface Benchmark {
    /** What it is called on the command line. */
    String name();

    /** Measures, which takes seconds to minutes. */
    List<Result> run(Plan plan) throws IOException, InterruptedException;

    /** What was measured as a picture; null where a table says it all. */
    default Figure picture() {
        return null;
    }
}
