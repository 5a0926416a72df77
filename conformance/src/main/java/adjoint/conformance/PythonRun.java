package adjoint.conformance;

import adjoint.conformance.Code.Argument;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries out the Python of a reference case. Values are Tensor, Long, Double, Boolean, String, null, List, {@link
 * Tuple}, {@link Slice}, functions, and {@link Path} for a name that stands for itself ({@code torch.float64}). What
 * the names mean is in {@link Torch}.
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

    /** How a statement ended: null where the next one follows. */
    private record Left(Object value) {}

    private static final Left BROKEN = new Left(null);

    private final Map<String, Object> variables;
    private final PythonRun outer;
    private Runnable before = () -> {};

    private PythonRun(Map<String, Object> variables, PythonRun outer) {
        this.variables = variables;
        this.outer = outer;
    }

    /** The value of an expression. */
    static Object value(String code, Map<String, Object> variables) {
        return new PythonRun(variables, null).value(PythonParser.parse(code));
    }

    /** Runs statements, which change the variables. */
    static void run(String code, Map<String, Object> variables) {
        run(code, variables, () -> {});
    }

    /** As {@link #run(String, Map)}; {@code before} is called before each statement. */
    static void run(String code, Map<String, Object> variables, Runnable before) {
        var run = new PythonRun(variables, null);
        run.before = before;
        run.execute(PythonParser.parse(code));
    }

    private Object variable(String name) {
        for (PythonRun scope = this; scope != null; scope = scope.outer) {
            if (scope.variables.containsKey(name)) {
                return scope.variables.get(name);
            }
        }
        return new Path(name);
    }

    private Left execute(Code statement) {
        before.run();
        switch (statement) {
            case Code.Assign(Code target, Code value) -> assign(target, value(value));
            case Code.Update(Code target, String operator, Code value) ->
                assign(target, Torch.update(operator, value(target), value(value)));
            case Code.Block(List<Code> statements) -> {
                for (Code each : statements) {
                    Left left = execute(each);
                    if (left != null) {
                        return left;
                    }
                }
            }
            case Code.If(Code condition, Code yes, Code no) -> {
                return execute(Torch.truth(value(condition)) ? yes : no);
            }
            case Code.While(Code condition, Code body) -> {
                while (Torch.truth(value(condition))) {
                    Left left = execute(body);
                    if (left != null) {
                        return left == BROKEN ? null : left;
                    }
                }
            }
            case Code.For(Code target, Code values, Code body) -> {
                for (Object item : Torch.items(value(values))) {
                    assign(target, item);
                    Left left = execute(body);
                    if (left != null) {
                        return left == BROKEN ? null : left;
                    }
                }
            }
            case Code.With(Code manager, Code body) -> {
                if (!(value(manager) instanceof AutoCloseable resource)) {
                    throw new Unsupported("with " + manager);
                }
                return with(resource, body);
            }
            case Code.Define(String name, List<String> parameters, Code body) ->
                variables.put(name, function(parameters, body));
            case Code.Return(Code value) -> {
                return new Left(value(value));
            }
            case Code.Break _ -> {
                return BROKEN;
            }
            default -> value(statement);
        }
        return null;
    }

    private Left with(AutoCloseable resource, Code body) {
        try (resource) {
            return execute(body);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Callable function(List<String> parameters, Code body) {
        return (positional, named) -> {
            Map<String, Object> locals = new HashMap<>(named);
            for (int i = 0; i < positional.size(); i++) {
                locals.put(parameters.get(i), positional.get(i));
            }
            var run = new PythonRun(locals, this);
            if (body instanceof Code.Block block) {
                Left left = run.execute(block);
                return left == null ? null : left.value();
            }
            return run.value(body);
        };
    }

    private void assign(Code target, Object value) {
        switch (target) {
            case Code.Name(String name) -> variables.put(name, value);
            case Code.Item(Code of, Code index) -> Torch.setItem(value(of), value(index), value);
            case Code.Attribute(Code of, String name) -> Torch.setAttribute(value(of), name, value);
            case Code.Sequence(List<Code> targets, boolean _) -> {
                List<Object> values = Torch.items(value);
                for (int i = 0; i < targets.size(); i++) {
                    assign(targets.get(i), values.get(i));
                }
            }
            default -> throw new Unsupported("assignment to " + target);
        }
    }

    private Object value(Code code) {
        return switch (code) {
            case Code.Constant(Object value) -> value;
            case Code.Name(String name) -> variable(name);
            case Code.Attribute(Code of, String name) -> attribute(value(of), name);
            case Code.Call(Code function, List<Argument> arguments) -> call(function, arguments);
            case Code.Item(Code of, Code index) -> Torch.item(value(of), value(index));
            case Code.Range(Code start, Code end, Code step) ->
                new Slice(optional(start), optional(end), optional(step));
            case Code.Sequence(List<Code> items, boolean tuple) -> {
                List<Object> values = new ArrayList<>();
                items.forEach(item -> values.add(value(item)));
                yield tuple ? new Tuple(values) : values;
            }
            case Code.Dictionary(List<Code> keys, List<Code> values) -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < keys.size(); i++) {
                    map.put(value(keys.get(i)), value(values.get(i)));
                }
                yield map;
            }
            case Code.Comprehension(Code each, Code target, Code values, Code condition) -> {
                List<Object> all = new ArrayList<>();
                var inside = new PythonRun(new HashMap<>(), this);
                for (Object item : Torch.items(value(values))) {
                    inside.assign(target, item);
                    if (condition == null || Torch.truth(inside.value(condition))) {
                        all.add(inside.value(each));
                    }
                }
                yield all;
            }
            case Code.Operation(String operator, Code left, Code right) -> operation(operator, left, right);
            case Code.Prefix(String operator, Code value) -> Torch.prefix(operator, value(value));
            case Code.Choice(Code condition, Code yes, Code no) -> value(Torch.truth(value(condition)) ? yes : no);
            case Code.Lambda(List<String> parameters, Code body) -> function(parameters, body);
            default -> {
                execute(code);
                yield null;
            }
        };
    }

    private static Object attribute(Object value, String name) {
        return value instanceof Path(String path) ? new Path(path + "." + name) : Torch.attribute(value, name);
    }

    private Object optional(Code code) {
        return code == null ? null : value(code);
    }

    private Object operation(String operator, Code left, Code right) {
        Object l = value(left);
        return switch (operator) {
            case "and" -> Torch.truth(l) ? value(right) : l;
            case "or" -> Torch.truth(l) ? l : value(right);
            default -> Torch.operation(operator, l, value(right));
        };
    }

    private Object call(Code function, List<Argument> arguments) {
        List<Object> positional = new ArrayList<>();
        Map<String, Object> named = new LinkedHashMap<>();
        Callable target;
        if (function instanceof Code.Attribute(Code of, String name)) {
            Object receiver = value(of);
            if (receiver instanceof Path(String path)) {
                target = Torch.function(path + "." + name);
            } else {
                positional.add(receiver);
                target = Torch.method(receiver, name);
            }
        } else {
            target = switch (value(function)) {
                case Callable callable -> callable;
                case Path(String path) -> Torch.function(path);
                case Object object -> (positionals, keywords) -> TorchObjects.call(object, positionals, keywords);
                case null -> throw new Unsupported("call of " + function);
            };
        }
        for (Argument argument : arguments) {
            Object value = value(argument.value());
            if (argument.name() == null) {
                positional.add(value);
            } else if (argument.name().equals("*")) {
                positional.addAll(Torch.items(value));
            } else {
                named.put(argument.name(), value);
            }
        }
        return target.call(positional, named);
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
