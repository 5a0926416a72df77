package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Path;
import adjoint.conformance.PythonRun.Slice;
import adjoint.conformance.PythonRun.Tuple;
import adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Attributes, items and calls of all kinds of values. Those of tensors and layers are in {@link Torch}. */
final class PythonValues {
    private PythonValues() {}

    static Object attribute(Object of, String name) {
        return switch (of) {
            case Path(String path) when name.equals("__name__") -> path.substring(path.lastIndexOf('.') + 1);
            case Path(String path) -> Torch.constant(path + "." + name);
            case PythonModule module -> module.get(name);
            case PythonClass.Instance instance -> PythonClass.attribute(instance, name);
            case PythonClass type -> type.attribute(name);
            case PythonClass.Parent parent -> PythonClass.attribute(parent, name);
            case PythonClass.Property(Callable get, Callable _)
            when name.equals("setter") ->
                (Callable) (positional, _) -> new PythonClass.Property(get, (Callable) positional.getFirst());
            case PythonOp.Context context -> PythonOp.attribute(context, name);
            case PythonFunction function when name.equals("__name__") -> function.name();
            case String text -> PythonStrings.method(text, name);
            case List<?> list -> PythonCollections.list(mutable(list), name);
            case Tuple tuple when tuple.name() == null -> PythonCollections.tuple(tuple.items(), name);
            case Set<?> set -> PythonCollections.set(mutable(set), name);
            case Map<?, ?> map -> PythonCollections.map(mutable(map), name);
            case Long number
            when name.equals("bit_length") ->
                (Callable) (_, _) -> (long) (64 - Long.numberOfLeadingZeros(Math.abs(number)));
            case Double number when name.equals("is_integer") -> (Callable) (_, _) -> number % 1 == 0;
            case null -> throw new PythonError("AttributeError", "None has no " + name);
            default -> Torch.attribute(of, name);
        };
    }

    @SuppressWarnings("unchecked")
    static List<Object> mutable(List<?> list) {
        return (List<Object>) list;
    }

    @SuppressWarnings("unchecked")
    static Set<Object> mutable(Set<?> set) {
        return (Set<Object>) set;
    }

    @SuppressWarnings("unchecked")
    static Map<Object, Object> mutable(Map<?, ?> map) {
        return (Map<Object, Object>) map;
    }

    static void setAttribute(Object of, String name, Object value) {
        switch (of) {
            case PythonModule module -> module.set(name, value);
            case PythonClass.Instance instance -> {
                if (instance.type().find(name) instanceof PythonClass.Property(Callable _, Callable set)) {
                    set.call(Arrays.asList(instance, value), Map.of());
                } else {
                    instance.attributes().put(name, value);
                }
            }
            case PythonClass type -> type.members().put(name, value);
            case PythonOp.Context context -> context.attributes().put(name, value);
            case null, default -> Torch.setAttribute(of, name, value);
        }
    }

    static void deleteAttribute(Object of, String name) {
        switch (of) {
            case PythonModule module -> module.remove(name);
            case PythonClass.Instance instance -> instance.attributes().remove(name);
            case null, default -> throw new Unsupported("deletion of " + name);
        }
    }

    static Object item(Object of, Object index) {
        return switch (of) {
            case PythonModule module when index instanceof Long i -> at(module.layers(), i);
            case PythonClass.Instance _ -> {
                Object found = PythonClass.special(of, "__getitem__", index);
                if (found == null) {
                    throw new PythonError("TypeError", of + " has no items");
                }
                yield found;
            }
            case Map<?, ?> map -> {
                if (!map.containsKey(index)) {
                    throw new PythonError("KeyError", PythonText.quoted(index));
                }
                yield map.get(index);
            }
            case String text
            when index instanceof Long i ->
                String.valueOf(
                        at(text.codePoints().mapToObj(Character::toString).toList(), i));
            case String text
            when index instanceof Slice slice ->
                String.join(
                        "",
                        PythonCollections.slice(
                                text.codePoints().mapToObj(Character::toString).toList(), slice));
            case Tuple tuple
            when index instanceof Slice slice -> new Tuple(PythonCollections.slice(tuple.items(), slice));
            case List<?> list
            when index instanceof Slice slice -> new ArrayList<>(PythonCollections.slice(list, slice));
            case Tuple tuple -> at(tuple.items(), PythonNumbers.index(index));
            case List<?> list -> at(list, PythonNumbers.index(index));
            case null, default -> Torch.item(of, index);
        };
    }

    static <T> T at(List<T> items, long index) {
        if (index < -items.size() || index >= items.size()) {
            throw new PythonError("IndexError", "item " + index + " of " + items.size());
        }
        return items.get((int) (index < 0 ? index + items.size() : index));
    }

    static void setItem(Object of, Object index, Object value) {
        switch (of) {
            case Map<?, ?> map -> mutable(map).put(index, value);
            case List<?> list
            when index instanceof Slice slice -> PythonCollections.replace(mutable(list), slice, Torch.items(value));
            case List<?> list -> {
                long i = PythonNumbers.index(index);
                at(list, i);
                mutable(list).set((int) (i < 0 ? i + list.size() : i), value);
            }
            case PythonClass.Instance instance
            when instance.type().find("__setitem__") instanceof Callable set ->
                set.call(Arrays.asList(instance, index, value), Map.of());
            case null, default -> Torch.setItem(of, index, value);
        }
    }

    static void deleteItem(Object of, Object index) {
        switch (of) {
            case Map<?, ?> map -> map.remove(index);
            case List<?> list -> {
                at(list, (Long) index);
                list.remove((int) ((Long) index < 0 ? (Long) index + list.size() : (Long) index));
            }
            case null, default -> throw new Unsupported("deletion of an item");
        }
    }

    static Object call(Object function, List<Object> positional, Map<String, Object> named) {
        return switch (function) {
            case PythonModule module -> module.call(positional, named);
            case Callable callable -> callable.call(positional, named);
            case Path(String path) -> Torch.function(path).call(positional, named);
            case PythonClass.Instance instance
            when instance.type().find("__call__") instanceof Callable method ->
                PythonClass.bound(method, instance).call(positional, named);
            case null -> throw new PythonError("TypeError", "call of None");
            default -> TorchObjects.call(function, positional, named);
        };
    }

    /** {@code left operator= right}: in place for what can be changed. */
    static Object update(String operator, Object left, Object right) {
        if (left instanceof List<?> list && operator.equals("+")) {
            mutable(list).addAll(Torch.items(right));
            return list;
        }
        return Torch.update(operator, left, right);
    }

    static Object prefix(String operator, Object value) {
        if (operator.equals("not")) {
            return !Torch.truth(value);
        }
        return switch (value) {
            case Tensor x -> Torch.prefix(operator, x);
            case Boolean truth -> prefix(operator, truth ? 1L : 0L);
            case Object n when operator.equals("+") && n instanceof Number -> n;
            case Long n when operator.equals("-") -> Math.negateExact(n);
            case Long n when operator.equals("~") -> ~n;
            case Double n when operator.equals("-") -> -n;
            case PythonClass.Instance _ when operator.equals("-") -> PythonClass.special(value, "__neg__");
            case null, default -> throw new Unsupported(operator + " of " + value);
        };
    }

    /** Whether a value is in others. */
    static boolean contains(Object all, Object value) {
        return switch (all) {
            case String text -> text.contains((String) value);
            case Map<?, ?> map -> map.containsKey(value);
            case Collection<?> items -> items.stream().anyMatch(each -> PythonNumbers.same(each, value));
            case Tuple(List<Object> items, String _) ->
                items.stream().anyMatch(each -> PythonNumbers.same(each, value));
            case PythonClass.Instance _ -> Torch.truth(PythonClass.special(all, "__contains__", value));
            case null, default -> Torch.contains(all, value);
        };
    }

    /** The name of a value's class, as {@code type(x).__name__} and {@code isinstance} know it. */
    static String className(Object value) {
        return switch (value) {
            case null -> "NoneType";
            case Boolean _ -> "bool";
            case Long _ -> "int";
            case Double _ -> "float";
            case String _ -> "str";
            case List<?> _ -> "list";
            case Tuple _ -> "tuple";
            case Torch.Size _ -> "torch.Size";
            case Set<?> _ -> "set";
            case Map<?, ?> _ -> "dict";
            case Tensor _ -> "torch.Tensor";
            case PythonFunction _ -> "function";
            case PythonClass _ -> "type";
            case PythonClass.Instance instance -> instance.type().name();
            default -> Torch.className(value);
        };
    }
}
