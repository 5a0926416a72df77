package adjoint.conformance;

import adjoint.conformance.PythonRun.Path;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.types.AdjointException;
import adjoint.types.DTypeException;
import adjoint.types.DataException;
import adjoint.types.GraphException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An error that Python itself or the program raises. */
final class PythonError extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Which errors are of which more general kind; all are Exceptions. */
    private static final Map<String, String> GENERAL = Map.of(
            "NotImplementedError", "RuntimeError",
            "IndexError", "LookupError",
            "KeyError", "LookupError",
            "ZeroDivisionError", "ArithmeticError",
            "OverflowError", "ArithmeticError");

    /** What PyTorch may raise where this library has an exception of its own. */
    private static final Map<Class<?>, Set<String>> TORCH = Map.of(
            GraphException.class, Set.of(),
            ShapeException.class, Set.of("ValueError", "TypeError", "AssertionError"),
            IndexException.class, Set.of("IndexError", "LookupError", "ValueError", "AssertionError"),
            DTypeException.class, Set.of("TypeError", "ValueError", "NotImplementedError"),
            ValueException.class, Set.of("ValueError", "TypeError", "AssertionError", "NotImplementedError"),
            DataException.class, Set.of("ValueError", "KeyError", "AssertionError"));

    private final String type;
    private final transient PythonClass own;

    PythonError(String type, String message) {
        this(type, message, null);
    }

    private PythonError(String type, String message, PythonClass own) {
        super(message);
        this.type = type;
        this.own = own;
    }

    /** The name of Python's class. */
    String type() {
        return type;
    }

    /** The error that {@code raise value} raises. */
    static RuntimeException of(Object value) {
        return switch (value) {
            case RuntimeException error -> error;
            case Path(String name) -> new PythonError(name, "");
            case PythonClass own -> of(PythonValues.call(own, List.of(), Map.of()));
            case PythonClass.Instance instance -> {
                Object message = instance.attributes().getOrDefault("args", "");
                yield new PythonError(instance.type().builtin(), Torch.text(message), instance.type());
            }
            case null, default -> throw new Unsupported("raise " + value);
        };
    }

    /** Whether {@code except type} takes this error. */
    static boolean matches(RuntimeException error, Object type) {
        return switch (type) {
            case Tuple(List<Object> types, String _) -> types.stream().anyMatch(each -> matches(error, each));
            case PythonClass wanted -> error instanceof PythonError e && e.own != null && e.own.isA(wanted);
            case Path(String name) when name.equals("Exception") || name.equals("BaseException") -> true;
            case Path(String name)
            when error instanceof AdjointException ->
                name.equals("RuntimeError")
                        || TORCH.getOrDefault(error.getClass(), Set.of()).contains(name);
            case Path(String name) ->
                error instanceof PythonError e && (e.type.equals(name) || name.equals(GENERAL.get(e.type)));
            case null, default -> throw new Unsupported("except " + type);
        };
    }
}
