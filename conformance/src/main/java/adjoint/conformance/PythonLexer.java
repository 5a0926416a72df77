package adjoint.conformance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Splits Python into words, with indentation as words of its own. */
final class PythonLexer {
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        /** A string with values in braces, as it is written. */
        FORMAT,
        SYMBOL,
        /** The end of a statement's line. */
        LINE,
        INDENT,
        DEDENT,
        END
    }

    record Word(Kind kind, String text) {}

    /** Longer ones first. */
    private static final List<String> SYMBOLS = List.of(
            "**=", "//=", "<<=", ">>=", "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "+=", "-=", "*=", "/=",
            "%=", "@=", "&=", "|=", "^=", "->", ":=");

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
    private int at;
    private int brackets;

    private PythonLexer(String text) {
        this.text = text;
    }

    static List<Word> words(String text) {
        var lexer = new PythonLexer(text.strip() + "\n");
        lexer.indent();
        while (lexer.at < lexer.text.length()) {
            lexer.next();
        }
        while (lexer.indents.pop() > 0) {
            lexer.add(Kind.DEDENT, "");
        }
        lexer.add(Kind.END, "");
        return lexer.words;
    }

    private void add(Kind kind, String word) {
        words.add(new Word(kind, word));
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '\n') {
            at++;
            if (brackets == 0) {
                add(Kind.LINE, "");
                indent();
            }
        } else if (c == ' ' || c == '\t') {
            at++;
        } else if (c == '#') {
            at = text.indexOf('\n', at);
        } else if (text.startsWith("\\\n", at)) {
            at += 2;
        } else if (c == '\'' || c == '"') {
            string("");
        } else if (Character.isJavaIdentifierStart(c)) {
            word();
        } else if (Character.isDigit(c) || (c == '.' && Character.isDigit(text.charAt(at + 1)))) {
            number();
        } else {
            symbol();
        }
    }

    private void word() {
        int from = at;
        while (Character.isJavaIdentifierPart(text.charAt(at))) {
            at++;
        }
        String word = text.substring(from, at);
        if (text.charAt(at) == '\'' || text.charAt(at) == '"') {
            string(word.toLowerCase(Locale.ROOT));
        } else {
            add(Kind.NAME, word);
        }
    }

    private void string(String prefix) {
        if (!List.of("", "f", "r", "u").contains(prefix)) {
            throw new Unsupported("a string that begins with " + prefix);
        }
        String one = text.substring(at, at + 1);
        String quote = text.startsWith(one.repeat(3), at) ? one.repeat(3) : one;
        int from = at + quote.length();
        int end = from;
        while (!text.startsWith(quote, end)) {
            end += text.charAt(end) == '\\' ? 2 : 1;
            if (end >= text.length()) {
                throw new Unsupported("a string that does not end");
            }
        }
        String inside = text.substring(from, end);
        boolean escapes = prefix.isEmpty() || prefix.equals("u");
        add(prefix.equals("f") ? Kind.FORMAT : Kind.STRING, escapes ? unescaped(inside) : inside);
        at = end + quote.length();
    }

    /** The characters that a string's text means. */
    static String unescaped(String text) {
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                plain.append(text.charAt(i));
                continue;
            }
            char c = text.charAt(++i);
            switch (c) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case '0' -> plain.append('\0');
                case '\n' -> {}
                case '\\', '\'', '"' -> plain.append(c);
                case 'x', 'u' -> {
                    int digits = c == 'x' ? 2 : 4;
                    plain.append((char) Integer.parseInt(text.substring(i + 1, i + 1 + digits), 16));
                    i += digits;
                }
                default -> plain.append('\\').append(c);
            }
        }
        return plain.toString();
    }

    private void number() {
        int from = at;
        boolean whole = text.startsWith("0x", at) || text.startsWith("0b", at);
        while (Character.isLetterOrDigit(text.charAt(at))
                || text.charAt(at) == '.'
                || text.charAt(at) == '_'
                || (!whole && "+-".indexOf(text.charAt(at)) >= 0 && "eE".indexOf(text.charAt(at - 1)) >= 0)) {
            at++;
        }
        add(Kind.NUMBER, text.substring(from, at));
    }

    private void symbol() {
        String found =
                SYMBOLS.stream().filter(s -> text.startsWith(s, at)).findFirst().orElse(text.substring(at, at + 1));
        brackets += "([{".contains(found) ? 1 : ")]}".contains(found) ? -1 : 0;
        at += found.length();
        add(Kind.SYMBOL, found);
    }

    /** Blank lines and comments have no indentation. */
    private void indent() {
        int from = at;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at == text.length()) {
            return;
        }
        if (text.charAt(at) == '\n' || text.charAt(at) == '#') {
            at = text.indexOf('\n', at) + 1;
            indent();
            return;
        }
        if (at - from > indents.peek()) {
            indents.push(at - from);
            add(Kind.INDENT, "");
        }
        while (at - from < indents.peek()) {
            indents.pop();
            add(Kind.DEDENT, "");
        }
    }
}
