package adjoint.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A small JSON reader for the reference cases. Objects become {@code Map<String, Object>} in order, arrays
 * {@code List<Object>}, numbers {@code Long} where they are written without fraction and exponent and fit, else
 * {@code Double}; strings, {@code Boolean} and null as they are.
 */
public final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** The one value that the text holds. */
    public static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.space();
        if (json.at != text.length()) {
            throw json.wrong("end of text");
        }
        return value;
    }

    /** The objects, one a line, of a resource beside {@code owner}'s class path root; a name in .gz is unpacked. */
    public static List<Map<String, Object>> lines(Class<?> owner, String resource) {
        try (InputStream raw = owner.getResourceAsStream(resource)) {
            if (raw == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            InputStream plain = resource.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
            var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
            return reader.lines().filter(l -> !l.isBlank()).map(Json::object).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text's value, which must be an object. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(String text) {
        return (Map<String, Object>) parse(text);
    }

    /**
     * The numbers in nested lists, flattened in order; a bare number gives one. The strings NaN, Infinity and -Infinity
     * count as numbers, true and false as 1 and 0.
     */
    public static double[] doubles(Object nested) {
        List<Object> flat = new ArrayList<>();
        flatten(nested, flat);
        return flat.stream().mapToDouble(Json::number).toArray();
    }

    /** The whole numbers in nested lists, flattened in order, without a detour through double. */
    public static long[] longs(Object nested) {
        List<Object> flat = new ArrayList<>();
        flatten(nested, flat);
        return flat.stream().mapToLong(v -> (Long) v).toArray();
    }

    /** What nested lists hold, in order. */
    static List<Object> flat(Object nested) {
        List<Object> flat = new ArrayList<>();
        flatten(nested, flat);
        return flat;
    }

    private static void flatten(Object value, List<Object> into) {
        if (value instanceof List<?> list) {
            list.forEach(v -> flatten(v, into));
        } else {
            into.add(value);
        }
    }

    private static double number(Object value) {
        return switch (value) {
            case Number n -> n.doubleValue();
            case Boolean b -> b ? 1 : 0;
            case String s -> Double.parseDouble(s);
            default -> throw new IllegalArgumentException("not a number: " + value);
        };
    }

    private Object value() {
        space();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> result = new LinkedHashMap<>();
        at++;
        space();
        if (peek() == '}') {
            at++;
            return result;
        }
        while (true) {
            space();
            String key = string();
            space();
            expect(':');
            result.put(key, value());
            space();
            if (peek() == '}') {
                at++;
                return result;
            }
            expect(',');
        }
    }

    private List<Object> array() {
        List<Object> result = new ArrayList<>();
        at++;
        space();
        if (peek() == ']') {
            at++;
            return result;
        }
        while (true) {
            result.add(value());
            space();
            if (peek() == ']') {
                at++;
                return result;
            }
            expect(',');
        }
    }

    private String string() {
        expect('"');
        StringBuilder result = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            result.append(c == '\\' ? escape() : c);
        }
        at++;
        return result.toString();
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            default -> c;
        };
    }

    private Object number() {
        int from = at;
        boolean whole = true;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            whole &= ".eE".indexOf(text.charAt(at)) < 0;
            at++;
        }
        String digits = text.substring(from, at);
        try {
            // -0 has to keep its sign, and nineteen digits may not fit a long.
            boolean fits = whole && !digits.equals("-0") && digits.length() < 19;
            return fits ? (Object) Long.valueOf(digits) : whole ? exact(digits) : (Object) Double.valueOf(digits);
        } catch (NumberFormatException e) {
            at = from;
            throw wrong("a value");
        }
    }

    private static Object exact(String digits) {
        BigInteger value = new BigInteger(digits);
        if (value.signum() == 0 || value.bitLength() > 63) {
            return Double.valueOf(digits);
        }
        return value.longValue();
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong(word);
        }
        at += word.length();
        return value;
    }

    private void space() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("more text");
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("'" + c + "'");
        }
        at++;
    }

    private IllegalArgumentException wrong(String expected) {
        int end = Math.min(text.length(), at + 20);
        return new IllegalArgumentException(
                "at " + at + ": expected " + expected + ", found '" + text.substring(Math.min(at, end), end) + "'");
    }
}
