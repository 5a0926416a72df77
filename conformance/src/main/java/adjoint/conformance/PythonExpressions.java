package adjoint.conformance;

import adjoint.conformance.Code.Argument;
import adjoint.conformance.Code.Clause;
import adjoint.conformance.Code.Collection;
import adjoint.conformance.Code.Parameter;
import adjoint.conformance.Code.Signature;
import adjoint.conformance.Code.Takes;
import adjoint.conformance.PythonLexer.Kind;
import adjoint.conformance.PythonLexer.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads Python's expressions. What it does not know raises {@link Unsupported}. */
class PythonExpressions {
    /** Operators on two values, the weakest first; between them stand {@code not} and comparisons. */
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("or"),
            Set.of("and"),
            Set.of(),
            Set.of("|"),
            Set.of("^"),
            Set.of("&"),
            Set.of("<<", ">>"),
            Set.of("+", "-"),
            Set.of("*", "/", "//", "%", "@"));

    private static final int COMPARISONS = 2;
    private static final Set<String> COMPARE = Set.of("<", ">", "==", "!=", "<=", ">=", "is", "in", "not");

    /** Words that end an expression. */
    private static final Set<String> ENDS = Set.of(")", "]", "}", "=", ":", ";", "in");

    private final List<Word> words;
    private int at;

    /** Whether a {@code yield} was read since this was last made false. */
    boolean yields;

    PythonExpressions(List<Word> words) {
        this.words = words;
    }

    final Word peek() {
        return words.get(at);
    }

    final Word take() {
        return words.get(at++);
    }

    final boolean isNext(Kind kind) {
        return peek().kind() == kind;
    }

    final boolean isNext(String symbol) {
        Word word = peek();
        return word.text().equals(symbol) && (word.kind() == Kind.SYMBOL || word.kind() == Kind.NAME);
    }

    /** Whether the word after the next is this symbol. */
    private boolean isThen(String symbol) {
        Word word = words.get(Math.min(at + 1, words.size() - 1));
        return word.text().equals(symbol) && word.kind() == Kind.SYMBOL;
    }

    final boolean skip(String symbol) {
        boolean found = isNext(symbol);
        at += found ? 1 : 0;
        return found;
    }

    final void expect(String symbol) {
        if (!skip(symbol)) {
            throw new Unsupported("syntax: '" + peek().text() + "' instead of '" + symbol + "'");
        }
    }

    final String name() {
        if (!isNext(Kind.NAME)) {
            throw new Unsupported("syntax: '" + peek().text() + "' instead of a name");
        }
        return take().text();
    }

    /** {@code a.b.c}. */
    final String dotted() {
        var name = new StringBuilder(name());
        while (skip(".")) {
            name.append('.').append(name());
        }
        return name.toString();
    }

    /** Whether no further expression follows. */
    final boolean ends() {
        return isNext(Kind.LINE) || isOperator(ENDS);
    }

    /** Expressions with commas between make a tuple. */
    final Code tuple() {
        Code first = starred();
        if (!isNext(",")) {
            return first;
        }
        List<Code> items = new ArrayList<>(List.of(first));
        while (skip(",")) {
            if (ends()) {
                break;
            }
            items.add(starred());
        }
        return new Code.Sequence(items, Collection.TUPLE);
    }

    private Code starred() {
        return skip("*") ? new Code.Star(operation(COMPARISONS + 1)) : expression();
    }

    /** What a loop gives its values to. */
    final Code targets() {
        List<Code> items = new ArrayList<>();
        boolean several = false;
        do {
            if (isNext("in")) {
                break;
            }
            items.add(skip("*") ? new Code.Star(postfix()) : postfix());
            several |= isNext(",");
        } while (skip(","));
        return several ? new Code.Sequence(items, Collection.TUPLE) : items.getFirst();
    }

    final Code expression() {
        if (skip("lambda")) {
            return new Code.Lambda(signature(":"), expression());
        }
        if (skip("yield")) {
            yields = true;
            boolean each = skip("from");
            return new Code.Yield(ends() ? new Code.Constant(null) : tuple(), each);
        }
        if (isNext(Kind.NAME) && isThen(":=")) {
            String name = name();
            expect(":=");
            return new Code.Named(name, expression());
        }
        Code value = operation(0);
        if (skip("if")) {
            Code condition = operation(0);
            expect("else");
            return new Code.Choice(condition, value, expression());
        }
        return value;
    }

    private Code operation(int level) {
        if (level == LEVELS.size()) {
            return prefix();
        }
        if (level == COMPARISONS) {
            return skip("not") ? new Code.Prefix("not", operation(level)) : comparison();
        }
        Code left = operation(level + 1);
        while (isOperator(LEVELS.get(level))) {
            left = new Code.Operation(take().text(), left, operation(level + 1));
        }
        return left;
    }

    private boolean isOperator(Set<String> symbols) {
        return symbols.contains(peek().text()) && (isNext(Kind.SYMBOL) || isNext(Kind.NAME));
    }

    private Code comparison() {
        Code first = operation(COMPARISONS + 1);
        List<String> operators = new ArrayList<>();
        List<Code> others = new ArrayList<>();
        while (isOperator(COMPARE)) {
            String operator = take().text();
            if (operator.equals("not")) {
                expect("in");
                operator = "not in";
            } else if (operator.equals("is") && skip("not")) {
                operator = "is not";
            }
            operators.add(operator);
            others.add(operation(COMPARISONS + 1));
        }
        return operators.isEmpty() ? first : new Code.Comparison(first, operators, others);
    }

    private Code prefix() {
        for (String sign : List.of("-", "+", "~")) {
            if (skip(sign)) {
                return new Code.Prefix(sign, prefix());
            }
        }
        Code base = postfix();
        return skip("**") ? new Code.Operation("**", base, prefix()) : base;
    }

    private Code postfix() {
        Code value = atom();
        while (true) {
            if (skip(".")) {
                value = new Code.Attribute(value, name());
            } else if (skip("(")) {
                value = new Code.Call(value, arguments());
            } else if (skip("[")) {
                value = new Code.Item(value, index());
            } else {
                return value;
            }
        }
    }

    /** Those of a call, up to and with the closing parenthesis. */
    final List<Argument> arguments() {
        List<Argument> arguments = new ArrayList<>();
        while (!skip(")")) {
            if (skip("**")) {
                arguments.add(new Argument("**", expression()));
            } else if (skip("*")) {
                arguments.add(new Argument("*", expression()));
            } else if (isNext(Kind.NAME) && isThen("=")) {
                String name = name();
                expect("=");
                arguments.add(new Argument(name, expression()));
            } else {
                Code value = expression();
                arguments.add(new Argument(
                        null, isNext("for") ? new Code.Comprehension(null, value, clauses(), Collection.LIST) : value));
            }
            comma(")");
        }
        return arguments;
    }

    private void comma(String end) {
        if (!isNext(end)) {
            expect(",");
        }
    }

    private Code index() {
        List<Code> parts = new ArrayList<>();
        boolean several = false;
        while (!skip("]")) {
            parts.add(part());
            several |= isNext(",");
            comma("]");
        }
        return several ? new Code.Sequence(parts, Collection.TUPLE) : parts.getFirst();
    }

    private Code part() {
        Code start = isNext(":") ? null : starred();
        if (!skip(":")) {
            return start;
        }
        Code end = isNext(":") || isNext("]") || isNext(",") ? null : expression();
        Code step = skip(":") && !isNext("]") && !isNext(",") ? expression() : null;
        return new Code.Range(start, end, step);
    }

    /** Parameters, up to and with {@code end}; what types they are said to have does not matter. */
    final Signature signature(String end) {
        List<Parameter> parameters = new ArrayList<>();
        Takes takes = Takes.ONE;
        while (!skip(end)) {
            if (skip("**")) {
                parameters.add(new Parameter(parameter(end), Takes.REST_BY_NAME, null));
            } else if (skip("*")) {
                takes = Takes.ONE_BY_NAME;
                if (!isNext(",")) {
                    parameters.add(new Parameter(parameter(end), Takes.REST, null));
                }
            } else if (!skip("/")) {
                String name = parameter(end);
                parameters.add(new Parameter(name, takes, skip("=") ? expression() : null));
            }
            comma(end);
        }
        return new Signature(parameters);
    }

    private String parameter(String end) {
        String name = name();
        if (!end.equals(":") && skip(":")) {
            expression();
        }
        return name;
    }

    private Code atom() {
        Word word = take();
        return switch (word.kind()) {
            case NUMBER -> new Code.Constant(number(word.text()));
            case STRING, FORMAT -> text(word);
            case NAME ->
                switch (word.text()) {
                    case "None" -> new Code.Constant(null);
                    case "True" -> new Code.Constant(true);
                    case "False" -> new Code.Constant(false);
                    case String name -> new Code.Name(name);
                };
            case SYMBOL ->
                switch (word.text()) {
                    case "(" -> parenthesized();
                    case "[" -> bracketed("]", Collection.LIST);
                    case "{" -> braced();
                    case "..." -> new Code.Name("Ellipsis");
                    default -> throw new Unsupported("syntax: '" + word.text() + "'");
                };
            default -> throw new Unsupported("syntax: " + word.kind());
        };
    }

    private Code parenthesized() {
        if (skip(")")) {
            return new Code.Sequence(List.of(), Collection.TUPLE);
        }
        Code inside = tuple();
        if (isNext("for")) {
            inside = new Code.Comprehension(null, inside, clauses(), Collection.LIST);
        }
        expect(")");
        return inside;
    }

    private Code bracketed(String end, Collection kind) {
        if (skip(end)) {
            return new Code.Sequence(List.of(), kind);
        }
        Code first = starred();
        if (isNext("for")) {
            Code all = new Code.Comprehension(null, first, clauses(), kind);
            expect(end);
            return all;
        }
        List<Code> items = new ArrayList<>(List.of(first));
        comma(end);
        while (!skip(end)) {
            items.add(starred());
            comma(end);
        }
        return new Code.Sequence(items, kind);
    }

    private Code braced() {
        if (skip("}")) {
            return new Code.Dictionary(List.of(), List.of());
        }
        int start = at;
        if (!skip("**")) {
            starred();
            if (!isNext(":")) {
                at = start;
                return bracketed("}", Collection.SET);
            }
        }
        at = start;
        return dictionary();
    }

    private Code dictionary() {
        List<Code> keys = new ArrayList<>();
        List<Code> values = new ArrayList<>();
        while (!skip("}")) {
            if (skip("**")) {
                keys.add(null);
            } else {
                keys.add(expression());
                expect(":");
            }
            values.add(expression());
            if (isNext("for")) {
                Code all = new Code.Comprehension(keys.getFirst(), values.getFirst(), clauses(), Collection.LIST);
                expect("}");
                return all;
            }
            comma("}");
        }
        return new Code.Dictionary(keys, values);
    }

    private List<Clause> clauses() {
        List<Clause> clauses = new ArrayList<>();
        while (skip("for")) {
            Code target = targets();
            expect("in");
            Code values = operation(0);
            List<Code> conditions = new ArrayList<>();
            while (skip("if")) {
                conditions.add(operation(0));
            }
            clauses.add(new Clause(target, values, conditions));
        }
        return clauses;
    }

    /** Strings that stand side by side are one. */
    private Code text(Word first) {
        List<Code> pieces = new ArrayList<>();
        Word word = first;
        while (true) {
            if (word.kind() == Kind.FORMAT) {
                pieces.addAll(formatted(word.text()));
            } else {
                pieces.add(new Code.Constant(word.text()));
            }
            if (!isNext(Kind.STRING) && !isNext(Kind.FORMAT)) {
                break;
            }
            word = take();
        }
        return pieces.size() == 1 && first.kind() == Kind.STRING ? pieces.getFirst() : new Code.Text(pieces);
    }

    /** The pieces of {@code f"{x:.4f} and so on"}. */
    private static List<Code> formatted(String text) {
        List<Code> pieces = new ArrayList<>();
        var plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean doubled = (c == '{' || c == '}') && at + 1 < text.length() && text.charAt(at + 1) == c;
            if (c == '{' && !doubled) {
                pieces.add(new Code.Constant(PythonLexer.unescaped(plain.toString())));
                plain.setLength(0);
                int end = closing(text, at);
                pieces.addAll(piece(text.substring(at + 1, end)));
                at = end + 1;
            } else {
                plain.append(c);
                at += doubled ? 2 : 1;
            }
        }
        pieces.add(new Code.Constant(PythonLexer.unescaped(plain.toString())));
        return pieces;
    }

    /** Where the bracket at {@code open} is closed. */
    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += "([{".indexOf(text.charAt(i)) >= 0 ? 1 : ")]}".indexOf(text.charAt(i)) >= 0 ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new Unsupported("syntax: a brace that is not closed in \"" + text + "\"");
    }

    /** {@code value!r:format}, or {@code value=} for the expression's own text before it. */
    private static List<Code> piece(String inside) {
        int colon = outside(inside, ':');
        String value = colon < 0 ? inside : inside.substring(0, colon);
        Code format = colon < 0 ? null : new Code.Text(formatted(inside.substring(colon + 1)));
        char conversion = 's';
        int mark = outside(value, '!');
        if (mark >= 0 && mark + 1 < value.length() && value.charAt(mark + 1) != '=') {
            conversion = value.charAt(mark + 1);
            value = value.substring(0, mark);
        }
        List<Code> pieces = new ArrayList<>();
        if (value.endsWith("=") && !value.matches(".*[=<>!]=")) {
            pieces.add(new Code.Constant(value));
            conversion = format == null ? 'r' : conversion;
            value = value.substring(0, value.length() - 1);
        }
        pieces.add(new Code.Piece(PythonParser.parse(value), conversion, format));
        return pieces;
    }

    /** The first place of a character outside of brackets and strings, or −1. */
    private static int outside(String text, char wanted) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (depth == 0 && c == wanted) {
                return i;
            } else {
                depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            }
        }
        return -1;
    }

    private static Object number(String text) {
        String digits = text.replace("_", "");
        if (digits.matches("[0-9]+")) {
            return whole(digits, 10);
        }
        if (digits.startsWith("0x")) {
            return whole(digits.substring(2), 16);
        }
        if (digits.startsWith("0b")) {
            return whole(digits.substring(2), 2);
        }
        if (digits.endsWith("j")) {
            throw new Unsupported("complex numbers");
        }
        return Double.valueOf(digits);
    }

    private static Object whole(String digits, int radix) {
        try {
            return Long.valueOf(digits, radix);
        } catch (NumberFormatException e) {
            throw new Unsupported("the number " + digits);
        }
    }
}
