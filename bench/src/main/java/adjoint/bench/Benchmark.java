package adjoint.bench;

import java.io.IOException;
import java.util.List;

/** Something worth a figure or several. Says in its Javadoc what it measures, against whom, and how not to. */
interface Benchmark {
    /** What it is called on the command line. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Measures, which takes seconds to minutes. */
    List<Result> run(Harness harness) throws IOException, InterruptedException;
}
