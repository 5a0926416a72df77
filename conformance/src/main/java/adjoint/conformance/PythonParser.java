package adjoint.conformance;

import adjoint.conformance.Code.Argument;
import adjoint.conformance.PythonLexer.Kind;
import adjoint.conformance.PythonLexer.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the reference cases' Python. What it does not know raises {@link Unsupported}. */
final class PythonParser {
    /** Operators on two values, the weakest first. */
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("or"),
            Set.of("and"),
            Set.of("<", ">", "==", "!=", "<=", ">=", "is", "in"),
            Set.of("|"),
            Set.of("^"),
            Set.of("&"),
            Set.of("<<", ">>"),
            Set.of("+", "-"),
            Set.of("*", "/", "//", "%", "@"));

    private static final int COMPARISON = 2;

    private final List<Word> words;
    private int at;

    private PythonParser(List<Word> words) {
        this.words = words;
    }

    /** A whole program; that of a single expression has its value. */
    static Code parse(String text) {
        var parser = new PythonParser(PythonLexer.words(text));
        List<Code> statements = new ArrayList<>();
        while (parser.peek().kind() != Kind.END) {
            statements.add(parser.statement());
        }
        return statements.size() == 1 ? statements.getFirst() : new Code.Block(statements);
    }

    private Word peek() {
        return words.get(at);
    }

    private boolean is(String symbol) {
        Word word = peek();
        return word.text().equals(symbol) && (word.kind() == Kind.SYMBOL || word.kind() == Kind.NAME);
    }

    private boolean skip(String symbol) {
        boolean found = is(symbol);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String symbol) {
        if (!skip(symbol)) {
            throw new Unsupported("syntax: '" + peek().text() + "' instead of '" + symbol + "'");
        }
    }

    private String name() {
        if (peek().kind() != Kind.NAME) {
            throw new Unsupported("syntax: '" + peek().text() + "' instead of a name");
        }
        return words.get(at++).text();
    }

    private Code statement() {
        Word word = peek();
        if (word.kind() == Kind.NAME) {
            switch (word.text()) {
                case "if":
                    at++;
                    return choice();
                case "while":
                    at++;
                    return new Code.While(expression(), block());
                case "for": {
                    at++;
                    Code target = targets();
                    expect("in");
                    return new Code.For(target, tuple(), block());
                }
                case "with":
                    at++;
                    return new Code.With(expression(), block());
                case "def":
                    return define();
                case "import":
                    return imports();
                case "from":
                    return fromImport();
                case "class", "try", "raise", "del", "assert":
                    throw new Unsupported("statement " + word.text());
                default:
                    break;
            }
        }
        Code simple = simple();
        if (peek().kind() == Kind.LINE) {
            at++;
        } else {
            expect(";");
        }
        return simple;
    }

    /** The modules' names are known anyway. */
    private Code imports() {
        while (peek().kind() != Kind.LINE && !is(";")) {
            if (is("as")) {
                throw new Unsupported("import as");
            }
            at++;
        }
        at++;
        return new Code.Block(List.of());
    }

    /** {@code from torch.utils.data import A as B}: another name for a function. */
    private Code fromImport() {
        at++;
        StringBuilder module = new StringBuilder(name());
        while (skip(".")) {
            module.append('.').append(name());
        }
        expect("import");
        List<Code> names = new ArrayList<>();
        do {
            String name = name();
            Code target = new Code.Name(skip("as") ? name() : name);
            names.add(new Code.Assign(target, new Code.Name(module + "." + name)));
        } while (skip(","));
        if (peek().kind() == Kind.LINE) {
            at++;
        } else {
            expect(";");
        }
        return new Code.Block(names);
    }

    private Code choice() {
        Code condition = expression();
        Code yes = block();
        if (skip("elif")) {
            return new Code.If(condition, yes, choice());
        }
        return new Code.If(condition, yes, skip("else") ? block() : new Code.Block(List.of()));
    }

    private Code define() {
        at++;
        String name = name();
        expect("(");
        List<String> parameters = new ArrayList<>();
        while (!skip(")")) {
            parameters.add(name());
            skip(",");
        }
        return new Code.Define(name, parameters, block());
    }

    private Code block() {
        expect(":");
        if (peek().kind() != Kind.LINE) {
            return statement();
        }
        at += 2;
        List<Code> statements = new ArrayList<>();
        while (peek().kind() != Kind.DEDENT) {
            statements.add(statement());
        }
        at++;
        return new Code.Block(statements);
    }

    private Code simple() {
        if (skip("return")) {
            return new Code.Return(peek().kind() == Kind.LINE ? new Code.Constant(null) : tuple());
        }
        if (skip("break")) {
            return new Code.Break();
        }
        if (skip("pass")) {
            return new Code.Block(List.of());
        }
        Code left = tuple();
        if (skip("=")) {
            return new Code.Assign(left, tuple());
        }
        String word = peek().text();
        if (peek().kind() == Kind.SYMBOL
                && word.length() > 1
                && word.endsWith("=")
                && !"<>=!".contains(word.substring(0, 1))) {
            at++;
            return new Code.Update(left, word.substring(0, word.length() - 1), tuple());
        }
        return left;
    }

    /** Expressions with commas between make a tuple. */
    private Code tuple() {
        Code first = expression();
        if (!is(",")) {
            return first;
        }
        List<Code> items = new ArrayList<>(List.of(first));
        while (skip(",")) {
            if (peek().kind() == Kind.LINE || is("=") || is(")") || is("]")) {
                break;
            }
            items.add(expression());
        }
        return new Code.Sequence(items, true);
    }

    private Code targets() {
        List<Code> items = new ArrayList<>();
        do {
            items.add(new Code.Name(name()));
        } while (skip(","));
        return items.size() == 1 ? items.getFirst() : new Code.Sequence(items, true);
    }

    private Code expression() {
        if (skip("lambda")) {
            List<String> parameters = new ArrayList<>();
            while (!skip(":")) {
                parameters.add(name());
                skip(",");
            }
            return new Code.Lambda(parameters, expression());
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
        if (level == COMPARISON && skip("not")) {
            return new Code.Prefix("not", operation(level));
        }
        Code left = operation(level + 1);
        Code chain = null; // a < b < c is a < b and b < c
        Code before = null;
        while (peek().kind() != Kind.STRING && LEVELS.get(level).contains(peek().text())) {
            String operator = words.get(at++).text();
            if (operator.equals("is") && skip("not")) {
                operator = "is not";
            }
            Code right = operation(level + 1);
            Code compared = new Code.Operation(operator, level == COMPARISON && chain != null ? before : left, right);
            chain = level == COMPARISON && chain != null ? new Code.Operation("and", chain, compared) : compared;
            before = right;
            left = chain;
        }
        return left;
    }

    private Code prefix() {
        if (skip("-")) {
            return new Code.Prefix("-", prefix());
        }
        if (skip("~")) {
            return new Code.Prefix("~", prefix());
        }
        if (skip("+")) {
            return prefix();
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

    private List<Argument> arguments() {
        List<Argument> arguments = new ArrayList<>();
        while (!skip(")")) {
            if (skip("*")) {
                arguments.add(new Argument("*", expression()));
            } else if (peek().kind() == Kind.NAME && words.get(at + 1).text().equals("=")) {
                String name = name();
                expect("=");
                arguments.add(new Argument(name, expression()));
            } else {
                Code value = expression();
                if (skip("for")) {
                    Code target = targets();
                    expect("in");
                    Code values = operation(0);
                    value = new Code.Comprehension(value, target, values, skip("if") ? operation(0) : null);
                }
                arguments.add(new Argument(null, value));
            }
            if (!is(")")) {
                expect(",");
            }
        }
        return arguments;
    }

    private Code index() {
        List<Code> parts = new ArrayList<>();
        boolean tuple = false;
        while (!skip("]")) {
            parts.add(part());
            tuple |= is(",");
            if (!is("]")) {
                expect(",");
            }
        }
        return tuple ? new Code.Sequence(parts, true) : parts.getFirst();
    }

    private Code part() {
        Code start = is(":") ? null : expression();
        if (!skip(":")) {
            return start;
        }
        Code end = is(":") || is("]") || is(",") ? null : expression();
        Code step = skip(":") && !is("]") && !is(",") ? expression() : null;
        return new Code.Range(start, end, step);
    }

    /** {@code f"{x:.4f} and so on"}: pieces of text and formatted values, added up. */
    private static Code formatted(String text) {
        Code sum = new Code.Constant("");
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int end = open < 0 ? text.length() : open;
            sum = new Code.Operation("+", sum, new Code.Constant(text.substring(at, end)));
            at = end;
            if (open >= 0) {
                int close = text.indexOf('}', open);
                int colon = text.lastIndexOf(':', close);
                boolean spec = colon > open;
                Code value = parse(text.substring(open + 1, spec ? colon : close));
                List<Argument> arguments = new ArrayList<>(List.of(new Argument(null, value)));
                if (spec) {
                    arguments.add(new Argument(null, new Code.Constant(text.substring(colon + 1, close))));
                }
                sum = new Code.Operation("+", sum, new Code.Call(new Code.Name(spec ? "format" : "str"), arguments));
                at = close + 1;
            }
        }
        return sum;
    }

    private Code dictionary() {
        List<Code> keys = new ArrayList<>();
        List<Code> values = new ArrayList<>();
        while (!skip("}")) {
            keys.add(expression());
            expect(":");
            values.add(expression());
            if (!is("}")) {
                expect(",");
            }
        }
        return new Code.Dictionary(keys, values);
    }

    private Code atom() {
        Word word = words.get(at++);
        return switch (word.kind()) {
            case NUMBER -> new Code.Constant(number(word.text()));
            case STRING -> new Code.Constant(word.text());
            case FORMAT -> formatted(word.text());
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
                    case "[" -> bracketed();
                    case "{" -> dictionary();
                    case "..." -> new Code.Name("Ellipsis");
                    default -> throw new Unsupported("syntax: '" + word.text() + "'");
                };
            default -> throw new Unsupported("syntax: " + word.kind());
        };
    }

    private Code parenthesized() {
        if (skip(")")) {
            return new Code.Sequence(List.of(), true);
        }
        Code inside = tuple();
        expect(")");
        return inside;
    }

    private Code bracketed() {
        if (skip("]")) {
            return new Code.Sequence(List.of(), false);
        }
        Code first = expression();
        if (skip("for")) {
            Code all = comprehension(first);
            expect("]");
            return all;
        }
        List<Code> items = new ArrayList<>(List.of(first));
        if (!is("]")) {
            expect(",");
        }
        items.addAll(items("]"));
        return new Code.Sequence(items, false);
    }

    private Code comprehension(Code each) {
        Code target = targets();
        expect("in");
        Code values = operation(0);
        return new Code.Comprehension(each, target, values, skip("if") ? operation(0) : null);
    }

    private List<Code> items(String end) {
        List<Code> items = new ArrayList<>();
        while (!skip(end)) {
            items.add(expression());
            if (!is(end)) {
                expect(",");
            }
        }
        return items;
    }

    private static Object number(String text) {
        String digits = text.replace("_", "");
        return digits.matches("[0-9]+") ? (Object) Long.valueOf(digits) : (Object) Double.valueOf(digits);
    }
}
