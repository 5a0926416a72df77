package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.DataException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a model consists of, found by looking at its fields. What cannot be looked at is an error, never left out.
 */
final class Structure {
    private final Model root;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, Model> models = new LinkedHashMap<>();
    private final Map<String, Model> children = new LinkedHashMap<>();
    private final Map<Tensor, Model> owners = new IdentityHashMap<>();
    private final Set<Model> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Mode> modes = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private Structure(Model root) {
        this.root = root;
    }

    static Structure of(Model root) {
        var structure = new Structure(root);
        structure.walk("", root, null);
        return structure;
    }

    /** The leaf tensors by dotted name, in the order of declaration; one that is in two places has two names. */
    Map<String, Tensor> tensors() {
        return tensors;
    }

    Map<String, Tensor> parameters() {
        return once(Tensor::isParameter);
    }

    Map<String, Tensor> buffers() {
        return once(t -> !t.isParameter());
    }

    private Map<String, Tensor> once(Predicate<Tensor> which) {
        Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<String, Tensor> found = new LinkedHashMap<>();
        tensors.forEach((name, t) -> {
            if (which.test(t) && seen.add(t)) {
                found.put(name, t);
            }
        });
        return found;
    }

    /** All models, the root under "", by dotted name, each once. */
    Map<String, Model> models() {
        return models;
    }

    /** The models directly in the root. */
    Map<String, Model> children() {
        return children;
    }

    Set<Mode> modes() {
        return modes;
    }

    /** The innermost model that holds a tensor. */
    Model owner(Tensor t) {
        return owners.get(t);
    }

    static void apply(Model root, Consumer<? super Model> function) {
        apply(root, function, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static void apply(Model model, Consumer<? super Model> function, Set<Model> seen) {
        if (seen.add(model)) {
            Structure.of(model).children().values().forEach(child -> apply(child, function, seen));
            function.accept(model);
        }
    }

    /** The fields of an object that may hold tensors, those of its superclasses first. */
    static Map<String, Object> fields(Object owner) {
        Map<String, Object> parts = new LinkedHashMap<>();
        Deque<Class<?>> classes = new ArrayDeque<>();
        for (Class<?> c = owner.getClass(); c != null && c != Object.class; c = c.getSuperclass()) {
            classes.push(c);
        }
        for (Class<?> c : classes) {
            for (Field field : c.getDeclaredFields()) {
                boolean outer = field.isSynthetic() && field.getName().startsWith("this$");
                if (Modifier.isStatic(field.getModifiers()) || outer || isPlain(field.getType())) {
                    continue;
                }
                Object value = read(field, owner);
                if (value != null) {
                    parts.put(field.getName(), value);
                }
            }
        }
        return parts;
    }

    private static Object read(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (InaccessibleObjectException | SecurityException | IllegalAccessException e) {
            Class<?> c = field.getDeclaringClass();
            throw new DataException(
                    "parameters of " + c.getName() + ": field " + field.getName()
                            + " cannot be read: module " + c.getModule().getName() + " does not open package "
                            + c.getPackageName() + ". Write `opens " + c.getPackageName()
                            + " to adjoint.core;` in its module-info, or override parts().",
                    e);
        }
    }

    /** Types that cannot lead to a tensor. */
    private static boolean isPlain(Class<?> type) {
        if (type.isArray()) {
            return isPlain(type.getComponentType());
        }
        return type.isPrimitive()
                || type.isEnum()
                || (isLibrary(type)
                        && Modifier.isFinal(type.getModifiers())
                        && type != Tensor.class
                        && type != Mode.class
                        && !Model.class.isAssignableFrom(type)
                        && type != Optional.class);
    }

    private static boolean isLibrary(Class<?> type) {
        String name = type.getName();
        boolean adjoint = type.getModule() == Model.class.getModule() && name.startsWith("adjoint.");
        return name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("jdk.") || adjoint;
    }

    private void walk(String name, Object value, Model owner) {
        switch (value) {
            case null -> {}
            case Tensor t -> {
                if (t.isLeaf()) {
                    tensors.put(name, t);
                    owners.putIfAbsent(t, owner);
                }
            }
            case Mode mode -> modes.add(mode);
            case Model model -> model(name, model, owner);
            case Map<?, ?> map -> guarded(map, () -> all(name, map, owner));
            case Collection<?> list ->
                guarded(list, () -> {
                    int i = 0;
                    for (Object element : list) {
                        walk(join(name, i++), element, owner);
                    }
                });
            case Optional<?> optional -> walk(name, optional.orElse(null), owner);
            case AtomicReference<?> reference -> walk(name, reference.get(), owner);
            case Map.Entry<?, ?> entry -> walk(join(name, entry.getKey()), entry.getValue(), owner);
            default -> other(name, value, owner);
        }
    }

    private void model(String name, Model model, Model owner) {
        if (seen.add(model)) {
            models.put(name, model);
        }
        if (owner == root && model != root) {
            children.put(name, model);
        }
        guarded(model, () -> all(name, model.parts(), model));
    }

    private void other(String name, Object value, Model owner) {
        Class<?> type = value.getClass();
        if (type.isArray()) {
            for (int i = 0; !isPlain(type) && i < Array.getLength(value); i++) {
                walk(join(name, i), Array.get(value, i), owner);
            }
        } else if (!type.isEnum() && !isLibrary(type)) {
            guarded(value, () -> all(name, fields(value), owner));
        }
    }

    /** Goes into an object unless it is being gone through already (a child that knows its parent). */
    private void guarded(Object value, Runnable body) {
        if (open.add(value)) {
            try {
                body.run();
            } finally {
                open.remove(value);
            }
        }
    }

    private void all(String name, Map<?, ?> parts, Model owner) {
        parts.forEach((key, part) -> walk(join(name, key), part, owner));
    }

    private static String join(String name, Object part) {
        return name.isEmpty() ? String.valueOf(part) : name + "." + part;
    }
}
