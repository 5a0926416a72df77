package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Path;
import adjoint.conformance.PythonRun.Slice;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.data.BatchSampler;
import adjoint.data.Dataset;
import adjoint.data.Sampler;
import adjoint.nn.Model;
import adjoint.nn.PackedSequence;
import adjoint.nn.Sequential;
import adjoint.tensor.Index;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/** What operators, subscripts and attributes mean on tensors and numbers. Functions are in {@link TorchTable}. */
final class Torch {
    private interface WithDouble {
        Tensor of(Tensor x, double number);
    }

    private interface WithLong {
        Tensor of(Tensor x, long number);
    }

    /** An operator's forms: with a tensor, a fraction or a whole number at the right. */
    private record Forms(BinaryOperator<Tensor> tensor, WithDouble fraction, WithLong whole) {
        Tensor apply(Tensor left, Object right) {
            return switch (right) {
                case Tensor t -> tensor.apply(left, t);
                case Double number when fraction != null -> fraction.of(left, number);
                case Long number when whole != null -> whole.of(left, number);
                case Boolean truth
                when tensor != null && whole != null && this != OPERATORS.get("**") ->
                    tensor.apply(left, Tensor.scalar(truth ? 1 : 0, DType.BOOL));
                case null, default -> throw new Unsupported("an operator with " + right);
            };
        }
    }

    /** A tensor's memory; equal where it is the same. */
    record Storage(Tensor tensor) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Storage(Tensor x) && x.sharesMemory(tensor);
        }

        /** One for all: whether memory is shared can only be asked of two tensors. */
        @Override
        public int hashCode() {
            return 0;
        }
    }

    private static final Map<String, Forms> OPERATORS = new HashMap<>();
    private static final Map<String, Forms> IN_PLACE = new HashMap<>();

    /** The operators with a number at the left. */
    private static final Map<String, Forms> REVERSED = new HashMap<>();

    static {
        OPERATORS.put("+", new Forms(Tensor::add, Tensor::add, Tensor::add));
        OPERATORS.put("-", new Forms(Tensor::sub, Tensor::sub, Tensor::sub));
        OPERATORS.put("*", new Forms(Tensor::mul, Tensor::mul, Tensor::mul));
        OPERATORS.put("/", new Forms(Tensor::div, Tensor::div, Tensor::div));
        OPERATORS.put("**", new Forms(Tensor::pow, Tensor::pow, Tensor::pow));
        OPERATORS.put("==", new Forms(Tensor::eq, Tensor::eq, Tensor::eq));
        OPERATORS.put("!=", new Forms(Tensor::ne, Tensor::ne, Tensor::ne));
        OPERATORS.put("<", new Forms(Tensor::lt, Tensor::lt, Tensor::lt));
        OPERATORS.put("<=", new Forms(Tensor::le, Tensor::le, Tensor::le));
        OPERATORS.put(">", new Forms(Tensor::gt, Tensor::gt, Tensor::gt));
        OPERATORS.put(">=", new Forms(Tensor::ge, Tensor::ge, Tensor::ge));
        OPERATORS.put("//", new Forms(Tensor::floorDivide, Tensor::floorDivide, Tensor::floorDivide));
        OPERATORS.put("%", new Forms(Tensor::remainder, Tensor::remainder, Tensor::remainder));
        OPERATORS.put("&", new Forms(Tensor::bitwiseAnd, null, Tensor::bitwiseAnd));
        OPERATORS.put("|", new Forms(Tensor::bitwiseOr, null, Tensor::bitwiseOr));
        OPERATORS.put("^", new Forms(Tensor::bitwiseXor, null, Tensor::bitwiseXor));
        OPERATORS.put("<<", new Forms(Tensor::shiftLeft, null, Tensor::shiftLeft));
        OPERATORS.put(">>", new Forms(Tensor::shiftRight, null, Tensor::shiftRight));
        OPERATORS.put("@", new Forms(Tensor::matmul, null, null));
        REVERSED.put("+", OPERATORS.get("+"));
        REVERSED.put("*", OPERATORS.get("*"));
        REVERSED.put("-", new Forms(null, Tensor::rsub, Tensor::rsub));
        REVERSED.put("/", new Forms(null, Tensor::rdiv, Tensor::rdiv));
        REVERSED.put("//", new Forms(null, Tensor::rfloorDivide, Tensor::rfloorDivide));
        REVERSED.put("%", new Forms(null, Tensor::rremainder, Tensor::rremainder));
        REVERSED.put("&", OPERATORS.get("&"));
        REVERSED.put("|", OPERATORS.get("|"));
        REVERSED.put("^", OPERATORS.get("^"));
        REVERSED.put("**", new Forms(null, Tensor::rpow, Tensor::rpow));
        REVERSED.put("==", OPERATORS.get("=="));
        REVERSED.put("!=", OPERATORS.get("!="));
        REVERSED.put("<", OPERATORS.get(">"));
        REVERSED.put("<=", OPERATORS.get(">="));
        REVERSED.put(">", OPERATORS.get("<"));
        REVERSED.put(">=", OPERATORS.get("<="));
        IN_PLACE.put("+", new Forms(Tensor::addInPlace, Tensor::addInPlace, Tensor::addInPlace));
        IN_PLACE.put("-", new Forms(Tensor::subInPlace, Tensor::subInPlace, Tensor::subInPlace));
        IN_PLACE.put("*", new Forms(Tensor::mulInPlace, Tensor::mulInPlace, Tensor::mulInPlace));
        IN_PLACE.put("/", new Forms(Tensor::divInPlace, Tensor::divInPlace, Tensor::divInPlace));
        IN_PLACE.put("**", new Forms(Tensor::powInPlace, Tensor::powInPlace, Tensor::powInPlace));
    }

    /** A shape, which prints as such. */
    record Size(List<Object> sizes) {}

    record Device(String type) {}

    private Torch() {}

    /** What Python calls the operators as methods of a class. */
    private static final Map<String, String> SPECIAL = Map.ofEntries(
            Map.entry("+", "add"),
            Map.entry("-", "sub"),
            Map.entry("*", "mul"),
            Map.entry("/", "truediv"),
            Map.entry("//", "floordiv"),
            Map.entry("%", "mod"),
            Map.entry("**", "pow"),
            Map.entry("@", "matmul"),
            Map.entry("==", "eq"),
            Map.entry("!=", "ne"),
            Map.entry("<", "lt"),
            Map.entry("<=", "le"),
            Map.entry(">", "gt"),
            Map.entry(">=", "ge"));

    static Object operation(String operator, Object left, Object right) {
        if (operator.startsWith("is") || operator.endsWith("in")) {
            return PythonNumbers.operation(operator, left, right);
        }
        String special = SPECIAL.get(operator);
        if (left instanceof PythonClass.Instance a && a.type().find("__" + special + "__") != null) {
            return PythonClass.special(left, "__" + special + "__", right);
        }
        if (right instanceof PythonClass.Instance b && b.type().find("__r" + special + "__") != null) {
            return PythonClass.special(right, "__r" + special + "__", left);
        }
        boolean equality = operator.equals("==") || operator.equals("!=");
        if (equality && (left == null || right == null)) {
            return PythonNumbers.operation(operator, left, right);
        }
        if (left instanceof Tensor x) {
            return forms(OPERATORS, operator).apply(x, right);
        }
        if (right instanceof Tensor y) {
            return forms(REVERSED, operator).apply(y, left);
        }
        return PythonNumbers.operation(operator, left, right);
    }

    private static Forms forms(Map<String, Forms> table, String operator) {
        Forms forms = table.get(operator);
        if (forms == null) {
            throw new Unsupported("operator " + operator + " on tensors");
        }
        return forms;
    }

    /** {@code left operator= right}: in place for tensors. */
    static Object update(String operator, Object left, Object right) {
        return left instanceof Tensor x ? forms(IN_PLACE, operator).apply(x, right) : operation(operator, left, right);
    }

    static Object prefix(String operator, Tensor x) {
        return switch (operator) {
            case "-" -> x.neg();
            case "~" -> x.bitwiseNot();
            case "+" -> x;
            default -> throw new Unsupported(operator + " of a tensor");
        };
    }

    /** Whether a number is in a tensor. */
    static boolean contains(Object all, Object value) {
        if (all instanceof Tensor x) {
            return truth(((Tensor) operation("==", x, value)).any());
        }
        return items(all).stream().anyMatch(each -> PythonNumbers.same(each, value));
    }

    /** As {@code str} gives it. */
    static String text(Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean truth -> truth ? "True" : "False";
            case String s -> s;
            case Long n -> n.toString();
            case Double d -> PythonText.number(d);
            case Tensor x -> x.toString();
            case PythonClass.Instance instance
            when instance.type().find("__str__") != null -> (String) PythonClass.special(value, "__str__");
            case PythonClass.Instance instance
            when instance.type().find("__repr__") != null -> (String) PythonClass.special(value, "__repr__");
            case Model model -> model.structure();
            case Device(String type) -> type;
            case TorchModels.Keys keys -> keys.toString();
            case Size(List<Object> sizes) -> "torch.Size(" + PythonText.list(sizes, "[", "]") + ")";
            case Tuple tuple when tuple.name() != null -> ReturnTypes.text(tuple);
            case Tuple(List<Object> items, String _)
            when items.size() == 1 -> "(" + PythonText.quoted(items.getFirst()) + ",)";
            case Tuple(List<Object> items, String _) -> PythonText.list(items, "(", ")");
            case List<?> items -> PythonText.list(items, "[", "]");
            case Set<?> items -> items.isEmpty() ? "set()" : PythonText.list(List.copyOf(items), "{", "}");
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(e -> PythonText.quoted(e.getKey()) + ": " + PythonText.quoted(e.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case RuntimeException error -> error.getMessage();
            case Path(String name) when name.startsWith("torch.") -> name;
            default -> throw new Unsupported("text of " + value);
        };
    }

    static Tensor where(Tensor condition, Object a, Object b) {
        return switch (a) {
            case Tensor x when b instanceof Long n -> Tensor.where(condition, x, n);
            case Tensor x when b instanceof Double n -> Tensor.where(condition, x, n);
            case Long n when b instanceof Tensor y -> Tensor.where(condition, n, y);
            case Double n when b instanceof Tensor y -> Tensor.where(condition, n, y);
            case null, default -> Tensor.where(condition, operand(a), operand(b));
        };
    }

    private static Tensor operand(Object value) {
        return value instanceof Boolean truth ? Tensor.scalar(truth ? 1 : 0, DType.BOOL) : PythonRun.tensor(value);
    }

    static boolean truth(Object value) {
        return switch (value) {
            case null -> false;
            case Boolean b -> b;
            case Long n -> n != 0;
            case Double n -> n != 0;
            case Tensor x -> x.itemBoolean();
            case String s -> !s.isEmpty();
            case Collection<?> items -> !items.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case Tuple(List<Object> items, String _) -> !items.isEmpty();
            case Size(List<Object> sizes) -> !sizes.isEmpty();
            case PythonClass.Instance instance
            when instance.type().find("__bool__") != null -> (Boolean) PythonClass.special(value, "__bool__");
            case PythonClass.Instance instance
            when instance.type().find("__len__") != null ->
                !PythonClass.special(value, "__len__").equals(0L);
            default -> true;
        };
    }

    /** The elements of a list, a tuple, or a tensor's first dimension. */
    static List<Object> items(Object value) {
        return switch (value) {
            case Tuple(List<Object> items, String _) -> items;
            case Collection<?> items -> new ArrayList<>(items);
            case PackedSequence packed -> TorchRecurrent.fields(packed);
            case Size(List<Object> sizes) -> sizes;
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case String text ->
                new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
            case Tensor x -> {
                Object[] rows = new Object[(int) x.size(0)];
                Arrays.setAll(rows, i -> x.select(0, i));
                yield List.of(rows);
            }
            case null -> throw new PythonError("TypeError", "None has no items");
            default -> {
                List<Object> all = new ArrayList<>();
                iterator(value).forEachRemaining(all::add);
                yield all;
            }
        };
    }

    /** Goes through the elements one by one. */
    static Iterator<Object> iterator(Object value) {
        return switch (value) {
            case PythonIterator iterator -> iterator;
            case PythonModule module -> module.layers().iterator();
            case TorchModels.Models models -> models.items().iterator();
            case PythonClass.Instance instance -> iterator(instance);
            case TorchData.Loader loader -> loader.iterator();
            case BatchSampler batches -> TorchData.lists(batches).iterator();
            case Dataset data ->
                IntStream.range(0, data.size())
                        .mapToObj(i -> item(data, (long) i))
                        .iterator();
            case Iterable<?> each ->
                new ArrayList<Object>(
                                StreamSupport.stream(each.spliterator(), false).toList())
                        .iterator();
            case Tuple _, Size _, Map<?, ?> _, String _, Tensor _ ->
                items(value).iterator();
            case null, default -> throw new PythonError("TypeError", PythonValues.className(value) + " has no items");
        };
    }

    private static Iterator<Object> iterator(PythonClass.Instance instance) {
        if (instance.type().find("__iter__") != null) {
            Object iterator = PythonClass.special(instance, "__iter__");
            return iterator instanceof PythonClass.Instance own ? counting(own) : iterator(iterator);
        }
        long length = (Long) PythonBuiltins.FUNCTIONS.get("len").call(List.of(instance), Map.of());
        return LongStream.range(0, length)
                .mapToObj(i -> PythonValues.item(instance, i))
                .iterator();
    }

    /** Asks for the next until there is none. */
    private static Iterator<Object> counting(PythonClass.Instance iterator) {
        List<Object> all = new ArrayList<>();
        try {
            while (true) {
                all.add(PythonClass.special(iterator, "__next__"));
            }
        } catch (PythonError e) {
            if (!e.type().equals("StopIteration")) {
                throw e;
            }
        }
        return all.iterator();
    }

    /** How many elements there are. */
    static long length(Object value) {
        return switch (value) {
            case TorchData.Loader loader -> loader.size();
            case Sampler sampler -> sampler.size();
            case BatchSampler batches -> batches.size();
            case Dataset data -> data.size();
            case null, default -> items(value).size();
        };
    }

    private static Index[] indices(Object index) {
        if (index instanceof Tuple(List<Object> items, String _)) {
            return items.stream().map(Torch::index).toArray(Index[]::new);
        }
        return new Index[] {index(index)};
    }

    private static Index index(Object index) {
        return switch (index) {
            case null -> Index.NEW_AXIS;
            case Long position -> Index.at(position);
            case Slice(Object start, Object end, Object step) ->
                new Index.Range(whole(start), whole(end), step == null ? 1 : whole(step));
            case Path(String name) when name.equals("Ellipsis") -> Index.ELLIPSIS;
            case Tensor t -> Index.of(t);
            case List<?> list
            when list.stream().allMatch(Long.class::isInstance) ->
                Index.list(list.stream().mapToLong(v -> (Long) v).toArray());
            default -> throw new Unsupported("index " + index);
        };
    }

    private static Long whole(Object bound) {
        return bound == null ? null : (Long) PythonNumbers.index(bound);
    }

    static Object item(Object of, Object index) {
        if (of instanceof Tensor x) {
            return x.at(indices(index));
        }
        if (of instanceof Sequential layers && index instanceof Long position) {
            return layers.get(Math.toIntExact(position));
        }
        if (of instanceof Dataset data && index instanceof Long position) {
            return TorchData.sample(data, Math.toIntExact(position));
        }
        if (of instanceof TorchModels.Models models) {
            return models.get(index);
        }
        if (of instanceof Size(List<Object> sizes)) {
            return index instanceof Slice slice
                    ? new Size(PythonCollections.slice(sizes, slice))
                    : PythonValues.at(sizes, PythonNumbers.index(index));
        }
        throw new Unsupported("item " + index);
    }

    static void setItem(Object of, Object index, Object value) {
        if (!(of instanceof Tensor x)) {
            throw new Unsupported("writing into " + of);
        }
        switch (value) {
            case Tensor values -> x.set(values, indices(index));
            case Number number -> x.set(number.doubleValue(), indices(index));
            case null, default -> throw new Unsupported("writing of " + value);
        }
    }

    static Object attribute(Object of, String name) {
        if (!(of instanceof Tensor x)) {
            Callable method = known(of, name);
            return method == null ? TorchObjects.attribute(of, name) : method;
        }
        return switch (name) {
            case "shape" -> new Size(shape(x).items());
            case "dtype" -> new Path("torch." + x.dtype());
            case "ndim" -> (long) x.shape().rank();
            case "grad" -> x.grad();
            case "requires_grad" -> x.requiresGrad();
            case "is_leaf" -> x.isLeaf();
            case "grad_fn" -> x.gradFn();
            case "data" -> x.data();
            case "_version" -> (long) x.version();
            case "T" -> x.t();
            case "mT" -> x.transpose(-1, -2);
            case "device" -> new Device("cpu");
            case "itemsize" -> (long) x.dtype().bytes();
            case "__class__" -> new Path("torch.Tensor");
            default -> method(x, name);
        };
    }

    /** Whether this says where a tensor is: there is one place only. */
    static boolean isPlace(Object value) {
        return value instanceof Device || "cpu".equals(value);
    }

    /** The name of an object's class: PyTorch's, where the classes are called the same. */
    static String className(Object value) {
        String name = value.getClass().getSimpleName();
        return switch (value) {
            case Path(String path) when Arguments.isDType(path) -> "torch.dtype";
            case Model _ -> "nn." + name;
            case adjoint.optim.Optimizer _ -> "torch.optim." + name;
            default -> name;
        };
    }

    /** Whether an object is of a class of PyTorch's. */
    static boolean isA(Object value, String name) {
        return switch (name) {
            case "nn.Module" -> value instanceof Model;
            case "nn.Parameter" -> value instanceof Tensor t && t.isParameter();
            case "torch.Tensor" -> value instanceof Tensor;
            case "torch.optim.Optimizer" -> value instanceof adjoint.optim.Optimizer;
            case "torch.utils.data.Dataset" -> value instanceof Dataset;
            case String layer when layer.startsWith("nn.") -> className(value).equals(layer);
            default -> false;
        };
    }

    static Tuple shape(Tensor x) {
        return new Tuple(
                Arrays.stream(x.shape().sizes()).<Object>mapToObj(size -> size).toList());
    }

    private static Tensor tensor(Object value) {
        if (value == null || value instanceof Tensor) {
            return (Tensor) value;
        }
        throw new Unwritable(PythonValues.className(value) + " in the place of a tensor");
    }

    static void setAttribute(Object of, String name, Object value) {
        switch (of) {
            case Tensor x when name.equals("grad") -> x.grad(tensor(value));
            case Tensor x when name.equals("data") -> x.data(tensor(value));
            case Tensor x when name.equals("requires_grad") -> x.requiresGrad((Boolean) value);
            case Model model
            when model.parts().containsKey(name) -> throw new Unwritable("something else in the place of a parameter");
            case null, default -> throw new Unsupported("setting of " + name);
        }
    }

    /** The names under which an object's methods are defined, the most special first. */
    private static List<String> kinds(Object receiver) {
        if (receiver instanceof Tensor) {
            return List.of("Tensor");
        }
        List<String> kinds = new ArrayList<>();
        if (receiver instanceof PythonModule) {
            kinds.add("Module");
        }
        kinds.add(receiver.getClass().getSimpleName());
        if (TorchObjects.kind(receiver) != null) {
            kinds.add(TorchObjects.kind(receiver));
        }
        return kinds;
    }

    /** A method that the table has, as a function of the arguments that follow the object; or null. */
    static Callable known(Object receiver, String name) {
        if (receiver instanceof Storage && name.equals("data_ptr")) {
            return (_, _) -> receiver;
        }
        for (String kind : kinds(receiver)) {
            Callable function = TorchTable.FUNCTIONS.get(kind + "." + name);
            if (function != null) {
                return PythonClass.bound(function, receiver);
            }
        }
        return null;
    }

    private static Callable method(Object receiver, String name) {
        Callable known = known(receiver, name);
        if (known == null) {
            throw new Unsupported(kinds(receiver).getLast() + "." + name);
        }
        return known;
    }

    /** The name by which the table knows a function or a class. */
    static Path path(Path path) {
        String name = path.name();
        for (var alias : ALIASES.entrySet()) {
            if (name.equals(alias.getKey()) || name.startsWith(alias.getKey() + ".")) {
                return path(new Path(
                        alias.getValue() + name.substring(alias.getKey().length())));
            }
        }
        return path;
    }

    private static final Map<String, String> ALIASES = Map.of(
            "torch.nn", "nn",
            "nn.functional", "F");

    /** What a dotted name means: a number, or itself. */
    static Object constant(String name) {
        Object number = PythonMath.CONSTANTS.get(name);
        return number == null ? new Path(name) : number;
    }

    static Callable function(String name) {
        String known = path(new Path(name)).name();
        for (String each : List.of(name, known, "torch." + known)) {
            Callable function = TorchTable.FUNCTIONS.getOrDefault(each, PythonBuiltins.FUNCTIONS.get(each));
            if (function != null) {
                return function;
            }
        }
        throw new Unsupported(known);
    }
}
