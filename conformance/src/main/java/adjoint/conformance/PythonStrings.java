package adjoint.conformance;

import adjoint.conformance.PythonRun.Callable;
import adjoint.conformance.PythonRun.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** The methods of Python's strings. */
final class PythonStrings {
    private PythonStrings() {}

    static Object method(String s, String name) {
        return switch (name) {
            case "format" -> (Callable) (positional, named) -> PythonFormat.filled(s, positional, named);
            case "join" ->
                PythonCollections.method(a -> String.join(
                        s,
                        Torch.items(a.getFirst()).stream()
                                .map(String.class::cast)
                                .toList()));
            case "split" -> PythonCollections.method(a -> split(s, a));
            case "splitlines" ->
                PythonCollections.method(_ -> new ArrayList<Object>(s.lines().toList()));
            case "strip" -> PythonCollections.method(a -> stripped(s, a, true, true));
            case "lstrip" -> PythonCollections.method(a -> stripped(s, a, true, false));
            case "rstrip" -> PythonCollections.method(a -> stripped(s, a, false, true));
            case "lower" -> PythonCollections.method(_ -> s.toLowerCase(Locale.ROOT));
            case "upper" -> PythonCollections.method(_ -> s.toUpperCase(Locale.ROOT));
            case "capitalize" ->
                PythonCollections.method(_ -> s.isEmpty()
                        ? s
                        : s.substring(0, 1).toUpperCase(Locale.ROOT)
                                + s.substring(1).toLowerCase(Locale.ROOT));
            case "replace" -> PythonCollections.method(a -> s.replace((String) a.get(0), (String) a.get(1)));
            case "startswith" ->
                PythonCollections.method(a -> any(a.getFirst()).stream().anyMatch(s::startsWith));
            case "endswith" ->
                PythonCollections.method(a -> any(a.getFirst()).stream().anyMatch(s::endsWith));
            case "find" -> PythonCollections.method(a -> (long) s.indexOf((String) a.getFirst()));
            case "rfind" -> PythonCollections.method(a -> (long) s.lastIndexOf((String) a.getFirst()));
            case "index" ->
                PythonCollections.method(a -> {
                    if (!s.contains((String) a.getFirst())) {
                        throw new PythonError("ValueError", "substring not found");
                    }
                    return (long) s.indexOf((String) a.getFirst());
                });
            case "count" ->
                PythonCollections.method(a -> (long)
                        ((s.length() - s.replace((String) a.getFirst(), "").length())
                                / ((String) a.getFirst()).length()));
            case "zfill" -> PythonCollections.method(a -> PythonFormat.format(s, "0>" + a.getFirst()));
            case "ljust" -> PythonCollections.method(a -> PythonFormat.format(s, "<" + a.getFirst()));
            case "rjust" -> PythonCollections.method(a -> PythonFormat.format(s, ">" + a.getFirst()));
            case "center" -> PythonCollections.method(a -> PythonFormat.format(s, "^" + a.getFirst()));
            case "isdigit" -> all(s, Character::isDigit);
            case "isalpha" -> all(s, Character::isLetter);
            case "isspace" -> all(s, Character::isWhitespace);
            case "isupper" -> all(s, Character::isUpperCase);
            case "islower" -> all(s, Character::isLowerCase);
            default -> throw new Unsupported("str." + name);
        };
    }

    private static Callable all(String s, IntPredicate is) {
        return PythonCollections.method(_ -> !s.isEmpty() && s.codePoints().allMatch(is));
    }

    private static List<String> any(Object given) {
        return given instanceof Tuple(List<Object> items, String _)
                ? items.stream().map(String.class::cast).toList()
                : List.of((String) given);
    }

    private static Object split(String s, List<Object> arguments) {
        if (arguments.isEmpty() || arguments.getFirst() == null) {
            String stripped = s.strip();
            return stripped.isEmpty()
                    ? new ArrayList<>()
                    : new ArrayList<Object>(Arrays.asList(stripped.split("\\s+")));
        }
        int limit = arguments.size() > 1 ? Math.toIntExact((Long) arguments.get(1)) + 1 : -1;
        return new ArrayList<Object>(Arrays.asList(s.split(Pattern.quote((String) arguments.getFirst()), limit)));
    }

    private static String stripped(String s, List<Object> arguments, boolean front, boolean back) {
        String which = arguments.isEmpty() ? " \t\r\n" : (String) arguments.getFirst();
        int from = 0;
        int to = s.length();
        while (front && from < to && which.indexOf(s.charAt(from)) >= 0) {
            from++;
        }
        while (back && to > from && which.indexOf(s.charAt(to - 1)) >= 0) {
            to--;
        }
        return s.substring(from, to);
    }
}
