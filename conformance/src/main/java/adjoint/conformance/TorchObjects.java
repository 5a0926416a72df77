package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.data.Subset;
import adjoint.distributions.Distribution;
import adjoint.linalg.Complex;
import adjoint.nn.Layer;
import adjoint.nn.Linear;
import adjoint.nn.Loss;
import adjoint.nn.Model;
import adjoint.nn.PackedSequence;
import adjoint.nn.Sequential;
import adjoint.optim.LRScheduler;
import adjoint.optim.Optimizer;
import adjoint.optim.ReduceLROnPlateau;
import adjoint.tensor.HookHandle;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Layers, losses, data sets, and what can be done to them. */
final class TorchObjects {
    private TorchObjects() {}

    static void define() {
        layers();
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
        TorchTable.define("Model.parameters(self)", a -> new ArrayList<Object>(model(a).parameters()));
        TorchTable.define("Model.named_parameters(self)", a -> PythonCollections.pairs(model(a).namedParameters()));
        TorchTable.define("Model.state_dict(self)", a -> new LinkedHashMap<String, Object>(model(a).stateDict()));
        TorchTable.define("Model.load_state_dict(self, state)", a -> {
            model(a).loadStateDict(state(a.get("state")));
            return null;
        });
        TorchTable.define("nn.ModuleDict(modules)", a -> new Models(strings((Map<?, ?>) a.get("modules"))));
        TorchTable.define("Model.train(self, mode)", a -> {
            if (a.flag("mode", true)) {
                model(a).train();
            } else {
                model(a).eval();
            }
            return a.get("self");
        });
        TorchTable.define("Model.eval(self)", a -> {
            model(a).eval();
            return a.get("self");
        });
        TorchTable.define("Model.double(self)", a -> converted(a, DType.F64));
        TorchTable.define("Model.to(self, dtype)", a -> converted(a, a.dtype("dtype", DType.F32)));
        TorchTable.define("Model.float(self)", a -> converted(a, DType.F32));
        TorchTable.define("Model.zero_grad(self)", a -> {
            model(a).zeroGrad();
            return null;
        });
    }

    private static Model model(Arguments a) {
        return (Model) a.get("self");
    }

    private static Model converted(Arguments a, DType dtype) {
        model(a).to(dtype);
        return model(a);
    }

    private static Map<String, Object> strings(Map<?, ?> map) {
        Map<String, Object> strings = new LinkedHashMap<>();
        map.forEach((name, value) -> strings.put((String) name, value));
        return strings;
    }

    private static Map<String, Tensor> state(Object value) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((name, t) -> state.put((String) name, (Tensor) t));
        return state;
    }

    /** The result of calling an object, as {@code layer(x)}: what the table says of its class, else its forward. */
    static Object call(Object object, List<Object> positional, Map<String, Object> named) {
        Callable special = TorchTable.FUNCTIONS.get(object.getClass().getSimpleName() + ".__call__");
        if (special != null) {
            List<Object> all = new ArrayList<>(positional);
            all.addFirst(object);
            return special.call(all, named);
        }
        return switch (object) {
            case Layer layer
            when positional.size() == 1 && named.isEmpty() -> layer.forward((Tensor) positional.getFirst());
            case Loss loss
            when positional.size() == 2 && named.isEmpty() ->
                loss.forward((Tensor) positional.get(0), (Tensor) positional.get(1));
            case null, default -> throw new Unsupported("call of " + object);
        };
    }

    /** The name under which an object's methods are defined. */
    static String kind(Object object) {
        return switch (object) {
            case Model _ -> "Model";
            case Optimizer _ -> "Optimizer";
            case LRScheduler _ -> "LRScheduler";
            case ReduceLROnPlateau _ -> "ReduceLROnPlateau";
            case Distribution _ -> "Distribution";
            case HookHandle _ -> "Hook";
            case null, default -> null;
        };
    }

    /** A part of a model, or what one of its methods without arguments gives, by PyTorch's name. */
    static Object attribute(Object of, String name) {
        if (of instanceof Tuple tuple) {
            return ReturnTypes.field(tuple, name);
        }
        if (of instanceof Complex z && (name.equals("real") || name.equals("imag"))) {
            return name.equals("real") ? z.real() : z.imag();
        }
        if (of instanceof Model model) {
            if (name.equals("training")) {
                return model.isTraining();
            }
            Map<String, Object> parts = model.parts();
            if (parts.containsKey(name)) {
                return parts.get(name);
            }
        }
        if (of instanceof Distribution distribution && TorchDistributions.attribute(distribution, name) != null) {
            return TorchDistributions.attribute(distribution, name);
        }
        if (of instanceof Subset part && name.equals("indices")) {
            return TorchData.wholes(part.indices());
        }
        if (TorchOptim.attributes(of).containsKey(name)) {
            return TorchOptim.attributes(of).get(name).get();
        }
        if (of instanceof PackedSequence packed) {
            return TorchRecurrent.field(packed, name);
        }
        throw new Unsupported("attribute " + name);
    }

    /** Models by name: PyTorch's ModuleDict. Here a map in a field is enough. */
    record Models(Map<String, Object> parts) implements Model {
        @Override
        public String toString() {
            throw new Unsupported("text of a ModuleDict");
        }
    }
}
