package adjoint.tensor;

/** A function that was registered and can be taken away again. */
@FunctionalInterface
public interface HookHandle extends AutoCloseable {
    /** Takes it away; a second call does nothing. */
    void remove();

    @Override
    default void close() {
        remove();
    }
}
