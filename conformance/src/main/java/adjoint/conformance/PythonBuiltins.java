package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Path;
import adjoint.conformance.PythonRun.Slice;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Python's own functions. */
final class PythonBuiltins {
    /** A function of positional arguments and of some by name. */
    private interface Named {
        Object apply(List<Object> a, Map<String, Object> named);
    }

    static final Map<String, Callable> FUNCTIONS = new HashMap<>();

    static {
        numbers();
        collections();
        iteration();
        functions();
        objects();
        PythonMath.define();
    }

    private PythonBuiltins() {}

    /** Defines a function of positional arguments. */
    static void define(String name, Function<List<Object>, Object> body) {
        FUNCTIONS.put(name, PythonCollections.method(body));
    }

    /** As {@link #define}, with arguments by name that the function looks at; others are refused. */
    private static void define(String name, List<String> names, Named body) {
        FUNCTIONS.put(name, (positional, named) -> {
            if (!names.containsAll(named.keySet())) {
                throw new Unsupported(name + " with " + named.keySet());
            }
            return body.apply(positional, named);
        });
    }

    private static void numbers() {
        define("int", a -> a.isEmpty() ? 0L : whole(a.getFirst()));
        define("float", a -> a.isEmpty() ? 0.0 : real(a.getFirst()));
        define("bool", a -> !a.isEmpty() && Torch.truth(a.getFirst()));
        define("abs", a -> switch (a.getFirst()) {
            case Tensor x -> x.abs();
            case Double x -> Math.abs(x);
            case Object x -> Math.absExact(PythonNumbers.index(x));
        });
        define("round", a -> rounded(a.getFirst(), a.size() > 1 ? a.get(1) : null));
        define("pow", a -> Torch.operation("**", a.get(0), a.get(1)));
        define(
                "divmod",
                a -> new Tuple(
                        List.of(Torch.operation("//", a.get(0), a.get(1)), Torch.operation("%", a.get(0), a.get(1)))));
        define("sum", List.of("start"), (a, named) -> {
            Object sum = a.size() > 1 ? a.get(1) : named.getOrDefault("start", 0L);
            for (Object item : Torch.items(a.getFirst())) {
                sum = Torch.operation("+", sum, item);
            }
            return sum;
        });
        define("max", List.of("key", "default"), (a, named) -> extreme(a, named, true));
        define("min", List.of("key", "default"), (a, named) -> extreme(a, named, false));
    }

    private static long whole(Object value) {
        return switch (value) {
            case String s -> Long.parseLong(s.strip());
            case Double d -> (long) (double) d;
            case Tensor t -> t.dtype().isFloating() ? (long) t.item() : t.itemLong();
            default -> PythonNumbers.index(value);
        };
    }

    static double real(Object value) {
        return switch (value) {
            case String s -> {
                String text = s.strip().replace("infinity", "inf");
                yield Double.parseDouble(
                        text.endsWith("inf") ? text.replace("inf", "Infinity") : text.replace("nan", "NaN"));
            }
            case Number n -> n.doubleValue();
            case Boolean truth -> truth ? 1 : 0;
            case Tensor t -> t.item();
            case null, default -> throw new PythonError("TypeError", "float of " + PythonValues.className(value));
        };
    }

    private static Object rounded(Object value, Object digits) {
        if (value instanceof Long) {
            return value;
        }
        if (value instanceof Tensor x) {
            return x.round();
        }
        double x = real(value);
        if (digits == null) {
            return (long) Math.rint(x);
        }
        return Double.isFinite(x)
                ? (Object) new java.math.BigDecimal(x)
                        .setScale(Math.toIntExact((Long) digits), java.math.RoundingMode.HALF_EVEN)
                        .doubleValue()
                : (Object) x;
    }

    private static Object extreme(List<Object> a, Map<String, Object> named, boolean greatest) {
        List<Object> items = a.size() == 1 ? Torch.items(a.getFirst()) : a;
        if (items.isEmpty()) {
            if (named.containsKey("default")) {
                return named.get("default");
            }
            throw new PythonError("ValueError", "the extreme of nothing");
        }
        Comparator<Object> order = PythonCollections.comparator(named.get("key"), null);
        Object best = items.getFirst();
        for (Object item : items) {
            int sign = order.compare(item, best);
            best = (greatest ? sign > 0 : sign < 0) ? item : best;
        }
        return best;
    }

    private static void collections() {
        define("len", a -> length(a.getFirst()));
        define("list", a -> a.isEmpty() ? new ArrayList<>() : new ArrayList<>(Torch.items(a.getFirst())));
        define("tuple", a -> new Tuple(a.isEmpty() ? List.of() : new ArrayList<>(Torch.items(a.getFirst()))));
        for (String name : List.of("set", "frozenset")) {
            define(name, a -> a.isEmpty() ? new LinkedHashSet<>() : new LinkedHashSet<>(Torch.items(a.getFirst())));
        }
        for (String name : List.of("dict", "collections.OrderedDict", "OrderedDict")) {
            FUNCTIONS.put(name, (positional, named) -> {
                Map<Object, Object> map =
                        positional.isEmpty() ? new LinkedHashMap<>() : PythonCollections.copy(positional.getFirst());
                map.putAll(named);
                return map;
            });
        }
        define(
                "slice",
                a -> a.size() == 1
                        ? new Slice(null, a.getFirst(), null)
                        : new Slice(a.get(0), a.get(1), a.size() > 2 ? a.get(2) : null));
        define("sorted", List.of("key", "reverse"), (a, named) -> {
            List<Object> items = new ArrayList<>(Torch.items(a.getFirst()));
            items.sort(PythonCollections.comparator(named.get("key"), named.get("reverse")));
            return items;
        });
        define("any", a -> Torch.items(a.getFirst()).stream().anyMatch(Torch::truth));
        define("all", a -> Torch.items(a.getFirst()).stream().allMatch(Torch::truth));
    }

    private static long length(Object value) {
        return switch (value) {
            case Tensor t -> t.size(0);
            case String s -> s.codePointCount(0, s.length());
            case PythonClass.Instance _ when PythonClass.special(value, "__len__") instanceof Long own -> own;
            default -> Torch.length(value);
        };
    }

    private static void iteration() {
        define("range", a -> {
            long start = a.size() > 1 ? PythonNumbers.index(a.get(0)) : 0;
            long end = PythonNumbers.index(a.size() > 1 ? a.get(1) : a.get(0));
            long step = a.size() > 2 ? PythonNumbers.index(a.get(2)) : 1;
            if (step == 0) {
                throw new PythonError("ValueError", "range() arg 3 must not be zero");
            }
            List<Object> numbers = new ArrayList<>();
            for (long i = start; step > 0 ? i < end : i > end; i += step) {
                numbers.add(i);
            }
            return numbers;
        });
        define("enumerate", List.of("start"), (a, named) -> {
            long at = (Long) (a.size() > 1 ? a.get(1) : named.getOrDefault("start", 0L));
            List<Object> pairs = new ArrayList<>();
            for (Object item : Torch.items(a.getFirst())) {
                pairs.add(new Tuple(Arrays.asList(at++, item)));
            }
            return pairs;
        });
        define("zip", List.of("strict"), (a, _) -> {
            List<List<Object>> columns = a.stream().map(Torch::items).toList();
            int rows = columns.stream().mapToInt(List::size).min().orElse(0);
            List<Object> tuples = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                int row = i;
                tuples.add(new Tuple(columns.stream().map(c -> c.get(row)).collect(Collectors.toList())));
            }
            return tuples;
        });
        define("map", a -> {
            List<Object> results = new ArrayList<>();
            Object rows = a.size() == 2
                    ? Torch.items(a.get(1)).stream().map(Arrays::asList).collect(Collectors.toList())
                    : FUNCTIONS.get("zip").call(a.subList(1, a.size()), Map.of());
            Torch.items(rows).forEach(row -> results.add(PythonValues.call(a.getFirst(), Torch.items(row), Map.of())));
            return results;
        });
        define(
                "filter",
                a -> Torch.items(a.get(1)).stream()
                        .filter(item -> Torch.truth(
                                a.getFirst() == null
                                        ? item
                                        : PythonValues.call(a.getFirst(), Arrays.asList(item), Map.of())))
                        .collect(Collectors.toCollection(ArrayList::new)));
        define("reversed", a -> new ArrayList<>(Torch.items(a.getFirst()).reversed()));
        define("iter", a -> new PythonIterator(Torch.iterator(a.getFirst())));
        define(
                "next",
                a -> a.getFirst() instanceof PythonIterator values
                        ? values.hasNext() || a.size() == 1 ? values.next() : a.get(1)
                        : PythonClass.special(a.getFirst(), "__next__"));
    }

    private static void functions() {
        define("functools.reduce", a -> {
            List<Object> items = Torch.items(a.get(1));
            Object result = a.size() > 2 ? a.get(2) : items.getFirst();
            for (Object item : a.size() > 2 ? items : items.subList(1, items.size())) {
                result = PythonValues.call(a.getFirst(), Arrays.asList(result, item), Map.of());
            }
            return result;
        });
        FUNCTIONS.put("functools.partial", (positional, named) -> (Callable) (more, byName) -> {
            List<Object> all = new ArrayList<>(positional.subList(1, positional.size()));
            all.addAll(more);
            Map<String, Object> names = new LinkedHashMap<>(named);
            names.putAll(byName);
            return PythonValues.call(positional.getFirst(), all, names);
        });
    }

    private static void objects() {
        define("str", a -> a.isEmpty() ? "" : Torch.text(a.getFirst()));
        define("repr", a -> PythonText.quoted(a.getFirst()));
        define("format", a -> PythonFormat.format(a.get(0), a.size() > 1 ? (String) a.get(1) : ""));
        define("chr", a -> Character.toString((int) (long) (Long) a.getFirst()));
        define("ord", a -> (long) ((String) a.getFirst()).codePointAt(0));
        FUNCTIONS.put("print", (_, _) -> null);
        define("callable", a -> a.getFirst() instanceof Callable || a.getFirst() instanceof Path);
        define(
                "type",
                a -> a.getFirst() instanceof PythonClass.Instance instance
                        ? instance.type()
                        : new Path(PythonValues.className(a.getFirst())));
        define("isinstance", a -> isInstance(a.get(0), a.get(1)));
        define("issubclass", a -> ((PythonClass) a.get(0)).isA(a.get(1)));
        define("id", a -> (long) System.identityHashCode(a.getFirst()));
        define("hasattr", a -> has(a.get(0), (String) a.get(1)));
        define(
                "getattr",
                a -> a.size() > 2 && !has(a.get(0), (String) a.get(1))
                        ? a.get(2)
                        : PythonValues.attribute(a.get(0), (String) a.get(1)));
        define("setattr", a -> {
            PythonValues.setAttribute(a.get(0), (String) a.get(1), a.get(2));
            return null;
        });
        define("staticmethod", a -> new PythonClass.StaticMethod(a.getFirst()));
        define("classmethod", a -> new PythonClass.ClassMethod((Callable) a.getFirst()));
        define("property", a -> new PythonClass.Property((Callable) a.getFirst(), null));
        define("super", a -> PythonClass.parent(a.get(0), a.get(1)));
        define("object", _ -> new Object());
        for (String error : List.of(
                "Exception",
                "RuntimeError",
                "ValueError",
                "TypeError",
                "IndexError",
                "KeyError",
                "AssertionError",
                "NotImplementedError",
                "AttributeError",
                "ZeroDivisionError",
                "StopIteration",
                "OverflowError")) {
            define(error, a -> new PythonError(error, a.isEmpty() ? "" : Torch.text(a.getFirst())));
        }
        define("copy.copy", a -> copy(a.getFirst()));
        define("copy.deepcopy", a -> copy(a.getFirst()));
    }

    /** Of what holds nothing that could be changed, a copy is a deep one. */
    private static Object copy(Object value) {
        return switch (value) {
            case Tensor t when t.isLeaf() -> t.detach().clone().requiresGrad(t.requiresGrad());
            case List<?> list ->
                list.stream().map(PythonBuiltins::copy).collect(Collectors.toCollection(ArrayList::new));
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, each) -> copy.put(key, copy(each)));
                yield copy;
            }
            case Number n -> n;
            case String s -> s;
            case null, default -> throw new Unsupported("a copy of " + PythonValues.className(value));
        };
    }

    private static boolean has(Object of, String name) {
        try {
            PythonValues.attribute(of, name);
            return true;
        } catch (PythonError e) {
            if (e.type().equals("AttributeError")) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isInstance(Object value, Object type) {
        return switch (type) {
            case Tuple(List<Object> types, String _) -> types.stream().anyMatch(each -> isInstance(value, each));
            case PythonClass own ->
                value instanceof PythonClass.Instance instance
                        && instance.type().isA(own);
            case Path path -> {
                String name = Torch.path(path).name();
                boolean below = value instanceof PythonClass.Instance instance
                        && instance.type().isA(new Path(name));
                boolean truth = value instanceof Boolean && name.equals("int");
                boolean size = value instanceof Torch.Size && name.equals("tuple");
                yield below
                        || truth
                        || size
                        || Torch.isA(value, name)
                        || PythonValues.className(value).equals(name);
            }
            case null, default -> throw new Unsupported("isinstance of " + type);
        };
    }

    /** A tensor's one number. */
    static Object item(Tensor x) {
        return switch (x.dtype()) {
            case F32, F64 -> (Object) x.item();
            case BOOL -> x.itemBoolean();
            default -> x.itemLong();
        };
    }

    /** A tensor's numbers in lists. */
    static Object nested(Tensor x) {
        return x.shape().rank() == 0
                ? item(x)
                : Torch.items(x).stream()
                        .map(row -> nested((Tensor) row))
                        .collect(Collectors.toCollection(ArrayList::new));
    }
}
