package adjoint.conformance;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.data.DataLoader;
import adjoint.data.Dataset;
import adjoint.data.TensorDataset;
import adjoint.nn.Functional;
import adjoint.nn.Layer;
import adjoint.nn.Linear;
import adjoint.nn.Loss;
import adjoint.nn.MSELoss;
import adjoint.nn.Reduction;
import adjoint.nn.Sequential;
import adjoint.optim.Optimizer;
import adjoint.optim.SGD;
import adjoint.tensor.HookHandle;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Layers, losses, optimizers, data sets, and what can be done to them. */
final class TorchObjects {
    private TorchObjects() {}

    static void define() {
        layers();
        TorchTable.define(
                "torch.optim.SGD(params, lr, momentum, dampening, weight_decay, nesterov, maximize)",
                TorchObjects::sgd);
        TorchTable.define("Optimizer.step(self)", a -> {
            ((Optimizer) a.get("self")).step();
            return null;
        });
        TorchTable.define("Optimizer.zero_grad(self)", a -> {
            ((Optimizer) a.get("self")).zeroGrad();
            return null;
        });
        TorchTable.define(
                "torch.utils.data.TensorDataset(*tensors)",
                a -> new TensorDataset(a.tensors("tensors").toArray(Tensor[]::new)));
        TorchTable.define("torch.utils.data.DataLoader(dataset, batch_size, shuffle, drop_last)", a -> {
            Dataset data = a.get("dataset") instanceof Dataset d ? d : new TensorDataset(a.tensor("dataset"));
            DataLoader loader = new DataLoader(data, a.integer("batch_size", 1));
            loader = a.flag("shuffle", false) ? loader.shuffle() : loader;
            return a.flag("drop_last", false) ? loader.dropLast() : loader;
        });
        TorchTable.define("Hook.remove(self)", a -> {
            ((HookHandle) a.get("self")).remove();
            return null;
        });
    }

    private static void layers() {
        TorchTable.define(
                "nn.Linear(in_features, out_features, bias)",
                a -> a.flag("bias", true)
                        ? new Linear(a.integer("in_features", 0), a.integer("out_features", 0))
                        : Linear.withoutBias(a.integer("in_features", 0), a.integer("out_features", 0)));
        TorchTable.define(
                "nn.Sequential(*layers)",
                a -> new Sequential(Torch.items(a.has("layers") ? a.get("layers") : List.of()).stream()
                        .map(Layer.class::cast)
                        .toArray(Layer[]::new)));
        TorchTable.define("nn.MSELoss(reduction)", a -> new MSELoss(reduction(a)));
        TorchTable.define(
                "F.mse_loss(input, target, reduction)",
                a -> Functional.mseLoss(a.tensor("input"), a.tensor("target"), reduction(a)));
        TorchTable.define("Layer.parameters(self)", a -> new ArrayList<Object>(layer(a).parameters()));
        TorchTable.define("Layer.named_parameters(self)", a -> pairs(layer(a).namedParameters()));
        TorchTable.define("Layer.state_dict(self)", a -> new LinkedHashMap<String, Object>(layer(a).stateDict()));
        TorchTable.define("Layer.load_state_dict(self, state)", a -> {
            layer(a).loadStateDict(state(a.get("state")));
            return null;
        });
        TorchTable.define("Layer.zero_grad(self)", a -> {
            layer(a).zeroGrad();
            return null;
        });
        TorchTable.define("Map.keys(self)", a -> new ArrayList<Object>(((Map<?, ?>) a.get("self")).keySet()));
        TorchTable.define("Map.items(self)", a -> pairs((Map<?, ?>) a.get("self")));
    }

    private static Layer layer(Arguments a) {
        return (Layer) a.get("self");
    }

    private static Reduction reduction(Arguments a) {
        if (!a.has("reduction")) {
            return Reduction.MEAN;
        }
        String name = ((String) a.get("reduction")).toUpperCase(Locale.ROOT);
        for (Reduction r : Reduction.values()) {
            if (r.name().equals(name)) {
                return r;
            }
        }
        throw new Unsupported("a reduction that cannot be written here");
    }

    private static List<Object> pairs(Map<?, ?> map) {
        List<Object> pairs = new ArrayList<>();
        map.forEach((name, value) -> pairs.add(new Tuple(java.util.Arrays.asList(name, value))));
        return pairs;
    }

    private static Map<String, Tensor> state(Object value) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, t) -> state.put((String) name, (Tensor) t));
        return state;
    }

    private static Object sgd(Arguments a) {
        if (!a.has("lr")) {
            throw new Unsupported("SGD without a rate"); // which cannot be written here
        }
        boolean grouped = Torch.items(a.get("params")).stream().anyMatch(Map.class::isInstance);
        SGD sgd = grouped ? new SGD(groups(a)) : new SGD(a.tensors("params"), a.number("lr"));
        sgd = a.has("momentum") ? sgd.momentum(a.number("momentum")) : sgd;
        sgd = a.has("dampening") ? sgd.dampening(a.number("dampening")) : sgd;
        sgd = a.has("weight_decay") ? sgd.weightDecay(a.number("weight_decay")) : sgd;
        sgd = a.flag("nesterov", false) ? sgd.nesterov() : sgd;
        return a.flag("maximize", false) ? sgd.maximize() : sgd;
    }

    private static List<SGD.Group> groups(Arguments a) {
        List<SGD.Group> groups = new ArrayList<>();
        for (Object item : Torch.items(a.get("params"))) {
            Map<?, ?> group = (Map<?, ?>) item;
            if (!Set.of("params", "lr").containsAll(group.keySet())) {
                throw new Unsupported("a group with " + group.keySet());
            }
            double lr = group.containsKey("lr") ? (Double) group.get("lr") : a.number("lr");
            List<Tensor> parameters = Torch.items(group.get("params")).stream()
                    .map(Tensor.class::cast)
                    .toList();
            groups.add(new SGD.Group(parameters, lr));
        }
        return groups;
    }

    /** The result of calling an object, as {@code layer(x)}. */
    static Object call(Object object, List<Object> arguments) {
        return switch (object) {
            case Layer layer when arguments.size() == 1 -> layer.forward((Tensor) arguments.getFirst());
            case Loss loss
            when arguments.size() == 2 -> loss.forward((Tensor) arguments.get(0), (Tensor) arguments.get(1));
            case null, default -> throw new Unsupported("call of " + object);
        };
    }

    /** The name under which an object's methods are defined. */
    static String kind(Object object) {
        return switch (object) {
            case Layer _ -> "Layer";
            case Optimizer _ -> "Optimizer";
            case HookHandle _ -> "Hook";
            case Map<?, ?> _ -> "Map";
            case null, default -> null;
        };
    }

    static Object attribute(Object of, String name) {
        if (of instanceof Linear linear) {
            switch (name) {
                case "weight":
                    return linear.weight();
                case "bias":
                    return linear.bias();
                default:
                    break;
            }
        }
        throw new Unsupported("attribute " + name);
    }
}
