package adjoint.bench.work;

import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * Another library that does the same work in this process. Found by {@link java.util.ServiceLoader}; those with native
 * code are modules of their own under {@code bench/peers}, built only when asked for.
 */
public interface Peer {
    /** What it is called on the command line. */
    String name();

    /** The library's own name and version, and what it computes with. */
    String version();

    /** How many threads it may use from now on, the caller's included. */
    void threads(int n);

    /** Its way of this work on copies of these inputs, or null if it can't do that. */
    Task prepare(Work work, Map<String, Tensor> inputs);
}
