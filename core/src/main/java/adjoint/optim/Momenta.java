package adjoint.optim;

import adjoint.types.ValueException;

/** The momentum that a cycle lowers while it raises the rate: momentum, or beta1 where there is that. */
record Momenta(Setting setting, double[] base, double[] max) {
    /**
     * Momenta between the two.
     *
     * @throws ValueException if the optimizer has none
     */
    static Momenta of(String name, Optimizer optimizer, double base, double max) {
        Setting setting = optimizer.has(Setting.BETA1) ? Setting.BETA1 : Setting.MOMENTUM;
        LRScheduler.require(
                optimizer.has(setting),
                name + ": of momentum, for " + optimizer.name(),
                "it has none. Say fixedMomentum(), or take an optimizer that has.");
        return new Momenta(
                setting,
                LRScheduler.each(name, optimizer, setting.check(base)),
                LRScheduler.each(name, optimizer, setting.check(max)));
    }
}
