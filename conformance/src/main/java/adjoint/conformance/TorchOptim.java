package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.optim.ASGD;
import adjoint.optim.Adadelta;
import adjoint.optim.Adagrad;
import adjoint.optim.Adam;
import adjoint.optim.AdamW;
import adjoint.optim.Adamax;
import adjoint.optim.Gradients;
import adjoint.optim.LBFGS;
import adjoint.optim.NAdam;
import adjoint.optim.Optimizer;
import adjoint.optim.ParameterGroup;
import adjoint.optim.ParameterwiseOptimizer;
import adjoint.optim.RAdam;
import adjoint.optim.RMSprop;
import adjoint.optim.Rprop;
import adjoint.optim.SGD;
import adjoint.optim.Setting;
import adjoint.tensor.Tensor;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** PyTorch's optimizers, and what is done to gradients before they are used. */
final class TorchOptim {
    /** Options that say how PyTorch computes, not what; they may be given as long as they are off. */
    private static final List<String> HOW = List.of("foreach", "capturable", "differentiable", "fused");

    /** PyTorch's options by name. One that is a pair has two settings. */
    private static final Map<String, List<Setting>> SETTINGS = new LinkedHashMap<>();

    static {
        option("lr", Setting.LR);
        option("momentum", Setting.MOMENTUM);
        option("dampening", SGD.DAMPENING);
        option("weight_decay", Setting.WEIGHT_DECAY);
        option("betas", Setting.BETA1, Setting.BETA2);
        option("eps", Setting.EPS);
        option("rho", Adadelta.RHO);
        option("lr_decay", Adagrad.LR_DECAY);
        option("initial_accumulator_value", Adagrad.INITIAL_ACCUMULATOR_VALUE);
        option("momentum_decay", NAdam.MOMENTUM_DECAY);
        option("etas", Rprop.ETA_MINUS, Rprop.ETA_PLUS);
        option("step_sizes", Rprop.STEP_MIN, Rprop.STEP_MAX);
        option("lambd", ASGD.LAMBD);
        option("t0", ASGD.T0);
        option("amsgrad", Adam.AMSGRAD);
        option("centered", RMSprop.CENTERED);
        option("maximize", Setting.MAXIMIZE);
        option("decoupled_weight_decay", Setting.DECOUPLED);
        option("nesterov", SGD.NESTEROV); // last: it asks for momentum
    }

    private TorchOptim() {}

    private static void option(String name, Setting... settings) {
        SETTINGS.put(name, List.of(settings));
    }

    /** The settings of a name; two optimizers have an alpha, and mean different things. */
    private static List<Setting> settings(String optimizer, String name) {
        if (name.equals("alpha")) {
            return List.of(optimizer.equals("ASGD") ? ASGD.ALPHA : RMSprop.ALPHA);
        }
        return SETTINGS.get(name);
    }

    private interface Grouped {
        ParameterwiseOptimizer<?> of(double lr, ParameterGroup... groups);
    }

    static void define() {
        optimizer(
                "SGD(params, lr, momentum, dampening, weight_decay, nesterov, maximize, foreach, differentiable, fused)",
                SGD::new,
                SGD::new);
        String adam =
                "(params, lr, betas, eps, weight_decay, amsgrad, foreach, maximize, capturable, differentiable, fused";
        optimizer("Adam" + adam + ", decoupled_weight_decay)", Adam::new, Adam::new);
        optimizer("AdamW" + adam + ")", AdamW::new, AdamW::new);
        optimizer(
                "Adamax(params, lr, betas, eps, weight_decay, foreach, maximize, differentiable, capturable)",
                Adamax::new,
                Adamax::new);
        optimizer(
                "NAdam(params, lr, betas, eps, weight_decay, momentum_decay, decoupled_weight_decay, foreach, maximize,"
                        + " capturable, differentiable)",
                NAdam::new,
                NAdam::new);
        optimizer(
                "RAdam(params, lr, betas, eps, weight_decay, decoupled_weight_decay, foreach, maximize, capturable,"
                        + " differentiable)",
                RAdam::new,
                RAdam::new);
        optimizer(
                "Adagrad(params, lr, lr_decay, weight_decay, initial_accumulator_value, eps, foreach, maximize,"
                        + " differentiable, fused)",
                Adagrad::new,
                Adagrad::new);
        optimizer(
                "Adadelta(params, lr, rho, eps, weight_decay, foreach, capturable, maximize, differentiable)",
                Adadelta::new,
                Adadelta::new);
        optimizer(
                "RMSprop(params, lr, alpha, eps, weight_decay, momentum, centered, capturable, foreach, maximize,"
                        + " differentiable)",
                RMSprop::new,
                RMSprop::new);
        optimizer(
                "Rprop(params, lr, etas, step_sizes, capturable, foreach, maximize, differentiable)",
                Rprop::new,
                Rprop::new);
        optimizer(
                "ASGD(params, lr, lambd, alpha, t0, weight_decay, foreach, maximize, differentiable, capturable)",
                ASGD::new,
                ASGD::new);
        TorchTable.define(
                "torch.optim.LBFGS(params, lr, max_iter, max_eval, tolerance_grad, tolerance_change, history_size,"
                        + " line_search_fn)",
                TorchOptim::lbfgs);
        methods();
        clipping();
    }

    private static void optimizer(
            String signature, Function<List<Tensor>, ParameterwiseOptimizer<?>> plain, Grouped grouped) {
        String name = signature.substring(0, signature.indexOf('('));
        TorchTable.define("torch.optim." + signature, a -> made(name, a, plain, grouped));
    }

    private static Optimizer made(
            String name, Arguments a, Function<List<Tensor>, ParameterwiseOptimizer<?>> plain, Grouped grouped) {
        HOW.forEach(how -> {
            if (a.flag(how, false)) {
                throw new Unsupported(how);
            }
        });
        List<Object> items = Torch.items(a.get("params"));
        boolean inGroups = items.stream().anyMatch(Map.class::isInstance);
        if (!inGroups && !a.has("lr")) {
            return with(plain.apply(tensors(items)), name, a);
        }
        // A rate that is not given is that of an optimizer made without one.
        double lr = a.has("lr")
                ? a.number("lr")
                : plain.apply(List.of(Tensor.zeros(1).requiresGrad(true))).lr();
        ParameterGroup[] groups = inGroups
                ? items.stream().map(item -> group(name, (Map<?, ?>) item)).toArray(ParameterGroup[]::new)
                : new ParameterGroup[] {new ParameterGroup(tensors(items))};
        return with(grouped.of(lr, groups), name, a);
    }

    private static Optimizer with(ParameterwiseOptimizer<?> optimizer, String name, Arguments a) {
        SETTINGS.keySet().forEach(option -> {
            if (a.has(option) && !option.equals("lr")) {
                each(settings(name, option), a.get(option), optimizer::set);
            }
        });
        if (a.has("alpha")) {
            each(settings(name, "alpha"), a.get("alpha"), optimizer::set);
        }
        return optimizer;
    }

    private static ParameterGroup group(String name, Map<?, ?> item) {
        var group = new ParameterGroup(
                tensors(item.get("params") instanceof Tensor t ? List.of(t) : Torch.items(item.get("params"))));
        item.forEach((option, value) -> {
            if (!option.equals("params")) {
                List<Setting> settings = settings(name, (String) option);
                if (settings == null) {
                    throw new Unsupported("a group with " + option);
                }
                each(settings, value, group::set);
            }
        });
        return group;
    }

    private interface Setter {
        Object set(Setting setting, double value);
    }

    private static void each(List<Setting> settings, Object value, Setter to) {
        List<Object> values = settings.size() == 1 ? List.of(value) : Torch.items(value);
        for (int i = 0; i < settings.size(); i++) {
            to.set(settings.get(i), number(values.get(i)));
        }
    }

    static double number(Object value) {
        return switch (value) {
            case Number n -> n.doubleValue();
            case Boolean b -> b ? 1 : 0;
            case Tensor t -> t.item();
            default -> throw new Unsupported("the number " + value);
        };
    }

    /** Tensors, or pairs of names and tensors. */
    private static List<Tensor> tensors(List<Object> items) {
        return items.stream()
                .map(item -> item instanceof Tuple(List<Object> pair, String _) ? pair.getLast() : item)
                .map(item -> {
                    if (item instanceof Tensor t) {
                        return t;
                    }
                    throw new Unwritable("a parameter that is no tensor");
                })
                .toList();
    }

    private static Object lbfgs(Arguments a) {
        List<Object> items = Torch.items(a.get("params"));
        if (items.stream().anyMatch(Map.class::isInstance)) {
            throw new Unwritable("groups of LBFGS");
        }
        LBFGS made = new LBFGS(tensors(items), a.number("lr", 1));
        made = a.has("max_iter") ? made.maxIter(a.integer("max_iter", 0)) : made;
        made = a.has("max_eval") ? made.maxEval(a.integer("max_eval", 0)) : made;
        made = a.has("tolerance_grad") ? made.toleranceGrad(a.number("tolerance_grad")) : made;
        made = a.has("tolerance_change") ? made.toleranceChange(a.number("tolerance_change")) : made;
        made = a.has("history_size") ? made.historySize(a.integer("history_size", 0)) : made;
        if (!a.has("line_search_fn")) {
            return made;
        }
        if (!a.get("line_search_fn").equals("strong_wolfe")) {
            throw new Unwritable("another line search");
        }
        return made.strongWolfe();
    }

    private static Optimizer self(Arguments a) {
        return (Optimizer) a.get("self");
    }

    private static void methods() {
        TorchTable.define("Optimizer.step(self, closure)", a -> {
            if (!a.has("closure")) {
                self(a).step();
                return null;
            }
            Callable closure = (Callable) a.get("closure");
            return self(a).step(() -> (Tensor) closure.call(List.of(), Map.of()));
        });
        TorchTable.define("Optimizer.zero_grad(self, set_to_none)", a -> {
            if (a.flag("set_to_none", true)) {
                self(a).zeroGrad();
            } else {
                self(a).groups().forEach(g -> g.parameters().forEach(Tensor::zeroGrad));
            }
            return null;
        });
        TorchTable.define("Optimizer.add_param_group(self, param_group)", a -> {
            String name = self(a).getClass().getSimpleName();
            self(a).add(group(name, (Map<?, ?>) a.get("param_group")));
            return null;
        });
        TorchTable.define("Optimizer.state_dict(self)", a -> new Saved(self(a)));
        TorchTable.define("Optimizer.load_state_dict(self, state_dict)", a -> {
            if (!(a.get("state_dict") instanceof Saved saved)) {
                throw new Unsupported("a state that no optimizer gave");
            }
            self(a).loadStateDict(saved.flat);
            return null;
        });
    }

    /** The attributes of optimizers and schedules, by name. */
    static Map<String, Supplier<Object>> attributes(Object of) {
        if (of instanceof Optimizer optimizer) {
            return Map.of("param_groups", () -> groups(optimizer), "state", () -> state(optimizer));
        }
        return TorchSchedules.attributes(of);
    }

    private static List<Object> groups(Optimizer optimizer) {
        List<Object> groups = new ArrayList<>();
        optimizer.groups().forEach(g -> groups.add(new Group(optimizer, g)));
        return groups;
    }

    /** A group as PyTorch's dictionary, to be read and changed. */
    private static final class Group extends AbstractMap<String, Object> {
        private final Optimizer optimizer;
        private final ParameterGroup group;

        Group(Optimizer optimizer, ParameterGroup group) {
            this.optimizer = optimizer;
            this.group = group;
        }

        private List<Setting> settings(String name) {
            List<Setting> settings = TorchOptim.settings(optimizer.getClass().getSimpleName(), name);
            if (settings == null || !optimizer.has(settings.getFirst())) {
                throw new Unsupported("a group's " + name);
            }
            return settings;
        }

        @Override
        public boolean containsKey(Object key) {
            List<Setting> settings = TorchOptim.settings(optimizer.getClass().getSimpleName(), (String) key);
            return key.equals("params") || settings != null && optimizer.has(settings.getFirst());
        }

        @Override
        public Object get(Object key) {
            if (key.equals("params")) {
                return new ArrayList<Object>(group.parameters());
            }
            List<Setting> settings = settings((String) key);
            if (settings.size() > 1) {
                return new Tuple(settings.stream().<Object>map(group::get).toList());
            }
            boolean flag = Set.of("nesterov", "amsgrad", "centered", "maximize", "decoupled_weight_decay")
                    .contains(key);
            return flag ? (Object) group.isOn(settings.getFirst()) : group.get(settings.getFirst());
        }

        @Override
        public Object put(String key, Object value) {
            each(settings(key), value, group::set);
            return null;
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            throw new Unsupported("all of a group's settings");
        }
    }

    /** What is remembered, by parameter and name. */
    static Map<Object, Object> state(Optimizer optimizer) {
        Map<Object, Object> byNumber = numbered(optimizer.stateDict());
        Map<Object, Object> state = new LinkedHashMap<>();
        long i = 0;
        for (ParameterGroup group : optimizer.groups()) {
            for (Tensor p : group.parameters()) {
                if (byNumber.containsKey(i)) {
                    state.put(p, byNumber.get(i));
                }
                i++;
            }
        }
        return state;
    }

    /** The entries {@code state.NUMBER.NAME}. */
    @SuppressWarnings("unchecked")
    private static Map<Object, Object> numbered(Map<String, Tensor> flat) {
        Map<Object, Object> all = new LinkedHashMap<>();
        flat.forEach((name, t) -> {
            if (name.startsWith("state.")) {
                String[] parts = name.split("\\.", 3);
                Object of = all.computeIfAbsent(Long.valueOf(parts[1]), _ -> new LinkedHashMap<String, Object>());
                ((Map<String, Object>) of).put(parts[2], t);
            }
        });
        return all;
    }

    /** A state dictionary: PyTorch's shape to look at, ours to load. */
    private static final class Saved extends HashMap<String, Object> {
        private static final long serialVersionUID = 1;
        private final transient Map<String, Tensor> flat;

        Saved(Optimizer optimizer) {
            flat = optimizer.stateDict();
            put("state", numbered(flat));
            put("param_groups", groups(optimizer));
        }
    }

    private static List<Tensor> parameters(Arguments a) {
        return a.get("parameters") instanceof Tensor t ? List.of(t) : a.tensors("parameters");
    }

    private static void clipping() {
        TorchTable.define(
                "nn.utils.clip_grad_norm_(parameters, max_norm, norm_type, error_if_nonfinite, foreach)", a -> {
                    if (a.flag("foreach", false)) {
                        throw new Unsupported("foreach");
                    }
                    List<Tensor> parameters = parameters(a);
                    double norm = Gradients.clipNorm(
                            parameters,
                            a.number("max_norm"),
                            norm(a),
                            a.flag("error_if_nonfinite", false)
                                    ? Gradients.NonFinite.REFUSE
                                    : Gradients.NonFinite.SCALE);
                    return Tensor.scalar(
                            norm,
                            parameters.isEmpty()
                                    ? adjoint.types.DType.F32
                                    : parameters.getFirst().dtype());
                });
        TorchTable.define("nn.utils.clip_grad_value_(parameters, clip_value, foreach)", a -> {
            if (a.flag("foreach", false)) {
                throw new Unsupported("foreach");
            }
            Gradients.clipValue(parameters(a), a.number("clip_value"));
            return null;
        });
    }

    private static double norm(Arguments a) {
        return a.get("norm_type") instanceof String text
                ? Json.doubles(text.replace("inf", "Infinity"))[0]
                : a.number("norm_type", 2);
    }
}
