package adjoint.bench.work;

import java.util.List;

/** A piece of work in one library's hands, its inputs ready: done as often as one likes. */
public interface Task extends AutoCloseable {
    /** Does it once. What it returns is kept, so that no compiler can leave the work out. */
    Object run();

    /**
     * Does it once more and gives its numbers: the result, then the gradients of the inputs, in their order. Of a step of
     * training: the sum of the losses, then the change of each parameter, which shows a wrong gradient better than the
     * parameter would.
     */
    List<double[]> numbers();

    /** Frees what the garbage collector does not. */
    @Override
    default void close() {}
}
