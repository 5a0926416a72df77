package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.optim.ChainedScheduler;
import adjoint.optim.ConstantLR;
import adjoint.optim.CosineAnnealingLR;
import adjoint.optim.CosineAnnealingWarmRestarts;
import adjoint.optim.CyclicLR;
import adjoint.optim.ExponentialLR;
import adjoint.optim.LRScheduler;
import adjoint.optim.LambdaLR;
import adjoint.optim.LinearLR;
import adjoint.optim.MultiStepLR;
import adjoint.optim.MultiplicativeLR;
import adjoint.optim.OneCycleLR;
import adjoint.optim.Optimizer;
import adjoint.optim.PolynomialLR;
import adjoint.optim.ReduceLROnPlateau;
import adjoint.optim.SequentialLR;
import adjoint.optim.StepLR;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

/** PyTorch's learning rate schedules. */
final class TorchSchedules {
    private TorchSchedules() {}

    /** Defines a schedule, which may also be told that it begins at the beginning. */
    private static void define(String signature, Function<Arguments, Object> body) {
        String inside = signature.substring(0, signature.length() - 1) + ", last_epoch)";
        TorchTable.define("torch.optim.lr_scheduler." + inside, a -> {
            if (a.integer("last_epoch", -1) != -1) {
                throw new Unsupported("last_epoch");
            }
            return body.apply(a);
        });
    }

    private static Optimizer optimizer(Arguments a) {
        return (Optimizer) a.get("optimizer");
    }

    static void define() {
        define(
                "StepLR(optimizer, step_size, gamma)",
                a -> new StepLR(optimizer(a), a.integer("step_size", 0), a.number("gamma", 0.1)));
        define(
                "MultiStepLR(optimizer, milestones, gamma)",
                a -> new MultiStepLR(optimizer(a), integers(a, "milestones"), a.number("gamma", 0.1)));
        define(
                "ConstantLR(optimizer, factor, total_iters)",
                a -> new ConstantLR(optimizer(a), a.number("factor", 1.0 / 3), a.integer("total_iters", 5)));
        define(
                "LinearLR(optimizer, start_factor, end_factor, total_iters)",
                a -> new LinearLR(
                        optimizer(a),
                        a.number("start_factor", 1.0 / 3),
                        a.number("end_factor", 1),
                        a.integer("total_iters", 5)));
        define("ExponentialLR(optimizer, gamma)", a -> new ExponentialLR(optimizer(a), a.number("gamma")));
        define(
                "PolynomialLR(optimizer, total_iters, power)",
                a -> new PolynomialLR(optimizer(a), a.integer("total_iters", 5), a.number("power", 1)));
        define(
                "CosineAnnealingLR(optimizer, T_max, eta_min)",
                a -> new CosineAnnealingLR(optimizer(a), a.integer("T_max", 0), a.number("eta_min", 0)));
        define(
                "CosineAnnealingWarmRestarts(optimizer, T_0, T_mult, eta_min)",
                a -> new CosineAnnealingWarmRestarts(
                        optimizer(a), a.integer("T_0", 0), a.integer("T_mult", 1), a.number("eta_min", 0)));
        define("LambdaLR(optimizer, lr_lambda)", a -> new LambdaLR(optimizer(a), functions(a)));
        define("MultiplicativeLR(optimizer, lr_lambda)", a -> new MultiplicativeLR(optimizer(a), functions(a)));
        define(
                "SequentialLR(optimizer, schedulers, milestones)",
                a -> new SequentialLR(optimizer(a), schedules(a), integers(a, "milestones")));
        TorchTable.define("torch.optim.lr_scheduler.ChainedScheduler(schedulers, optimizer)", a -> {
            List<LRScheduler> schedules = schedules(a);
            if (a.has("optimizer") && optimizer(a) != schedules.getFirst().optimizer()) {
                throw new Unwritable("a chain for another optimizer");
            }
            return new ChainedScheduler(schedules);
        });
        define(
                "CyclicLR(optimizer, base_lr, max_lr, step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode,"
                        + " cycle_momentum, base_momentum, max_momentum)",
                TorchSchedules::cyclic);
        define(
                "OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy,"
                        + " cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase)",
                TorchSchedules::oneCycle);
        TorchTable.define(
                "torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, mode, factor, patience, threshold,"
                        + " threshold_mode, cooldown, min_lr, eps)",
                TorchSchedules::plateau);
        methods();
    }

    private static List<Integer> integers(Arguments a, String name) {
        return Torch.items(a.get(name)).stream()
                .map(v -> Math.toIntExact((Long) v))
                .toList();
    }

    private static double[] numbers(Object value) {
        return value instanceof Number || value instanceof Tensor
                ? new double[] {TorchOptim.number(value)}
                : Torch.items(value).stream().mapToDouble(TorchOptim::number).toArray();
    }

    private static List<LRScheduler> schedules(Arguments a) {
        List<LRScheduler> all = new ArrayList<>();
        for (Object item : Torch.items(a.get("schedulers"))) {
            if (!(item instanceof LRScheduler schedule)) {
                throw new Unwritable("a sequence with " + item);
            }
            all.add(schedule);
        }
        return all;
    }

    private static List<IntToDoubleFunction> functions(Arguments a) {
        if (a.get("lr_lambda") instanceof Callable one) {
            return java.util.Collections.nCopies(optimizer(a).groups().size(), function(one));
        }
        return Torch.items(a.get("lr_lambda")).stream()
                .map(f -> function((Callable) f))
                .toList();
    }

    private static IntToDoubleFunction function(Callable f) {
        return epoch -> TorchOptim.number(f.call(List.of((long) epoch), Map.of()));
    }

    private static <E extends Enum<E>> E constant(Class<E> of, Object name) {
        for (E each : of.getEnumConstants()) {
            if (each.name().equals(((String) name).toUpperCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new Unwritable("the mode " + name);
    }

    private static Object cyclic(Arguments a) {
        var options = new CyclicLR.Options(numbers(a.get("base_lr")), numbers(a.get("max_lr")));
        int up = a.integer("step_size_up", 2000);
        options = options.stepSizes(up, a.integer("step_size_down", up)).gamma(a.number("gamma", 1));
        if (a.has("scale_fn")) {
            Callable scale = (Callable) a.get("scale_fn");
            options = options.scale(
                    x -> TorchOptim.number(scale.call(List.of((Object) x), Map.of())),
                    a.has("scale_mode")
                            ? constant(CyclicLR.ScaleMode.class, a.get("scale_mode"))
                            : CyclicLR.ScaleMode.CYCLE);
            a.get("mode");
        } else {
            a.get("scale_mode"); // which counts for a function of one's own alone
            options = a.has("mode") ? options.mode(constant(CyclicLR.Mode.class, a.get("mode"))) : options;
        }
        double base = a.number("base_momentum", 0.8);
        double max = a.number("max_momentum", 0.9);
        options = a.flag("cycle_momentum", true) ? options.momentum(base, max) : options.fixedMomentum();
        return new CyclicLR(optimizer(a), options);
    }

    private static Object oneCycle(Arguments a) {
        int steps = a.has("total_steps")
                ? a.integer("total_steps", 0)
                : a.integer("epochs", 0) * a.integer("steps_per_epoch", 0);
        a.get("epochs");
        a.get("steps_per_epoch");
        var options = new OneCycleLR.Options(steps, numbers(a.get("max_lr")))
                .pctStart(a.number("pct_start", 0.3))
                .divFactor(a.number("div_factor", 25))
                .finalDivFactor(a.number("final_div_factor", 1e4));
        options = a.has("anneal_strategy")
                ? options.anneal(constant(OneCycleLR.Anneal.class, a.get("anneal_strategy")))
                : options;
        options = a.flag("three_phase", false) ? options.threePhase() : options;
        double base = a.number("base_momentum", 0.85);
        double max = a.number("max_momentum", 0.95);
        options = a.flag("cycle_momentum", true) ? options.momentum(base, max) : options.fixedMomentum();
        return new OneCycleLR(optimizer(a), options);
    }

    private static Object plateau(Arguments a) {
        var made = new ReduceLROnPlateau(optimizer(a))
                .factor(a.number("factor", 0.1))
                .patience(a.integer("patience", 10))
                .cooldown(a.integer("cooldown", 0))
                .eps(a.number("eps", 1e-8))
                .threshold(
                        a.number("threshold", 1e-4),
                        a.has("threshold_mode")
                                ? constant(ReduceLROnPlateau.ThresholdMode.class, a.get("threshold_mode"))
                                : ReduceLROnPlateau.ThresholdMode.REL);
        made = a.has("mode") ? made.mode(constant(ReduceLROnPlateau.Mode.class, a.get("mode"))) : made;
        return a.has("min_lr") ? made.minLr(numbers(a.get("min_lr"))) : made;
    }

    private static void methods() {
        TorchTable.define("LRScheduler.step(self, epoch)", a -> {
            switch (a.get("self")) {
                case CosineAnnealingWarmRestarts restarts when a.has("epoch") -> restarts.step(a.number("epoch"));
                case LRScheduler schedule when !a.has("epoch") -> schedule.step();
                case null, default -> throw new Unsupported("a step to an epoch");
            }
            return null;
        });
        TorchTable.define(
                "LRScheduler.get_last_lr(self)", a -> new ArrayList<Object>(((LRScheduler) a.get("self")).lastLr()));
        TorchTable.define("LRScheduler.state_dict(self)", a -> ((LRScheduler) a.get("self")).stateDict());
        TorchTable.define("LRScheduler.load_state_dict(self, state_dict)", a -> {
            ((LRScheduler) a.get("self")).loadStateDict(state(a));
            return null;
        });
        TorchTable.define("ReduceLROnPlateau.step(self, metrics)", a -> {
            ((ReduceLROnPlateau) a.get("self")).step(TorchOptim.number(a.get("metrics")));
            return null;
        });
        TorchTable.define(
                "ReduceLROnPlateau.get_last_lr(self)",
                a -> new ArrayList<Object>(((ReduceLROnPlateau) a.get("self")).lastLr()));
        TorchTable.define("ReduceLROnPlateau.state_dict(self)", a -> ((ReduceLROnPlateau) a.get("self")).stateDict());
        TorchTable.define("ReduceLROnPlateau.load_state_dict(self, state_dict)", a -> {
            ((ReduceLROnPlateau) a.get("self")).loadStateDict(state(a));
            return null;
        });
    }

    private static Map<String, Tensor> state(Arguments a) {
        Map<String, Tensor> state = new java.util.HashMap<>();
        ((Map<?, ?>) a.get("state_dict")).forEach((name, t) -> state.put((String) name, (Tensor) t));
        return state;
    }

    static Map<String, Supplier<Object>> attributes(Object of) {
        return switch (of) {
            case LRScheduler schedule ->
                Map.of("last_epoch", () -> (long) schedule.epoch(), "optimizer", schedule::optimizer);
            case ReduceLROnPlateau plateau -> Map.of("last_epoch", () -> (long) plateau.epoch(), "best", plateau::best);
            case null, default -> Map.of();
        };
    }
}
