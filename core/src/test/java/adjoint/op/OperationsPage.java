package adjoint.op;

import adjoint.codegen.Formula;
import adjoint.op.OperationSources.Source;
import adjoint.tensor.Tensor;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page of all operations: what the declarations say, in tables. */
final class OperationsPage {
    private static final String HEAD = """
            # Operations

            What tensors are computed with: all else is composed of these. Made from the declarations by a program; do not
            edit. A test compares it with them; `mvn -q test -pl core -Dways.skip -Dtest=OperationsPageTest
            -Dadjoint.pages=write` makes it anew.

            Names are PyTorch's. In formulas `a`, `b`, `c` are the operands, `p0`, `p1` numbers given at the call, `y` the
            result, `g` the gradient of the result. Operands are broadcast to a common shape, which is the result's.
            """;

    private static final String ROWS = """
            A gradient is one formula too, and one pass over memory; it is differentiated again to any order. *Types* says
            what the result is for floating-point numbers, whole numbers and truth values: – is refused. *ulp* is the
            greatest error [found](elementary-error.md), in units in the last place, in F32 and F64.
            """;

    private static final String OTHERS = """
            A linear operation gives its transpose, which is its gradient; a bilinear one its two transposes; the others
            a rule. Rules are written with tensors, so that they are differentiated again, and are quoted where they are one
            line. *vmap* says how many examples at once are computed: by one operation, one by one, or not at all.
            """;

    private final Path root;
    private final Map<String, String> ulps = new LinkedHashMap<>();

    private OperationsPage(Path root) throws IOException {
        this.root = root;
        for (String line : Files.readAllLines(root.resolve("docs/elementary-error.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length > 8 && cells[8].contains("ElementaryTable")) {
                ulps.put(cells[1].strip(), cells[2].strip() + ", " + cells[5].strip());
            }
        }
    }

    /** The page as it has to be now. */
    static String of(Path root) throws IOException {
        return new OperationsPage(root).page();
    }

    private String page() throws IOException {
        var page = new StringBuilder(HEAD).append("\n## Formulas\n\n").append(ROWS);
        rows(page, "Of one operand", "Unary", Unary.values());
        rows(page, "Of two operands", "Binary", Binary.values());
        rows(page, "Of three operands", "Ternary", Ternary.values());
        page.append("\n### Tuned by numbers\n\n| operation | formula | gradients |\n|---|---|---|\n");
        Map<String, String> comments = OperationSources.rowComments(source("Parametric"));
        for (Parametric row : Parametric.values()) {
            page.append(cells(
                    name(row.sample().formula().name(), comments.get(row.name())),
                    code(row.sample().formula().text()),
                    gradients(row.sample().formula())));
        }
        page.append("\n## Others\n\n").append(OTHERS);
        for (var kind : Kind.values()) {
            List<Source> sources = OperationSources.of(root).stream()
                    .filter(s -> Kind.of(s) == kind)
                    .toList();
            if (!sources.isEmpty()) {
                others(page, kind, sources);
            }
        }
        return page.toString();
    }

    private Path source(String name) {
        return root.resolve("core/src/main/java/adjoint/op/" + name + ".java");
    }

    private void rows(StringBuilder page, String title, String table, Elementwise.Row[] rows) throws IOException {
        page.append("\n### ").append(title).append("\n\n");
        page.append("| operation | formula | gradients | types | ulp |\n|---|---|---|---|---|\n");
        Map<String, String> comments = OperationSources.rowComments(source(table));
        for (Elementwise.Row row : rows) {
            Formula formula = row.op().formula();
            String comment = comments.get(((Enum<?>) row).name());
            page.append(cells(
                    name(formula.name(), comment),
                    code(formula.text()),
                    gradients(formula),
                    types(formula),
                    ulps.getOrDefault(formula.name(), "")));
        }
    }

    private static String name(String name, String comment) {
        return code(name) + (comment == null ? "" : "<br>" + comment);
    }

    private static String gradients(Formula formula) {
        if (formula.resultType(DType.F64) == DType.BOOL) {
            return "none: truth values";
        }
        List<String> each = new ArrayList<>();
        for (int i = 0; i < formula.inputs(); i++) {
            if (formula.kind(i) != adjoint.codegen.Kind.MASK) {
                each.add(code(formula.derivative(i).text(formula)));
            }
        }
        return String.join("<br>", each);
    }

    /** What the method of this name gives for operands of each kind of type. */
    private static String types(Formula formula) {
        Optional<Method> method = Arrays.stream(Tensor.class.getMethods())
                .filter(m -> m.getName().equalsIgnoreCase(formula.name().replace("_", ""))
                        && !Modifier.isStatic(m.getModifiers())
                        && m.getParameterCount() == formula.inputs() - 1
                        && Arrays.stream(m.getParameterTypes()).allMatch(Tensor.class::equals))
                .findFirst();
        if (method.isEmpty()) {
            return "";
        }
        return Arrays.stream(new DType[][] {
                    {DType.F32, DType.F64}, {DType.I64, DType.I32, DType.I16, DType.I8, DType.U8}, {DType.BOOL}
                })
                .map(group -> types(method.get(), group))
                .collect(Collectors.joining(", "));
    }

    private static String types(Method method, DType... group) {
        List<String> results =
                Arrays.stream(group).map(type -> type(method, type)).distinct().toList();
        return results.size() == 1 ? results.getFirst() : String.join("/", results);
    }

    private static String type(Method method, DType type) {
        Object[] operands = new Object[method.getParameterCount()];
        Arrays.setAll(operands, _ -> Tensor.ones(type, 1));
        try {
            DType result = ((Tensor) method.invoke(Tensor.ones(type, 1), operands)).dtype();
            return result == type ? "same" : result.name();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof AdjointException) {
                return "–";
            }
            throw new IllegalStateException(method + " of " + type, e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The kinds of operations that are not formulas. */
    private enum Kind {
        LINEAR("Linear", "transpose"),
        VIEW("Views", "transpose"),
        BILINEAR("Bilinear", "transposes"),
        RULE("With a rule", "gradient"),
        DISCRETE("Without a derivative", null);

        private final String title;
        private final String gradient;

        Kind(String title, String gradient) {
            this.title = title;
            this.gradient = gradient;
        }

        static Kind of(Source source) {
            return switch (source.kind()) {
                case "LinearOp" -> LINEAR;
                case "ViewOp" -> VIEW;
                case "BilinearOp" -> BILINEAR;
                case "DiscreteOp" -> DISCRETE;
                default -> RULE;
            };
        }
    }

    private void others(StringBuilder page, Kind kind, List<Source> sources) {
        page.append("\n### ").append(kind.title).append("\n\n");
        page.append(
                kind.gradient == null
                        ? "| operation | what it is | vmap |\n|---|---|---|\n"
                        : "| operation | what it is | " + kind.gradient + " | vmap |\n|---|---|---|---|\n");
        for (Source source : sources) {
            String name = "[" + code(source.name()) + "](../" + source.path() + ")"
                    + source.opNames().stream()
                            .filter(op -> !op.equalsIgnoreCase(source.name()))
                            .map(op -> "<br>" + code(op))
                            .collect(Collectors.joining());
            String vmap = source.batching().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            if (kind.gradient == null) {
                page.append(cells(name, source.definition(), vmap));
            } else {
                String rules = source.rules().stream().map(OperationsPage::code).collect(Collectors.joining("<br>"));
                page.append(cells(name, source.definition(), rules.isEmpty() ? "see there" : rules, vmap));
            }
        }
    }

    private static String cells(String... cells) {
        return Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** Code in a cell of a table. */
    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
