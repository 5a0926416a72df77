package adjoint.optim;

import adjoint.types.ValueException;
import java.util.List;

/**
 * Several schedules of one optimizer, one after the other: each but the first begins in the epoch of a milestone, as if
 * it were epoch 0. Warm-up, then a fall:
 *
 * <pre>{@code
 * new SequentialLR(sgd, List.of(new LinearLR(sgd, 0.1, 1, 5), new CosineAnnealingLR(sgd, 95)), List.of(5));
 * }</pre>
 */
public final class SequentialLR extends CompositeScheduler {
    private final List<Integer> milestones;

    /**
     * Schedules with the epochs in which all but the first begin.
     *
     * @throws ValueException if there is no schedule, they are not of this optimizer, or the milestones are not one fewer
     *     or do not rise
     */
    public SequentialLR(Optimizer optimizer, List<LRScheduler> schedules, List<Integer> milestones) {
        super("SequentialLR", optimizer, schedules);
        require(
                milestones.size() == schedules.size() - 1,
                "SequentialLR: " + schedules.size() + " schedules with milestones " + milestones,
                "each but the first begins at one. Give " + (schedules.size() - 1) + ".");
        require(
                milestones.equals(milestones.stream().sorted().toList()),
                "SequentialLR: milestones " + milestones,
                "schedules follow one another. Sort them.");
        this.milestones = List.copyOf(milestones);
        restart();
    }

    private int current() {
        int passed = 0;
        while (passed < milestones.size() && milestones.get(passed) <= epoch()) {
            passed++;
        }
        return passed;
    }

    @Override
    public void step() {
        epoch(epoch() + 1);
        int current = current();
        LRScheduler schedule = schedules().get(current);
        if (current > 0 && milestones.get(current - 1) == epoch()) {
            schedule.restart();
        } else {
            schedule.step();
        }
    }

    @Override
    void start() {
        epoch(0);
        schedules().get(current()).start();
    }
}
