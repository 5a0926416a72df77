package adjoint.autograd;

import adjoint.tensor.Engine;

/** A stretch of code in which recording is on or off on this thread; closing it puts things back as they were. */
public final class GradScope implements AutoCloseable {
    private final boolean before;

    GradScope(boolean on) {
        before = Engine.record(on);
    }

    @Override
    public void close() {
        Engine.record(before);
    }
}
