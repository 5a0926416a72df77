package adjoint.optim;

import adjoint.types.ValueException;
import java.util.List;

/** Several schedules of one optimizer at once: each changes the rates that the one before it left. */
public final class ChainedScheduler extends CompositeScheduler {
    /**
     * Schedules that each make a step in every epoch.
     *
     * @throws ValueException if there is none, or they are of different optimizers
     */
    public ChainedScheduler(LRScheduler... schedules) {
        this(List.of(schedules));
    }

    /**
     * Schedules that each make a step in every epoch.
     *
     * @throws ValueException if there is none, or they are of different optimizers
     */
    public ChainedScheduler(List<LRScheduler> schedules) {
        super("ChainedScheduler", null, schedules);
        epoch(0); // each has set its first rate already
    }

    @Override
    public void step() {
        schedules().forEach(LRScheduler::step);
        epoch(epoch() + 1);
    }

    @Override
    void start() {
        schedules().forEach(LRScheduler::start);
        epoch(0);
    }
}
