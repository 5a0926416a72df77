package adjoint.op;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the sources of operations say that running programs cannot know: the sentences that define them, their rules. */
final class OperationSources {
    /** How many examples are computed at once. */
    enum Batching {
        ONE_OPERATION,
        ONE_BY_ONE,
        REFUSED
    }

    /**
     * An operation that is not a formula.
     *
     * @param path from the root of the project
     * @param kind the interface that it implements
     * @param definition the first paragraph of its Javadoc, in Markdown
     * @param rules its transposes or its gradient, where they are one expression
     * @param opNames PyTorch's names
     */
    record Source(
            String name,
            Path path,
            String kind,
            String definition,
            List<String> rules,
            TreeSet<String> opNames,
            Batching batching) {}

    private static final List<String> FOLDERS = List.of(
            "core/src/main/java/adjoint/op",
            "core/src/main/java/adjoint/nn",
            "core/src/main/java/adjoint/tensor",
            "linalg/src/main/java/adjoint/linalg");

    private static final Pattern DECLARED = Pattern.compile(
            "(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s*)*(?:public |private |static |final )*(?:record|enum|class) (\\w+)[^{;]*? implements (LinearOp|BilinearOp|RuleOp|DiscreteOp|ViewOp|CustomOp|MatrixOp)\\b");

    private static final Pattern RULE = Pattern.compile(
            "(?s)public Tensor (transpose|transposeLeft|transposeRight|gradient)\\([^)]*\\) \\{\\s*return ([^;]*);\\s*}");

    private static final Pattern OP_NAME = Pattern.compile("(?s)public String opName\\(\\) \\{\\s*return \"(\\w+)\";");

    private static final Pattern BATCH = Pattern.compile("(?s)public Tensor batch\\(.*?\\n    }");

    private OperationSources() {}

    /** All of them, by name. */
    static List<Source> of(Path root) throws IOException {
        Map<String, Source> sources = new java.util.TreeMap<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.list(root.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> read(root, file).forEach(s -> sources.put(s.name(), s)));
            }
        }
        return List.copyOf(sources.values());
    }

    private static List<Source> read(Path root, Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Source> sources = new ArrayList<>();
        Matcher m = DECLARED.matcher(text);
        while (m.find()) {
            String body = body(text, m.end());
            TreeSet<String> names = new TreeSet<>();
            all(OP_NAME, body, 1).forEach(names::add);
            sources.add(new Source(
                    m.group(2),
                    Path.of(root.relativize(file).toString().replace('\\', '/')),
                    m.group(3),
                    paragraph(m.group(1)),
                    all(RULE, body, 2),
                    names,
                    batching(body)));
        }
        return sources;
    }

    /** What is between the braces that open from here on. */
    private static String body(String text, int from) {
        int open = text.indexOf('{', from);
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return text.substring(open, i + 1);
            }
        }
        return text.substring(open);
    }

    private static List<String> all(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(r -> r.group(group).replaceAll("\\s+", " ").strip())
                .toList();
    }

    private static Batching batching(String body) {
        Matcher m = BATCH.matcher(body);
        String rule = m.find() ? m.group() : "";
        return rule.contains("throw ")
                ? Batching.REFUSED
                : rule.contains(".select(") || rule.contains("stack(") ? Batching.ONE_BY_ONE : Batching.ONE_OPERATION;
    }

    /** The comments of an enum's rows, by the rows' names. */
    static Map<String, String> rowComments(Path file) throws IOException {
        Map<String, String> comments = new LinkedHashMap<>();
        Matcher m = Pattern.compile("(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*([A-Z][A-Z_0-9]*)\\(")
                .matcher(Files.readString(file));
        while (m.find()) {
            comments.put(m.group(2), paragraph(m.group(1)));
        }
        return comments;
    }

    /** A Javadoc's first paragraph in Markdown. */
    private static String paragraph(String javadoc) {
        String text = javadoc.replaceAll("(?m)^\\s*\\* ?", "").strip();
        text = text.split("(?m)^\\s*(@|<p>|<pre>)", 2)[0];
        text = text.replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link #?([\\w.]*#)?(\\w+)(?:\\([^)]*\\))?(?: ([^}]*))?}", "`$2`")
                .replaceAll("\\s+", " ")
                .strip();
        return text.replace("|", "\\|");
    }
}
