package adjoint.conformance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Splits Python into words, with indentation as words of its own. */
final class PythonLexer {
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        /** A string with values in braces. */
        FORMAT,
        SYMBOL,
        /** The end of a statement's line. */
        LINE,
        INDENT,
        DEDENT,
        END
    }

    record Word(Kind kind, String text) {}

    private static final List<String> SYMBOLS = List.of(
            "**=", "//=", "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "+=", "-=", "*=", "/=", "@=", "->");

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
        } else if (c == ' ') {
            at++;
        } else if (Character.isJavaIdentifierStart(c)) {
            int from = at;
            while (Character.isJavaIdentifierPart(text.charAt(at))) {
                at++;
            }
            char quote = text.charAt(at);
            if ((quote == '\'' || quote == '"') && text.substring(from, at).equals("f")) {
                int end = text.indexOf(quote, at + 1);
                add(Kind.FORMAT, text.substring(at + 1, end));
                at = end + 1;
                return;
            }
            if (quote == '\'' || quote == '"') {
                throw new Unsupported("a prefixed string");
            }
            add(Kind.NAME, text.substring(from, at));
        } else if (Character.isDigit(c) || (c == '.' && Character.isDigit(text.charAt(at + 1)))) {
            number();
        } else if (c == '\'' || c == '"') {
            int end = text.indexOf(c, at + 1);
            add(Kind.STRING, text.substring(at + 1, end));
            at = end + 1;
        } else {
            symbol();
        }
    }

    private void number() {
        int from = at;
        while (Character.isLetterOrDigit(text.charAt(at))
                || text.charAt(at) == '.'
                || ("+-".indexOf(text.charAt(at)) >= 0 && "eE".indexOf(text.charAt(at - 1)) >= 0)) {
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

    private void indent() {
        int from = at;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at == text.length() || text.charAt(at) == '\n') {
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
