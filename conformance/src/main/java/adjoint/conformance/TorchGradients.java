package adjoint.conformance;

import adjoint.autograd.Autograd;
import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.tensor.GraphOption;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Graphs, their gradients, and derivatives of functions. */
final class TorchGradients {
    private TorchGradients() {}

    static void define() {
        TorchTable.define(
                "Tensor.requires_grad_(input, requires_grad)",
                a -> a.tensor("input").requiresGrad(a.flag("requires_grad", true)));
        TorchTable.define("Tensor.detach(input)", a -> a.tensor("input").detach());
        TorchTable.define("Tensor.retain_grad(input)", a -> a.tensor("input").retainGrad());
        TorchTable.define("Tensor.register_hook(input, hook)", a -> {
            if (!(a.get("hook") instanceof Callable hook)) {
                throw new Unwritable("a hook that is no function");
            }
            return a.tensor("input").registerHook(g -> (Tensor) hook.call(List.of(g), Map.of()));
        });
        TorchTable.define("torch.autograd.backward(tensors, grad_tensors, retain_graph, create_graph, inputs)", a -> {
            List<Tensor> gradients = a.has("grad_tensors") ? optional(a.get("grad_tensors")) : null;
            if (a.has("inputs")) {
                Autograd.backward(one(a, "tensors"), gradients, one(a, "inputs"), options(a));
            } else {
                Autograd.backward(one(a, "tensors"), gradients, options(a));
            }
            return null;
        });
        TorchTable.define("Tensor.backward(input, gradient, retain_graph, create_graph, inputs)", a -> {
            if (a.has("inputs")) {
                List<Tensor> gradient = a.has("gradient") ? List.of(a.tensor("gradient")) : null;
                Autograd.backward(List.of(a.tensor("input")), gradient, one(a, "inputs"), options(a));
            } else if (a.has("gradient")) {
                a.tensor("input").backward(a.tensor("gradient"), options(a));
            } else {
                a.tensor("input").backward(options(a));
            }
            return null;
        });
        TorchTable.define(
                "torch.autograd.grad(outputs, inputs, grad_outputs, retain_graph, create_graph, allow_unused)", a -> {
                    List<Tensor> incoming = a.has("grad_outputs") ? one(a, "grad_outputs") : null;
                    return new Tuple(
                            new ArrayList<>(Autograd.grad(one(a, "outputs"), one(a, "inputs"), incoming, options(a))));
                });
        for (String name : List.of("jacobian", "hessian")) {
            TorchTable.define(
                    "torch.autograd.functional." + name + "(func, inputs)", a -> derivative(name, a, List.of()));
        }
        for (String name : List.of("vjp", "jvp", "hvp", "vhp")) {
            TorchTable.define(
                    "torch.autograd.functional." + name + "(func, inputs, v)", a -> derivative(name, a, one(a, "v")));
        }
        modes();
    }

    private static void modes() {
        TorchTable.define("torch.autograd.detect_anomaly()", _ -> new PythonContext(Autograd::detectAnomaly));
        TorchTable.define("torch.no_grad()", _ -> new PythonContext(Autograd::noGrad));
        TorchTable.define("torch.enable_grad()", _ -> new PythonContext(Autograd::enableGrad));
        for (String name : List.of("torch.set_grad_enabled", "torch.autograd.set_grad_enabled")) {
            TorchTable.define(name + "(mode)", a -> a.flag("mode", true) ? Autograd.enableGrad() : Autograd.noGrad());
        }
        TorchTable.define("Tensor.is_inference(input)", a -> a.tensor("input") == null);
        // Values and gradients are the function's; nothing is computed twice to save memory.
        TorchTable.define("torch.utils.checkpoint.checkpoint(function, *args, use_reentrant)", a -> {
            a.flag("use_reentrant", false);
            return PythonValues.call(a.get("function"), Torch.items(a.get("args")), Map.of());
        });
        TorchTable.define("torch.is_grad_enabled()", _ -> Autograd.isGradEnabled());
        // A tensor that is made without a graph costs no more here than one made in PyTorch's inference mode.
        TorchTable.define(
                "torch.inference_mode(mode)",
                a -> new PythonContext(a.flag("mode", true) ? Autograd::noGrad : Autograd::enableGrad));
    }

    private static GraphOption[] options(Arguments a) {
        List<GraphOption> options = new ArrayList<>();
        if (a.flag("retain_graph", false)) {
            options.add(GraphOption.RETAIN_GRAPH);
        }
        if (a.flag("create_graph", false)) {
            options.add(GraphOption.CREATE_GRAPH);
        }
        if (a.flag("allow_unused", false)) {
            options.add(GraphOption.ALLOW_UNUSED);
        }
        return options.toArray(new GraphOption[0]);
    }

    private static List<Tensor> one(Arguments a, String name) {
        return a.get(name) instanceof Tensor t ? List.of(t) : a.tensors(name);
    }

    private static List<Tensor> optional(Object tensors) {
        return tensors instanceof Tensor t
                ? List.of(t)
                : Torch.items(tensors).stream().map(Tensor.class::cast).toList();
    }

    /** Of one input; those of several come nested in PyTorch. */
    private static Object derivative(String name, Arguments a, List<Tensor> v) {
        if (!(a.get("func") instanceof Callable f) || !(a.get("inputs") instanceof Tensor x)) {
            throw new Unsupported(name + " of several inputs");
        }
        List<Object> results = Functional.apply(name, f, List.of(x), v);
        return results.size() == 1 ? results.getFirst() : new Tuple(results);
    }
}
