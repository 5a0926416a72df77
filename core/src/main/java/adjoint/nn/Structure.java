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

/** Finds the tensors in an object by looking at its fields. What cannot be looked at is an error, never left out. */
final class Structure {
    private Structure() {}

    /** The leaf tensors of a layer, by dotted name, in the order of declaration. */
    static Map<String, Tensor> tensors(Layer layer) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        walk("", layer, found, Collections.newSetFromMap(new IdentityHashMap<>()));
        return found;
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
                            + " to adjoint.core;` in its module-info, or override Layer.parts().",
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
                        && !Layer.class.isAssignableFrom(type)
                        && type != Optional.class);
    }

    private static boolean isLibrary(Class<?> type) {
        String name = type.getName();
        boolean adjoint = type.getModule() == Layer.class.getModule() && name.startsWith("adjoint.");
        return name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("jdk.") || adjoint;
    }

    private static void walk(String name, Object value, Map<String, Tensor> found, Set<Object> open) {
        switch (value) {
            case null -> {}
            case Tensor t -> {
                if (t.isLeaf()) {
                    found.put(name, t);
                }
            }
            case Layer layer -> guarded(layer, open, () -> all(name, layer.parts(), found, open));
            case Map<?, ?> map -> guarded(map, open, () -> all(name, map, found, open));
            case Collection<?> list ->
                guarded(list, open, () -> {
                    int i = 0;
                    for (Object element : list) {
                        walk(join(name, i++), element, found, open);
                    }
                });
            case Optional<?> optional -> walk(name, optional.orElse(null), found, open);
            case AtomicReference<?> reference -> walk(name, reference.get(), found, open);
            case Map.Entry<?, ?> entry -> walk(join(name, entry.getKey()), entry.getValue(), found, open);
            default -> other(name, value, found, open);
        }
    }

    private static void other(String name, Object value, Map<String, Tensor> found, Set<Object> open) {
        Class<?> type = value.getClass();
        if (type.isArray()) {
            for (int i = 0; !isPlain(type) && i < Array.getLength(value); i++) {
                walk(join(name, i), Array.get(value, i), found, open);
            }
        } else if (!type.isEnum() && !isLibrary(type)) {
            guarded(value, open, () -> all(name, fields(value), found, open));
        }
    }

    /** Goes into an object unless it is being gone through already (a child that knows its parent). */
    private static void guarded(Object value, Set<Object> open, Runnable body) {
        if (open.add(value)) {
            try {
                body.run();
            } finally {
                open.remove(value);
            }
        }
    }

    private static void all(String name, Map<?, ?> parts, Map<String, Tensor> found, Set<Object> open) {
        parts.forEach((key, part) -> walk(join(name, key), part, found, open));
    }

    private static String join(String name, Object part) {
        return name.isEmpty() ? String.valueOf(part) : name + "." + part;
    }
}
