package adjoint.conformance;

import adjoint.conformance.Code.Handler;
import adjoint.types.AdjointException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Carries out statements. */
final class PythonStatements {
    /** How a statement ended, where not with its end: by leaving a loop, going on with it, or returning. */
    private record Left(Object value) {}

    private static final Left BROKEN = new Left(null);
    private static final Left CONTINUED = new Left(null);

    private final PythonRun run;

    PythonStatements(PythonRun run) {
        this.run = run;
    }

    /** Runs a function's body, or a program, and gives what it returns. */
    Object execute(Code body) {
        Left left = statement(body);
        return left == null ? null : left.value();
    }

    private Left statement(Code code) {
        if (code instanceof Code.Block(List<Code> statements)) {
            for (Code each : statements) {
                Left left = statement(each);
                if (left != null) {
                    return left;
                }
            }
            return null;
        }
        run.before();
        switch (code) {
            case Code.Assign(List<Code> targets, Code value) -> {
                Object result = run.value(value);
                targets.forEach(target -> run.assign(target, result));
            }
            case Code.Update(Code target, String operator, Code value) ->
                run.assign(target, PythonValues.update(operator, run.value(target), run.value(value)));
            case Code.If(Code condition, Code yes, Code no) -> {
                return statement(run.truth(condition) ? yes : no);
            }
            case Code.While loop -> {
                return repeat(loop);
            }
            case Code.For loop -> {
                return repeat(loop);
            }
            case Code.With with -> {
                return with(with);
            }
            case Code.Try attempt -> {
                return attempt(attempt);
            }
            case Code.Return(Code value) -> {
                return new Left(run.value(value));
            }
            case Code.Break _ -> {
                return BROKEN;
            }
            case Code.Continue _ -> {
                return CONTINUED;
            }
            default -> simple(code);
        }
        return null;
    }

    private void simple(Code code) {
        switch (code) {
            case Code.Define(String name, Code.Signature signature, Code body, List<Code> decorators, boolean many) ->
                run.variable(name, decorated(new PythonFunction(name, signature, body, run, many), decorators));
            case Code.ClassDefinition definition ->
                run.variable(definition.name(), decorated(classOf(definition), definition.decorators()));
            case Code.Raise(Code error) -> throw PythonError.of(error == null ? null : run.value(error));
            case Code.Assert(Code condition, Code message) -> {
                if (!run.truth(condition)) {
                    throw new PythonError("AssertionError", message == null ? "" : Torch.text(run.value(message)));
                }
            }
            case Code.Delete(Code target) -> delete(target);
            case Code.Outside(List<String> names, boolean global) -> names.forEach(name -> run.outside(name, global));
            case Code.Import(String module, String name) -> run.variable(name, new PythonRun.Path(module));
            default -> run.value(code);
        }
    }

    private Object decorated(Object function, List<Code> decorators) {
        Object result = function;
        for (Code decorator : decorators.reversed()) {
            result = PythonValues.call(run.value(decorator), List.of(result), Map.of());
        }
        return result;
    }

    private PythonClass classOf(Code.ClassDefinition definition) {
        List<Object> bases = new ArrayList<>();
        definition.bases().forEach(base -> bases.add(run.value(base.value())));
        Map<String, Object> members = new LinkedHashMap<>();
        new PythonStatements(run.members(members)).execute(definition.body());
        return new PythonClass(definition.name(), bases, members);
    }

    private void delete(Code target) {
        switch (target) {
            case Code.Name(String name) -> run.remove(name);
            case Code.Item(Code of, Code index) -> PythonValues.deleteItem(run.value(of), run.value(index));
            case Code.Attribute(Code of, String name) -> PythonValues.deleteAttribute(run.value(of), name);
            case Code.Sequence(List<Code> targets, Code.Collection _) -> targets.forEach(this::delete);
            default -> throw new Unsupported("deletion of " + target);
        }
    }

    private Left repeat(Code.While loop) {
        while (run.truth(loop.condition())) {
            Left left = statement(loop.body());
            if (left != null && left != CONTINUED) {
                return left == BROKEN ? null : left;
            }
        }
        return statement(loop.otherwise());
    }

    private Left repeat(Code.For loop) {
        Iterator<Object> items = Torch.iterator(run.value(loop.values()));
        while (items.hasNext()) {
            run.assign(loop.target(), items.next());
            Left left = statement(loop.body());
            if (left != null && left != CONTINUED) {
                return left == BROKEN ? null : left;
            }
        }
        return statement(loop.otherwise());
    }

    private Left with(Code.With code) {
        Object manager = run.value(code.manager());
        switch (manager) {
            case AutoCloseable open -> {
                return within(open, open, code);
            }
            case PythonContext context -> {
                AutoCloseable open = context.open().get();
                return within(open, manager, code);
            }
            case PythonClass.Instance _ -> {
                Object entered = PythonValues.call(PythonValues.attribute(manager, "__enter__"), List.of(), Map.of());
                List<Object> nothing = java.util.Arrays.asList(null, null, null);
                return within(
                        () -> PythonValues.call(PythonValues.attribute(manager, "__exit__"), nothing, Map.of()),
                        entered,
                        code);
            }
            case null, default -> throw new Unsupported("with " + manager);
        }
    }

    private Left within(AutoCloseable open, Object name, Code.With code) {
        try (open) {
            if (code.target() != null) {
                run.assign(code.target(), name);
            }
            return statement(code.body());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Left attempt(Code.Try code) {
        Left left;
        try {
            left = statement(code.body());
            left = left == null ? statement(code.otherwise()) : left;
        } catch (AdjointException | PythonError e) {
            try {
                left = handle(code.handlers(), e);
            } catch (AdjointException | PythonError next) {
                statement(code.last());
                throw next;
            }
        }
        Left last = statement(code.last());
        return last == null ? left : last;
    }

    private Left handle(List<Handler> handlers, RuntimeException error) {
        for (Handler handler : handlers) {
            if (handler.type() == null || PythonError.matches(error, run.value(handler.type()))) {
                if (handler.name() != null) {
                    run.variable(handler.name(), error);
                }
                return statement(handler.body());
            }
        }
        throw error;
    }
}
