package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Path;
import adjoint.conformance.PythonRun.Slice;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.data.Batch;
import adjoint.data.DataLoader;
import adjoint.data.Dataset;
import adjoint.nn.Model;
import adjoint.nn.Sequential;
import adjoint.tensor.Index;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

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

    static Object operation(String operator, Object left, Object right) {
        if (operator.equals("is") || operator.equals("is not")) {
            return (left == right) == operator.equals("is");
        }
        if (left instanceof Tensor x && !(right instanceof Tensor)) {
            return forms(OPERATORS, operator).apply(x, right);
        }
        if (left instanceof Tensor x && right instanceof Tensor y) {
            return forms(OPERATORS, operator).apply(x, y);
        }
        if (right instanceof Tensor y) {
            return forms(REVERSED, operator).apply(y, left);
        }
        return numbers(operator, left, right);
    }

    private static Forms forms(Map<String, Forms> table, String operator) {
        Forms forms = table.get(operator);
        if (forms == null) {
            throw new Unsupported("operator " + operator + " on tensors");
        }
        return forms;
    }

    private static Object numbers(String operator, Object left, Object right) {
        if (operator.equals("==") || operator.equals("!=")) {
            return (left == null ? right == null : left.equals(right)) == operator.equals("==");
        }
        if (operator.equals("+") && left instanceof String a && right instanceof String b) {
            return a + b;
        }
        if (operator.equals("+") && left instanceof List<?> a && right instanceof List<?> b) {
            List<Object> both = new ArrayList<>(a);
            both.addAll(b);
            return both;
        }
        if (!(left instanceof Number a) || !(right instanceof Number b)) {
            throw new Unsupported("operator " + operator + " on " + left + " and " + right);
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        Object result = switch (operator) {
            case "<" -> x < y;
            case "<=" -> x <= y;
            case ">" -> x > y;
            case ">=" -> x >= y;
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "/" -> x / y;
            case "//" -> Math.floor(x / y);
            case "%" -> x - y * Math.floor(x / y);
            case "**" -> Math.pow(x, y);
            default -> throw new Unsupported("operator " + operator + " on numbers");
        };
        boolean whole = left instanceof Long && right instanceof Long && !operator.equals("/");
        return whole && result instanceof Double d ? (Object) (long) (double) d : result;
    }

    /** {@code left operator= right}: in place for tensors. */
    static Object update(String operator, Object left, Object right) {
        return left instanceof Tensor x ? forms(IN_PLACE, operator).apply(x, right) : operation(operator, left, right);
    }

    static Object prefix(String operator, Object value) {
        return switch (value) {
            case Object v when operator.equals("not") -> !truth(v);
            case Tensor x when operator.equals("-") -> x.neg();
            case Tensor x when operator.equals("~") -> x.bitwiseNot();
            case Long n when operator.equals("-") -> -n;
            case Double n when operator.equals("-") -> -n;
            case null, default -> throw new Unsupported(operator + " of " + value);
        };
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
            case Model model -> model.structure();
            case Device(String type) -> "device(type='" + type + "')";
            case Size(List<Object> sizes) -> "torch.Size(" + PythonText.list(sizes, "[", "]") + ")";
            case Tuple tuple
            when tuple.name() != null ->
                "torch.return_types." + tuple.name() + "(\nvalues="
                        + text(tuple.items().get(0)) + ",\nindices="
                        + text(tuple.items().get(1)) + ")";
            case Tuple(List<Object> items, String _)
            when items.size() == 1 -> "(" + PythonText.quoted(items.getFirst()) + ",)";
            case Tuple(List<Object> items, String _) -> PythonText.list(items, "(", ")");
            case List<?> items -> PythonText.list(items, "[", "]");
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
            case List<?> list -> !list.isEmpty();
            default -> throw new Unsupported("truth of " + value);
        };
    }

    /** The elements of a list, a tuple, or a tensor's first dimension. */
    static List<Object> items(Object value) {
        return switch (value) {
            case Tuple(List<Object> items, String _) -> items;
            case List<?> list -> new ArrayList<>(list);
            case Size(List<Object> sizes) -> sizes;
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case Sequential layers -> {
                List<Object> all = new ArrayList<>();
                layers.forEach(all::add);
                yield all;
            }
            case DataLoader loader -> {
                List<Object> batches = new ArrayList<>();
                for (Batch batch : loader) {
                    batches.add(batch(batch));
                }
                yield batches;
            }
            case Tensor x -> {
                Object[] rows = new Object[(int) x.size(0)];
                Arrays.setAll(rows, i -> x.select(0, i));
                yield List.of(rows);
            }
            case null, default -> throw new Unsupported("items of " + value);
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
                new Index.Range((Long) start, (Long) end, step == null ? 1 : (Long) step);
            case Path(String name) when name.equals("Ellipsis") -> Index.ELLIPSIS;
            case Tensor t -> Index.of(t);
            case List<?> list
            when list.stream().allMatch(Long.class::isInstance) ->
                Index.list(list.stream().mapToLong(v -> (Long) v).toArray());
            default -> throw new Unsupported("index " + index);
        };
    }

    static Object item(Object of, Object index) {
        if (of instanceof Tensor x) {
            return x.at(indices(index));
        }
        if (of instanceof Sequential layers && index instanceof Long position) {
            return layers.get(Math.toIntExact(position));
        }
        if (of instanceof Dataset data && index instanceof Long position) {
            return new Tuple(List.copyOf(data.get(Math.toIntExact(position)).tensors()));
        }
        if (of instanceof TorchObjects.Models(Map<String, Object> parts) && parts.containsKey(index)) {
            return parts.get(index);
        }
        if (of instanceof Map<?, ?> map) {
            return map.get(index);
        }
        if (index instanceof Long position) {
            List<Object> items = items(of);
            return items.get((int) (position < 0 ? position + items.size() : position));
        }
        throw new Unsupported("item " + index);
    }

    /** A batch of one tensor is that tensor where a tensor was what was given as the data. */
    private static Object batch(Batch batch) {
        return batch.tensors().size() == 1 ? batch.get(0) : new ArrayList<Object>(batch.tensors());
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
            return TorchObjects.attribute(of, name);
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
            default -> throw new Unsupported("attribute " + name);
        };
    }

    static Tuple shape(Tensor x) {
        return new Tuple(
                Arrays.stream(x.shape().sizes()).<Object>mapToObj(size -> size).toList());
    }

    static void setAttribute(Object of, String name, Object value) {
        if (of instanceof Tensor x && name.equals("grad")) {
            x.grad((Tensor) value);
        } else {
            throw new Unsupported("setting of " + name);
        }
    }

    static Callable method(Object receiver, String name) {
        if (receiver instanceof Tensor) {
            return function("Tensor." + name);
        }
        String own = receiver == null ? "" : receiver.getClass().getSimpleName() + "." + name;
        if (TorchTable.FUNCTIONS.containsKey(own)) {
            return function(own);
        }
        if (TorchObjects.kind(receiver) != null) {
            return function(TorchObjects.kind(receiver) + "." + name);
        }
        if (receiver instanceof TorchRandom.Generator) {
            return function("Generator." + name);
        }
        if (receiver instanceof Storage && name.equals("data_ptr")) {
            return (positional, _) -> positional.getFirst();
        }
        if (receiver instanceof List<?> && name.equals("append")) {
            return (positional, _) -> {
                append(positional.get(0), positional.get(1));
                return null;
            };
        }
        throw new Unsupported("method " + name);
    }

    @SuppressWarnings("unchecked")
    private static void append(Object list, Object item) {
        ((List<Object>) list).add(item);
    }

    static Callable function(String name) {
        String usual = name.replaceFirst("^torch\\.nn\\.functional\\.", "F.").replaceFirst("^torch\\.nn\\.(?=[A-Z])", "nn.");
        Callable function = TorchTable.FUNCTIONS.get(usual);
        if (function == null) {
            throw new Unsupported(name);
        }
        return function;
    }
}
