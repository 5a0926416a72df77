package adjoint.conformance;

import adjoint.conformance.PythonRun.Path;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.tensor.Dim;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The arguments of a call, by the names of a signature. None counts as not given. */
final class Arguments {
    /** NumPy's names, which PyTorch's functions take too. */
    private static final Map<String, String> ALIASES = Map.of("axis", "dim", "keepdims", "keepdim");

    private final String function;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();

    /**
     * Binds arguments to names.
     *
     * @param names in order; a {@code *} before the last takes all further positional ones, or the one list that is
     *     given instead, and {@code **} those whose names are not known
     */
    Arguments(String function, List<String> names, List<Object> positional, Map<String, Object> named) {
        this.function = function;
        for (int i = 0; i < positional.size(); i++) {
            if (i >= names.size()) {
                throw new Unsupported(function + " with " + positional.size() + " arguments");
            }
            String name = names.get(i);
            if (name.startsWith("*")) {
                List<Object> rest = positional.subList(i, positional.size());
                values.put(name.substring(1), rest.size() == 1 && isList(rest.getFirst()) ? rest.getFirst() : rest);
                break;
            }
            values.put(name, positional.get(i));
        }
        Map<String, Object> rest = new LinkedHashMap<>();
        named.forEach((given, value) -> {
            String name = names.contains(given) ? given : ALIASES.getOrDefault(given, given);
            if (names.contains(name) || names.contains("*" + name)) {
                values.put(name, value);
            } else if (!names.isEmpty() && names.getLast().startsWith("**")) {
                rest.put(given, value);
            } else if (!given.equals("device") || !Torch.isPlace(value)) { // there is one place only
                throw new Unsupported(function + " with " + given);
            }
        });
        if (!names.isEmpty() && names.getLast().startsWith("**")) {
            values.put(names.getLast().substring(2), rest);
        }
    }

    private static boolean isList(Object value) {
        return value instanceof List<?> || value instanceof Tuple || value instanceof Torch.Size;
    }

    /** Raises {@link Unsupported} for an argument that was given and not looked at. */
    void checkAllRead() {
        values.forEach((name, value) -> {
            if (value != null && !read.contains(name)) {
                throw new Unsupported(function + " with " + name);
            }
        });
    }

    /** Whether it was written, be it as None. */
    boolean isWritten(String name) {
        return values.containsKey(name);
    }

    boolean has(String name) {
        return get(name) != null;
    }

    /** Whether None was given, where that means something else than nothing. */
    boolean isNone(String name) {
        return values.containsKey(name) && get(name) == null;
    }

    Object get(String name) {
        read.add(name);
        return values.get(name);
    }

    private Unsupported wrong(String name) {
        Object value = values.get(name);
        return new Unsupported(function + " with " + name + " = "
                + (value instanceof Tensor t ? "a tensor of shape " + t.shape() : value));
    }

    Tensor tensor(String name) {
        Object value = get(name);
        if (value instanceof Tensor tensor) {
            return tensor;
        }
        throw wrong(name);
    }

    List<Tensor> tensors(String name) {
        List<Tensor> tensors = new ArrayList<>();
        for (Object item : Torch.items(get(name))) {
            if (!(item instanceof Tensor tensor)) {
                throw wrong(name);
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    double number(String name, double otherwise) {
        return switch (get(name)) {
            case null -> otherwise;
            case Long whole -> whole;
            case Double real -> real;
            case Boolean truth -> truth ? 1 : 0;
            default -> throw wrong(name);
        };
    }

    double number(String name) {
        if (!has(name)) {
            throw wrong(name);
        }
        return number(name, 0);
    }

    int integer(String name, int otherwise) {
        return switch (get(name)) {
            case null -> otherwise;
            case Long whole -> Math.toIntExact(whole);
            default -> throw wrong(name);
        };
    }

    boolean flag(String name, boolean otherwise) {
        return switch (get(name)) {
            case null -> otherwise;
            case Boolean flag -> flag;
            case Long number -> number != 0;
            default -> throw wrong(name);
        };
    }

    /** One integer or several. */
    long[] sizes(String name) {
        return switch (get(name)) {
            case Long one -> new long[] {one};
            case null -> new long[0];
            case Object value
            when isList(value) ->
                Torch.items(value).stream()
                        .mapToLong(v -> {
                            if (v instanceof Long size) {
                                return size;
                            }
                            throw wrong(name);
                        })
                        .toArray();
            default -> throw wrong(name);
        };
    }

    /** One number or several. */
    double[] numbers(String name) {
        return switch (get(name)) {
            case Number one -> new double[] {one.doubleValue()};
            case Object value
            when isList(value) && Torch.items(value).stream().allMatch(Number.class::isInstance) ->
                Torch.items(value).stream()
                        .mapToDouble(v -> ((Number) v).doubleValue())
                        .toArray();
            case null, default -> throw wrong(name);
        };
    }

    /** Dimensions: none for all. */
    int[] dims(String name) {
        return Arrays.stream(sizes(name)).mapToInt(Math::toIntExact).toArray();
    }

    Dim keep(String name) {
        return flag(name, false) ? Dim.KEEP : Dim.DROP;
    }

    DType dtype(String name, DType otherwise) {
        return switch (get(name)) {
            case null -> otherwise;
            case Path(String path) -> dtype(path);
            default -> throw wrong(name);
        };
    }

    /** Whether this is the name of a type. */
    static boolean isDType(String name) {
        try {
            return name.startsWith("torch.") && dtype(name) != null;
        } catch (Unsupported _) {
            return false;
        }
    }

    /** The type of a PyTorch name, with or without {@code torch.} before it. */
    static DType dtype(String name) {
        return switch (name.substring(name.indexOf('.') + 1)) {
            case "float32", "float" -> DType.F32;
            case "float64", "double" -> DType.F64;
            case "int64", "long" -> DType.I64;
            case "int32", "int" -> DType.I32;
            case "int16", "short" -> DType.I16;
            case "int8" -> DType.I8;
            case "uint8" -> DType.U8;
            case "bool" -> DType.BOOL;
            default -> throw new Unsupported("type " + name);
        };
    }
}
