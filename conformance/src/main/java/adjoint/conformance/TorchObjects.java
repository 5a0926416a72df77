package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.data.Subset;
import adjoint.distributions.Distribution;
import adjoint.linalg.Complex;
import adjoint.nn.Layer;
import adjoint.nn.Loss;
import adjoint.nn.Model;
import adjoint.nn.PackedSequence;
import adjoint.optim.LRScheduler;
import adjoint.optim.Optimizer;
import adjoint.optim.ReduceLROnPlateau;
import adjoint.tensor.HookHandle;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Objects that are called, and what they have. */
final class TorchObjects {
    private TorchObjects() {}

    static void define() {
        TorchTable.define("Hook.remove(self)", a -> {
            ((HookHandle) a.get("self")).remove();
            return null;
        });
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
            return TorchModels.attribute(model, name);
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
}
