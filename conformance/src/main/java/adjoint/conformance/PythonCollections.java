package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Slice;
import adjoint.conformance.PythonRun.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The methods of Python's lists, tuples, sets and dictionaries. */
final class PythonCollections {
    private PythonCollections() {}

    /** A method of positional arguments. */
    static Callable method(Function<List<Object>, Object> body) {
        return (positional, named) -> {
            if (!named.isEmpty()) {
                throw new Unsupported("a method with " + named.keySet());
            }
            return body.apply(positional);
        };
    }

    /** A method that returns nothing. */
    private static Callable action(java.util.function.Consumer<List<Object>> body) {
        return method(a -> {
            body.accept(a);
            return null;
        });
    }

    static Object list(List<Object> list, String name) {
        return switch (name) {
            case "append" -> action(a -> list.add(a.getFirst()));
            case "extend" -> action(a -> list.addAll(Torch.items(a.getFirst())));
            case "insert" -> action(a -> list.add((int) Math.min((Long) a.get(0), list.size()), a.get(1)));
            case "pop" ->
                method(a -> {
                    long i = a.isEmpty() ? -1 : (Long) a.getFirst();
                    Object item = PythonValues.at(list, i);
                    list.remove((int) (i < 0 ? i + list.size() : i));
                    return item;
                });
            case "remove" -> action(a -> list.remove(place(list, a.getFirst())));
            case "clear" -> action(_ -> list.clear());
            case "copy", "tolist" -> method(_ -> new ArrayList<>(list));
            case "reverse" -> action(_ -> Collections.reverse(list));
            case "sort" ->
                (Callable) (_, named) -> {
                    list.sort(comparator(named.get("key"), named.get("reverse")));
                    return null;
                };
            default -> tuple(list, name);
        };
    }

    static Object tuple(List<Object> items, String name) {
        return switch (name) {
            case "index" -> method(a -> (long) place(items, a.getFirst()));
            case "count" ->
                method(a -> items.stream()
                        .filter(item -> PythonNumbers.same(item, a.getFirst()))
                        .count());
            default -> throw new Unsupported("list." + name);
        };
    }

    private static int place(List<Object> items, Object value) {
        for (int i = 0; i < items.size(); i++) {
            if (PythonNumbers.same(items.get(i), value)) {
                return i;
            }
        }
        throw new PythonError("ValueError", "not in the list");
    }

    /** The order of sorting: by a function of the items where one is given. */
    static Comparator<Object> comparator(Object key, Object reverse) {
        Comparator<Object> natural = PythonNumbers::order;
        Comparator<Object> order = key == null
                ? natural
                : Comparator.comparing(item -> PythonValues.call(key, Arrays.asList(item), Map.of()), natural);
        return reverse != null && Torch.truth(reverse) ? order.reversed() : order;
    }

    static Object set(Set<Object> set, String name) {
        return switch (name) {
            case "add" -> action(a -> set.add(a.getFirst()));
            case "discard", "remove" -> action(a -> set.remove(a.getFirst()));
            case "update" -> action(a -> a.forEach(more -> set.addAll(Torch.items(more))));
            case "clear" -> action(_ -> set.clear());
            case "copy" -> method(_ -> new LinkedHashSet<>(set));
            case "union" -> method(a -> changed(set, a, (s, more) -> s.addAll(more)));
            case "intersection" -> method(a -> changed(set, a, (s, more) -> s.retainAll(more)));
            case "difference" -> method(a -> changed(set, a, (s, more) -> s.removeAll(more)));
            case "issubset" -> method(a -> Torch.items(a.getFirst()).containsAll(set));
            case "issuperset" -> method(a -> set.containsAll(Torch.items(a.getFirst())));
            default -> throw new Unsupported("set." + name);
        };
    }

    private interface Change {
        boolean apply(Set<Object> set, Collection<Object> others);
    }

    private static Set<Object> changed(Set<Object> set, List<Object> others, Change change) {
        Set<Object> result = new LinkedHashSet<>(set);
        others.forEach(each -> change.apply(result, new LinkedHashSet<>(Torch.items(each))));
        return result;
    }

    static Object map(Map<Object, Object> map, String name) {
        return switch (name) {
            case "keys" -> method(_ -> new ArrayList<>(map.keySet()));
            case "values" -> method(_ -> new ArrayList<>(map.values()));
            case "items" -> method(_ -> pairs(map));
            case "get" -> method(a -> map.containsKey(a.getFirst()) ? map.get(a.getFirst()) : second(a));
            case "setdefault" ->
                method(a -> {
                    map.putIfAbsent(a.getFirst(), second(a));
                    return map.get(a.getFirst());
                });
            case "pop" ->
                method(a -> {
                    if (!map.containsKey(a.getFirst()) && a.size() == 1) {
                        throw new PythonError("KeyError", PythonText.quoted(a.getFirst()));
                    }
                    return map.containsKey(a.getFirst()) ? map.remove(a.getFirst()) : second(a);
                });
            case "update" ->
                (Callable) (positional, named) -> {
                    positional.forEach(more -> map.putAll(copy(more)));
                    map.putAll(named);
                    return null;
                };
            case "clear" -> action(_ -> map.clear());
            case "copy" -> method(_ -> new LinkedHashMap<>(map));
            default -> throw new Unsupported("dict." + name);
        };
    }

    private static Object second(List<Object> arguments) {
        return arguments.size() > 1 ? arguments.get(1) : null;
    }

    static List<Object> pairs(Map<?, ?> map) {
        List<Object> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(new Tuple(Arrays.asList(key, value))));
        return pairs;
    }

    /** A dictionary of a dictionary, or of pairs. */
    static Map<Object, Object> copy(Object of) {
        if (of instanceof Map<?, ?> map) {
            return new LinkedHashMap<>(map);
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object pair : Torch.items(of)) {
            List<Object> both = Torch.items(pair);
            map.put(both.get(0), both.get(1));
        }
        return map;
    }

    /** The items that {@code start:end:step} means. */
    static <T> List<T> slice(List<T> items, Slice slice) {
        int n = items.size();
        long step = slice.step() == null ? 1 : PythonNumbers.index(slice.step());
        if (step == 0) {
            throw new PythonError("ValueError", "slice step cannot be zero");
        }
        long start = bound(slice.start(), step > 0 ? 0 : n - 1, n, step);
        long end = bound(slice.end(), step > 0 ? n : -1, n, step);
        List<T> part = new ArrayList<>();
        for (long i = start; step > 0 ? i < end : i > end; i += step) {
            part.add(items.get((int) i));
        }
        return part;
    }

    private static long bound(Object given, long otherwise, long n, long step) {
        if (given == null) {
            return otherwise;
        }
        long i = PythonNumbers.index(given);
        i = i < 0 ? i + n : i;
        return step > 0 ? Math.clamp(i, 0, n) : Math.clamp(i, -1, n - 1);
    }

    /** Puts others in the place of the items that a slice means. */
    static void replace(List<Object> list, Slice slice, List<Object> others) {
        if (slice.step() != null) {
            throw new Unsupported("assignment to a slice with a step");
        }
        int start = (int) bound(slice.start(), 0, list.size(), 1);
        int end = (int) Math.max(start, bound(slice.end(), list.size(), list.size(), 1));
        List<Object> copy = new ArrayList<>(others);
        list.subList(start, end).clear();
        list.addAll(start, copy);
    }
}
