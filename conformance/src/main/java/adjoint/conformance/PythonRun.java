package adjoint.conformance;

import adjoint.conformance.Code.Argument;
import adjoint.conformance.Code.Collection;
import adjoint.nn.PackedSequence;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Carries out the Python of a reference case: here the values of expressions, in {@link PythonStatements} statements.
 * Values are Tensor, Long, Double, Boolean, String, null, List, Map, Set, {@link Tuple}, {@link Slice}, functions,
 * {@link PythonClass} and its instances, and {@link Path} for a name that stands for itself ({@code torch.float64}). What
 * such names mean is in {@link Torch}, what operators and attributes do to values in {@link PythonValues}.
 */
final class PythonRun {
    /**
     * Several values.
     *
     * @param name of a tuple with named fields, else null
     */
    record Tuple(List<Object> items, String name) {
        Tuple(List<Object> items) {
            this(items, null);
        }
    }

    record Slice(Object start, Object end, Object step) {}

    /** A dotted name that is no variable. */
    record Path(String name) {}

    /** Something that can be called. */
    interface Callable {
        Object call(List<Object> positional, Map<String, Object> named);
    }

    private final Map<String, Object> variables;
    private final PythonRun outer;
    private final Runnable before;

    /** Names whose variables are those of an outer function, or of none. */
    private final Map<String, PythonRun> elsewhere = new HashMap<>();

    /** Where the generator that is running puts what it hands out, or null. */
    private List<Object> yielded;

    /** Whether this is a class's body, whose variables functions in it do not see. */
    private boolean classBody;

    private PythonRun(Map<String, Object> variables, PythonRun outer, Runnable before) {
        this.variables = variables;
        this.outer = outer;
        this.before = before;
    }

    /** The value of an expression. */
    static Object value(String code, Map<String, Object> variables) {
        return new PythonRun(variables, null, () -> {}).value(PythonParser.parse(code));
    }

    /** Runs statements, which change the variables. */
    static void run(String code, Map<String, Object> variables) {
        run(code, variables, () -> {});
    }

    /** As {@link #run(String, Map)}; {@code before} is called before each statement. */
    static void run(String code, Map<String, Object> variables, Runnable before) {
        var run = new PythonRun(variables, null, before);
        new PythonStatements(run).execute(PythonParser.parse(code));
    }

    /** A place for variables within this one. */
    PythonRun inner(Map<String, Object> locals) {
        return new PythonRun(locals, this, before);
    }

    /** As {@link #inner(Map)}, for a function that hands out values: they are collected. */
    PythonRun generating(Map<String, Object> locals, List<Object> into) {
        PythonRun run = inner(locals);
        run.yielded = into;
        return run;
    }

    /** As {@link #inner(Map)}, for a class's body. */
    PythonRun members(Map<String, Object> members) {
        PythonRun run = inner(members);
        run.classBody = true;
        return run;
    }

    /** Called before each statement. */
    void before() {
        before.run();
    }

    /** Assigns to a name outside of this function from now on. */
    void outside(String name, boolean global) {
        PythonRun place = outer;
        while (place.outer != null && (global || !place.variables.containsKey(name))) {
            place = place.outer;
        }
        elsewhere.put(name, place);
    }

    /** The variable of this name, or the name itself, which may be one of PyTorch's. */
    Object variable(String name) {
        for (PythonRun place = this; place != null; place = place.outer) {
            boolean hidden = place.classBody && place != this;
            if (!hidden && place.variables.containsKey(name)) {
                return place.variables.get(name);
            }
        }
        return new Path(name);
    }

    void variable(String name, Object value) {
        elsewhere.getOrDefault(name, this).variables.put(name, value);
    }

    void remove(String name) {
        if (!elsewhere.getOrDefault(name, this).variables.containsKey(name)) {
            throw new PythonError("NameError", name);
        }
        elsewhere.getOrDefault(name, this).variables.remove(name);
    }

    void assign(Code target, Object value) {
        switch (target) {
            case Code.Name(String name) -> variable(name, value);
            case Code.Item(Code of, Code index) -> PythonValues.setItem(value(of), value(index), value);
            case Code.Attribute(Code of, String name) -> PythonValues.setAttribute(value(of), name, value);
            case Code.Sequence(List<Code> targets, Collection _) -> unpack(targets, Torch.items(value));
            default -> throw new Unsupported("assignment to " + target);
        }
    }

    private void unpack(List<Code> targets, List<Object> values) {
        int star = -1;
        for (int i = 0; i < targets.size(); i++) {
            star = targets.get(i) instanceof Code.Star ? i : star;
        }
        int rest = values.size() - targets.size();
        if (star < 0 ? rest != 0 : rest < -1) {
            throw new PythonError("ValueError", values.size() + " values for " + targets.size() + " names");
        }
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i) instanceof Code.Star(Code all)) {
                assign(all, new ArrayList<>(values.subList(i, i + rest + 1)));
            } else {
                assign(targets.get(i), values.get(star >= 0 && i > star ? i + rest : i));
            }
        }
    }

    Object value(Code code) {
        return switch (code) {
            case Code.Constant(Object value) -> value;
            case Code.Name(String name) -> variable(name);
            case Code.Attribute(Code of, String name) -> PythonValues.attribute(value(of), name);
            case Code.Call(Code function, List<Argument> arguments) -> call(function, arguments);
            case Code.Item(Code of, Code index) -> PythonValues.item(value(of), value(index));
            case Code.Range(Code start, Code end, Code step) ->
                new Slice(optional(start), optional(end), optional(step));
            case Code.Sequence(List<Code> items, Collection kind) -> collection(values(items), kind);
            case Code.Dictionary(List<Code> keys, List<Code> values) -> dictionary(keys, values);
            case Code.Comprehension all -> comprehension(all);
            case Code.Operation(String operator, Code left, Code right) -> operation(operator, left, right);
            case Code.Comparison(Code first, List<String> operators, List<Code> others) ->
                comparison(value(first), operators, others);
            case Code.Prefix(String operator, Code value) -> PythonValues.prefix(operator, value(value));
            case Code.Choice(Code condition, Code yes, Code no) -> value(truth(condition) ? yes : no);
            case Code.Lambda(Code.Signature signature, Code body) ->
                new PythonFunction("<lambda>", signature, body, this, false);
            case Code.Named(String name, Code value) -> {
                Object named = value(value);
                variable(name, named);
                yield named;
            }
            case Code.Text(List<Code> pieces) -> {
                var text = new StringBuilder();
                pieces.forEach(piece -> text.append(value(piece)));
                yield text.toString();
            }
            case Code.Piece(Code value, char conversion, Code format) -> {
                Object shown = conversion == 'r' ? PythonText.quoted(value(value)) : value(value);
                yield format == null ? Torch.text(shown) : PythonFormat.format(shown, (String) value(format));
            }
            case Code.Yield(Code value, boolean each) -> {
                Object next = value(value);
                yielded.addAll(each ? Torch.items(next) : java.util.Collections.singletonList(next));
                yield null;
            }
            default -> {
                new PythonStatements(this).execute(code);
                yield null;
            }
        };
    }

    boolean truth(Code condition) {
        return Torch.truth(value(condition));
    }

    private Object optional(Code code) {
        return code == null ? null : value(code);
    }

    private List<Object> values(List<Code> items) {
        List<Object> values = new ArrayList<>();
        for (Code item : items) {
            if (item instanceof Code.Star(Code spread)) {
                values.addAll(Torch.items(value(spread)));
            } else {
                values.add(value(item));
            }
        }
        return values;
    }

    private static Object collection(List<Object> values, Collection kind) {
        return switch (kind) {
            case TUPLE -> new Tuple(values);
            case LIST -> values;
            case SET -> new LinkedHashSet<>(values);
        };
    }

    private Object dictionary(List<Code> keys, List<Code> values) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Object value = value(values.get(i));
            if (keys.get(i) == null) {
                map.putAll((Map<?, ?>) value);
            } else {
                map.put(value(keys.get(i)), value);
            }
        }
        return map;
    }

    private Object comprehension(Code.Comprehension code) {
        Map<Object, Object> map = new LinkedHashMap<>();
        List<Object> list = new ArrayList<>();
        inner(new HashMap<>()).each(code.clauses(), 0, run -> {
            if (code.key() == null) {
                list.add(run.value(code.each()));
            } else {
                map.put(run.value(code.key()), run.value(code.each()));
            }
        });
        return code.key() == null ? collection(list, code.kind()) : map;
    }

    private void each(List<Code.Clause> clauses, int at, java.util.function.Consumer<PythonRun> body) {
        if (at == clauses.size()) {
            body.accept(this);
            return;
        }
        Code.Clause clause = clauses.get(at);
        for (Object item : Torch.items(value(clause.values()))) {
            assign(clause.target(), item);
            if (clause.conditions().stream().allMatch(this::truth)) {
                each(clauses, at + 1, body);
            }
        }
    }

    private Object operation(String operator, Code left, Code right) {
        Object l = value(left);
        return switch (operator) {
            case "and" -> Torch.truth(l) ? value(right) : l;
            case "or" -> Torch.truth(l) ? l : value(right);
            default -> Torch.operation(operator, l, value(right));
        };
    }

    private Object comparison(Object first, List<String> operators, List<Code> others) {
        Object left = first;
        for (int i = 0; ; i++) {
            Object right = value(others.get(i));
            Object result = Torch.operation(operators.get(i), left, right);
            if (i + 1 == operators.size() || !Torch.truth(result)) {
                return result;
            }
            left = right;
        }
    }

    private Object call(Code function, List<Argument> arguments) {
        if (function.equals(new Code.Name("super")) && arguments.isEmpty()) {
            return PythonClass.parent(variable(PythonFunction.OWNER), variable(PythonFunction.SELF));
        }
        Object target = value(function);
        List<Object> positional = new ArrayList<>();
        Map<String, Object> named = new LinkedHashMap<>();
        for (Argument argument : arguments) {
            Object value = value(argument.value());
            if (argument.name() == null) {
                positional.add(value);
            } else if (argument.name().equals("*")) {
                positional.addAll(Torch.items(value));
            } else if (argument.name().equals("**")) {
                ((Map<?, ?>) value).forEach((name, each) -> named.put((String) name, each));
            } else {
                named.put(argument.name(), value);
            }
        }
        return PythonValues.call(target, positional, named);
    }

    /** Tensors and other values in tuples and lists, in order, without them. */
    static List<Object> flat(Object value) {
        List<Object> flat = new ArrayList<>();
        flatten(value, flat);
        return flat;
    }

    private static void flatten(Object value, List<Object> into) {
        switch (value) {
            case Tuple(List<Object> items, String _) -> items.forEach(item -> flatten(item, into));
            case List<?> items -> items.forEach(item -> flatten(item, into));
            case Torch.Size(List<Object> sizes) -> into.addAll(sizes);
            case PackedSequence packed -> TorchRecurrent.fields(packed).forEach(item -> flatten(item, into));
            case Set<?> items -> items.forEach(item -> flatten(item, into));
            case null, default -> into.add(value);
        }
    }

    /** A value as a tensor. */
    static Tensor tensor(Object value) {
        return switch (value) {
            case Tensor tensor -> tensor;
            case Long number -> Tensor.scalar(number);
            case Double number -> Tensor.scalar(number);
            case Boolean truth -> Tensor.scalar(truth ? 1L : 0L).gt(0L);
            case null, default -> throw new Unsupported("a tensor of " + value);
        };
    }
}
