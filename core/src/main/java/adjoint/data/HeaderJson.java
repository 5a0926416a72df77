package adjoint.data;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON (RFC 8259) as strictly as a file's header deserves: no duplicate keys, no text that is not UTF-8, no half
 * surrogates, no deep nesting; an error says at which byte. Objects become {@code Map<String, Object>} in order, arrays
 * {@code List<Object>}, numbers {@code Long} where they are written as integers, else {@code Double}.
 */
final class HeaderJson {
    /** A header needs three levels; what nests deeper is an attack on the stack. */
    private static final int DEEPEST = 32;

    private final String text;
    private int at;

    private HeaderJson(String text) {
        this.text = text;
    }

    /** Text that is not the JSON that was expected. */
    static final class Malformed extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private final long position;
        private final String expected;
        private final String found;

        Malformed(long position, String expected, String found) {
            super("at byte " + position + ": expected " + expected + ", found " + found);
            this.position = position;
            this.expected = expected;
            this.found = found;
        }

        /** Bytes before the error. */
        long position() {
            return position;
        }

        String expected() {
            return expected;
        }

        String found() {
            return found;
        }
    }

    /** The one value that these bytes hold, white space around it allowed. */
    static Object parse(byte[] utf8) throws Malformed {
        HeaderJson json = new HeaderJson(decode(utf8));
        Object value = json.value(0);
        json.space();
        if (json.at < json.text.length()) {
            throw json.wrong("nothing after the value");
        }
        return value;
    }

    private static String decode(byte[] utf8) throws Malformed {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(utf8);
        CharBuffer out = CharBuffer.allocate(utf8.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int bad = in.position();
            throw new Malformed(bad, "UTF-8 text", "byte 0x" + "%02x".formatted(utf8[bad]));
        }
        return out.flip().toString();
    }

    private Object value(int depth) throws Malformed {
        if (depth > DEEPEST) {
            throw wrong("at most " + DEEPEST + " levels of nesting");
        }
        space();
        char c = at < text.length() ? text.charAt(at) : 0;
        return switch (c) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw wrong("a JSON value");
        };
    }

    private Map<String, Object> object(int depth) throws Malformed {
        Map<String, Object> result = new LinkedHashMap<>();
        at++;
        space();
        if (skip('}')) {
            return result;
        }
        do {
            space();
            int from = at;
            String key = string();
            if (result.containsKey(key)) {
                at = from;
                throw wrong("keys that differ from each other");
            }
            space();
            expect(':');
            result.put(key, value(depth + 1));
            space();
        } while (skip(','));
        expect('}');
        return result;
    }

    private List<Object> array(int depth) throws Malformed {
        List<Object> result = new ArrayList<>();
        at++;
        space();
        if (skip(']')) {
            return result;
        }
        do {
            result.add(value(depth + 1));
            space();
        } while (skip(','));
        expect(']');
        return result;
    }

    private String string() throws Malformed {
        expect('"');
        StringBuilder result = new StringBuilder();
        while (true) {
            if (at >= text.length()) {
                throw wrong("the closing quote of a string");
            }
            char c = text.charAt(at);
            if (c < ' ') {
                throw wrong("a string without bare control characters");
            }
            at++;
            if (c == '"') {
                return result.toString();
            }
            if (c == '\\') {
                escape(result);
            } else {
                result.append(c);
            }
        }
    }

    private void escape(StringBuilder into) throws Malformed {
        char c = at < text.length() ? text.charAt(at) : 0;
        switch (c) {
            case '"', '\\', '/' -> into.append(c);
            case 'b' -> into.append('\b');
            case 'f' -> into.append('\f');
            case 'n' -> into.append('\n');
            case 'r' -> into.append('\r');
            case 't' -> into.append('\t');
            case 'u' -> {
                unicode(into);
                return;
            }
            default -> throw wrong("one of \" \\ / b f n r t u after a backslash");
        }
        at++;
    }

    private void unicode(StringBuilder into) throws Malformed {
        int from = at - 1;
        at++;
        char first = hex();
        into.append(first);
        if (!Character.isSurrogate(first)) {
            return;
        }
        char second = 0;
        if (text.startsWith("\\u", at)) {
            at += 2;
            second = hex();
        }
        if (!Character.isSurrogatePair(first, second)) {
            at = from;
            throw wrong("a pair of surrogates, the high one first");
        }
        into.append(second);
    }

    private char hex() throws Malformed {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            char c = at < text.length() ? text.charAt(at) : 0;
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw wrong("four hexadecimal digits after \\u");
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }

    private Object number() throws Malformed {
        int from = at;
        skip('-');
        if (!skip('0') && digits() == 0) {
            throw wrong("a digit");
        }
        boolean whole = true;
        if (skip('.')) {
            whole = false;
            if (digits() == 0) {
                throw wrong("a digit after the point");
            }
        }
        if (skip('e') || skip('E')) {
            whole = false;
            if (!skip('-')) {
                skip('+');
            }
            if (digits() == 0) {
                throw wrong("a digit in the exponent");
            }
        }
        if (!whole) {
            return Double.valueOf(text.substring(from, at));
        }
        try {
            return Long.valueOf(text.substring(from, at));
        } catch (NumberFormatException tooLong) {
            at = from;
            throw wrong("an integer of at most 64 bits");
        }
    }

    private int digits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    private Object word(String word, Object value) throws Malformed {
        if (!text.startsWith(word, at)) {
            throw wrong("a JSON value");
        }
        at += word.length();
        return value;
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean skip(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        if (there) {
            at++;
        }
        return there;
    }

    private void expect(char c) throws Malformed {
        if (!skip(c)) {
            throw wrong("'" + c + "'");
        }
    }

    private Malformed wrong(String expected) {
        int position = text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
        String found = at >= text.length() ? "the end" : quoted(text.substring(at, Math.min(at + 20, text.length())));
        return new Malformed(position, expected, found);
    }

    /** A JSON string, in quotes. Only what has to be escaped is. */
    static String quoted(String s) {
        StringBuilder out = new StringBuilder(s.length() + 2).append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
