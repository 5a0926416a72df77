package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * PyTorch's functions by name, as calls of this library. A line here makes every reference case that needs no more
 * than that function count; arguments that a line does not look at make a case unsupported, not wrong.
 */
final class TorchTable {
    static final Map<String, Callable> FUNCTIONS = new HashMap<>();

    /**
     * Where a function was defined, for the page that says what it is here.
     *
     * @param calls the calls that led to its definition, the innermost first
     */
    record Definition(String signature, List<StackWalker.StackFrame> calls) {}

    static final Map<String, Definition> DEFINITIONS = new LinkedHashMap<>();

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    static {
        TorchElementwise.define();
        TorchTypes.define();
        TorchObjects.define();
        TorchModels.define();
        TorchOptim.define();
        TorchSchedules.define();
        TorchConvolution.define();
        TorchLayers.define();
        TorchRandom.define();
        TorchData.define();
        TorchFiles.define();
        TorchDistributions.define();
        PythonModule.define();
        TorchReductions.define();
        TorchProducts.define();
        TorchLinalg.define();
        TorchShapes.define();
        TorchIndexing.define();
        TorchActivations.define();
        TorchLosses.define();
        TorchCreation.define();
        TorchGradients.define();
        TorchSpecial.define();
    }

    private TorchTable() {}

    /** Defines a function by its signature, {@code name(first, second, *rest)}. */
    static void define(String signature, Function<Arguments, Object> body) {
        int open = signature.indexOf('(');
        String name = signature.substring(0, open);
        String inside = signature.substring(open + 1, signature.length() - 1);
        List<String> names = inside.isEmpty() ? List.of() : List.of(inside.split(", "));
        DEFINITIONS.put(name, new Definition(signature, calls()));
        FUNCTIONS.put(name, (positional, named) -> {
            var arguments = new Arguments(name, names, positional, named);
            Object result = body.apply(arguments);
            arguments.checkAllRead();
            TorchModels.made(result, arguments);
            return result;
        });
    }

    private static List<StackWalker.StackFrame> calls() {
        return WALKER.walk(frames -> frames.skip(1)
                .takeWhile(frame -> !frame.getMethodName().equals("<clinit>"))
                .toList());
    }

    /** Defines a function of module torch that is also a method. */
    static void both(String signature, Function<Arguments, Object> body) {
        define("torch." + signature, body);
        define("Tensor." + signature, body);
    }

    static void unary(String name, UnaryOperator<Tensor> body) {
        both(name + "(input)", a -> body.apply(a.tensor("input")));
    }

    static void operator(String name, String operator) {
        both(name + "(input, other)", a -> Torch.operation(operator, a.get("input"), a.get("other")));
    }
}
