package adjoint.optim;

import adjoint.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** A schedule that consists of others, all of one optimizer. */
abstract class CompositeScheduler extends LRScheduler {
    private final List<LRScheduler> schedules;

    /** @param optimizer null for that of the schedules */
    CompositeScheduler(String name, Optimizer optimizer, List<LRScheduler> schedules) {
        super(checked(name, optimizer, schedules));
        this.schedules = List.copyOf(schedules);
    }

    private static Optimizer checked(String name, Optimizer optimizer, List<LRScheduler> schedules) {
        require(!schedules.isEmpty(), name + ": of no schedules", "there is nothing to follow. Give one or more.");
        Optimizer common = optimizer == null ? schedules.getFirst().optimizer() : optimizer;
        for (int i = 0; i < schedules.size(); i++) {
            require(
                    schedules.get(i).optimizer() == common,
                    name + ": schedule " + i,
                    "it belongs to another optimizer. Make all of them with the same one.");
        }
        return common;
    }

    final List<LRScheduler> schedules() {
        return schedules;
    }

    @Override
    final void forget() {
        super.forget();
        schedules.forEach(LRScheduler::forget);
    }

    /** From the rates that the groups began with. */
    @Override
    final void restart() {
        forget();
        for (ParameterGroup group : optimizer().groups()) {
            group.schedule(Setting.LR, group.initialLr());
        }
        start();
    }

    @Override
    final double next(int to, int group, double lr) {
        return lr; // the others' rates are its
    }

    @Override
    final void save(String prefix, Map<String, Tensor> state) {
        super.save(prefix, state);
        for (int i = 0; i < schedules.size(); i++) {
            schedules.get(i).save(prefix + "schedulers." + i + ".", state);
        }
    }

    @Override
    final void load(String prefix, Map<String, Tensor> state) {
        super.load(prefix, state);
        for (int i = 0; i < schedules.size(); i++) {
            schedules.get(i).load(prefix + "schedulers." + i + ".", state);
        }
    }
}
