package adjoint.conformance;

import adjoint.conformance.Code.Argument;
import adjoint.conformance.Code.Handler;
import adjoint.conformance.Code.Signature;
import adjoint.conformance.PythonLexer.Kind;
import adjoint.conformance.PythonLexer.Word;
import java.util.ArrayList;
import java.util.List;

/** Reads Python's statements. What it does not know raises {@link Unsupported}. */
final class PythonParser extends PythonExpressions {
    private static final Code NOTHING = new Code.Block(List.of());

    private PythonParser(List<Word> words) {
        super(words);
    }

    /** A whole program; that of a single expression has its value. */
    static Code parse(String text) {
        var parser = new PythonParser(PythonLexer.words(text));
        List<Code> statements = new ArrayList<>();
        while (!parser.isNext(Kind.END)) {
            statements.add(parser.statement());
        }
        return statements.size() == 1 ? statements.getFirst() : new Code.Block(statements);
    }

    private Code statement() {
        if (isNext("@")) {
            return decorated();
        }
        if (isNext(Kind.NAME)) {
            Code compound = compound(peek().text());
            if (compound != null) {
                return compound;
            }
        }
        Code simple = simple();
        if (isNext(Kind.LINE)) {
            take();
        } else {
            expect(";");
            if (isNext(Kind.LINE)) {
                take();
            }
        }
        return simple;
    }

    /** A statement that contains others, or null if the word does not begin one. */
    private Code compound(String word) {
        switch (word) {
            case "if":
                take();
                return choice();
            case "while":
                take();
                return new Code.While(expression(), block(), otherwise());
            case "for": {
                take();
                Code target = targets();
                expect("in");
                return new Code.For(target, tuple(), block(), otherwise());
            }
            case "with":
                take();
                return with();
            case "def":
                return define(List.of());
            case "class":
                return classDefinition(List.of());
            case "try":
                take();
                return attempt();
            default:
                return null;
        }
    }

    private Code otherwise() {
        return skip("else") ? block() : NOTHING;
    }

    private Code choice() {
        Code condition = expression();
        Code yes = block();
        return new Code.If(condition, yes, skip("elif") ? choice() : otherwise());
    }

    private Code with() {
        Code manager = expression();
        Code target = skip("as") ? targets() : null;
        return new Code.With(manager, target, skip(",") ? with() : block());
    }

    private Code attempt() {
        Code body = block();
        List<Handler> handlers = new ArrayList<>();
        while (skip("except")) {
            Code type = isNext(":") ? null : expression();
            handlers.add(new Handler(type, skip("as") ? name() : null, block()));
        }
        Code otherwise = otherwise();
        return new Code.Try(body, handlers, otherwise, skip("finally") ? block() : NOTHING);
    }

    private Code decorated() {
        List<Code> decorators = new ArrayList<>();
        while (skip("@")) {
            decorators.add(expression());
            take();
        }
        return isNext("class") ? classDefinition(decorators) : define(decorators);
    }

    private Code define(List<Code> decorators) {
        expect("def");
        String name = name();
        expect("(");
        Signature signature = signature(")");
        if (skip("->")) {
            expression();
        }
        boolean outer = yields;
        yields = false;
        Code body = block();
        boolean generates = yields;
        yields = outer;
        return new Code.Define(name, signature, body, decorators, generates);
    }

    private Code classDefinition(List<Code> decorators) {
        expect("class");
        String name = name();
        List<Argument> bases = skip("(") ? arguments() : List.of();
        return new Code.ClassDefinition(name, bases, block(), decorators);
    }

    private Code block() {
        expect(":");
        List<Code> statements = new ArrayList<>();
        if (!isNext(Kind.LINE)) {
            do {
                statements.add(simple());
            } while (skip(";") && !isNext(Kind.LINE));
            take();
            return new Code.Block(statements);
        }
        take();
        if (take().kind() != Kind.INDENT) {
            throw new Unsupported("syntax: a block that is not indented");
        }
        while (!isNext(Kind.DEDENT)) {
            statements.add(statement());
        }
        take();
        return new Code.Block(statements);
    }

    private Code simple() {
        switch (isNext(Kind.NAME) ? peek().text() : "") {
            case "return":
                take();
                return new Code.Return(ends() ? new Code.Constant(null) : tuple());
            case "raise": {
                take();
                Code error = ends() ? null : expression();
                if (skip("from")) {
                    expression();
                }
                return new Code.Raise(error);
            }
            case "break":
                take();
                return new Code.Break();
            case "continue":
                take();
                return new Code.Continue();
            case "pass":
                take();
                return NOTHING;
            case "del":
                take();
                return new Code.Delete(tuple());
            case "assert":
                take();
                return new Code.Assert(expression(), skip(",") ? expression() : null);
            case "global", "nonlocal":
                return outside();
            case "import":
                take();
                return imports();
            case "from":
                take();
                return fromImport();
            default:
                return assignment();
        }
    }

    private Code outside() {
        boolean global = take().text().equals("global");
        List<String> names = new ArrayList<>();
        do {
            names.add(name());
        } while (skip(","));
        return new Code.Outside(names, global);
    }

    /** {@code import a.b, c as d}. */
    private Code imports() {
        List<Code> all = new ArrayList<>();
        do {
            String module = dotted();
            // Without a name of its own only its first part is one.
            boolean named = skip("as");
            String first = module.contains(".") ? module.substring(0, module.indexOf('.')) : module;
            all.add(named ? new Code.Import(module, name()) : new Code.Import(first, first));
        } while (skip(","));
        return new Code.Block(all);
    }

    /** {@code from a.b import c, d as e}. */
    private Code fromImport() {
        String module = dotted();
        expect("import");
        boolean bracket = skip("(");
        List<Code> all = new ArrayList<>();
        do {
            if (bracket && isNext(")")) {
                break;
            }
            String name = name();
            all.add(new Code.Import(module + "." + name, skip("as") ? name() : name));
        } while (skip(","));
        if (bracket) {
            expect(")");
        }
        return new Code.Block(all);
    }

    private Code assignment() {
        Code left = tuple();
        if (skip(":")) {
            expression(); // what type it is said to have
            return skip("=") ? new Code.Assign(List.of(left), tuple()) : NOTHING;
        }
        if (isNext("=")) {
            List<Code> parts = new ArrayList<>(List.of(left));
            while (skip("=")) {
                parts.add(tuple());
            }
            return new Code.Assign(parts.subList(0, parts.size() - 1), parts.getLast());
        }
        String word = peek().text();
        if (isNext(Kind.SYMBOL) && word.length() > 1 && word.endsWith("=") && !word.matches("[<>=!:]=")) {
            take();
            return new Code.Update(left, word.substring(0, word.length() - 1), tuple());
        }
        return left;
    }
}
