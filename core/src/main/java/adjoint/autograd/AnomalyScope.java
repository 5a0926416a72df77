package adjoint.autograd;

import adjoint.tensor.Engine;

/** A stretch of code in which {@link Autograd#detectAnomaly} is on; closing it puts things back as they were. */
public final class AnomalyScope implements AutoCloseable {
    private final boolean before = Engine.anomaly(true);

    AnomalyScope() {}

    @Override
    public void close() {
        Engine.anomaly(before);
    }
}
