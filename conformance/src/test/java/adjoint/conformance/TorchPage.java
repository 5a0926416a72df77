package adjoint.conformance;

import adjoint.conformance.CalledMethods.Called;
import java.io.IOException;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that says what PyTorch's functions, layers and optimizers are called here: as the reference cases call them. */
final class TorchPage {
    private static final String HEAD = """
            # From PyTorch to Adjoint

            What PyTorch has, and the methods by which it is done here. Made by a program from the table by which PyTorch's
            own [reference cases](../CONTRIBUTING.md#reference-cases-from-pytorch) are run, so each line has been tried; do
            not edit. `mvn -q test -pl conformance -am -Dways.skip -Dtest=TorchPageTest
            -Dsurefire.failIfNoSpecifiedTests=false -Dadjoint.pages=write` makes it anew.

            `x` is a tensor, `m` a layer or another model; the names of arguments are those of the methods' documentation.
            Where several methods stand in a line, which one it is depends on the arguments. A trailing underscore in PyTorch
            is `InPlace` here; operators are methods (`x + y` is `x.add(y)`); flags are constants of an enum; an optimizer's options
            are methods (`new SGD(parameters, 0.1).momentum(0.9)`).

            How the language differs: `with torch.no_grad():` is `try (var _ = Autograd.noGrad()) { … }`; `x[1:3, ..., None]`
            is `x.at(Index.range(1, 3), Index.ELLIPSIS, Index.NEW_AXIS)`; a module is a class that implements `Layer` or
            `Model`, with its parameters in fields.
            """;

    /** Sections by the beginning of PyTorch's names, the more special first. */
    private static final Map<String, String> SECTIONS = new LinkedHashMap<>();

    static {
        SECTIONS.put("torch.linalg.", "Linear algebra");
        SECTIONS.put("torch.optim.lr_scheduler.", "Schedules of learning rates");
        SECTIONS.put("torch.optim.", "Optimizers");
        SECTIONS.put("torch.utils.data.", "Data");
        SECTIONS.put("torch.autograd.", "Gradients");
        SECTIONS.put("torch.nn.utils.", "Layers' helpers");
        SECTIONS.put("nn.utils.", "Layers' helpers");
        SECTIONS.put("nn.init.", "Initial values");
        SECTIONS.put("torch.", "Tensors");
        SECTIONS.put("Tensor.", "Tensors");
        SECTIONS.put("F.", "Functions of layers");
        SECTIONS.put("nn.", "Layers");
        SECTIONS.put("Model.", "What all layers have");
        SECTIONS.put("Optimizer.", "Optimizers");
    }

    /** More calls than these say how something is done, not what it is called. */
    private static final int MANY = 6;

    /** Calls that are the table's way to look at what it got. */
    private static final Set<String> OBVIOUS = Set.of(
            "shape",
            "dtype",
            "rank",
            "numel",
            "sizes",
            "isFloating",
            "requiresGrad",
            "toString",
            "equals",
            "global",
            "item",
            "forward",
            "values",
            "indices",
            "value",
            "gradients",
            "tangent");

    private static final Pattern RECORD = Pattern.compile("record (\\w+)(?:<[^>]*>)?\\(((?:[^()]|\\([^()]*\\))*)\\)");

    private static final Pattern METHOD = Pattern.compile(
            "(?m)^    (?:public |static |default |final )*(?:<[^>]*> )?(?:[\\w<>\\[\\], .?]+ )?(\\w+)\\(((?:[^()]|\\([^()]*\\))*)\\)(?: throws [\\w, ]+)? ?[{;]");

    private final Map<String, List<String[]>> parameters = new HashMap<>();

    private TorchPage(Path root) throws IOException {
        for (String folder : List.of("core/src/main/java", "linalg/src/main/java")) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String type = file.getFileName().toString().replace(".java", "");
                    String source = Files.readString(file);
                    for (Pattern pattern : List.of(METHOD, RECORD)) {
                        Matcher m = pattern.matcher(source);
                        while (m.find()) {
                            parameters
                                    .computeIfAbsent(type + "." + m.group(1), _ -> new ArrayList<>())
                                    .add(
                                            m.group(2).isBlank()
                                                    ? new String[0]
                                                    : m.group(2).split(",(?![^<]*>)"));
                        }
                    }
                }
            }
        }
    }

    /** The page as it has to be now. */
    static String of(Path root) throws IOException {
        return new TorchPage(root).page();
    }

    private String page() {
        var methods = new CalledMethods();
        Map<String, Map<String, Set<String>>> sections = new LinkedHashMap<>();
        SECTIONS.values().forEach(title -> sections.put(title, new TreeMap<>()));
        TorchTable.FUNCTIONS.keySet().stream().sorted().forEach(name -> {
            String title = SECTIONS.keySet().stream()
                    .filter(name::startsWith)
                    .map(SECTIONS::get)
                    .findFirst()
                    .orElse(null);
            TorchTable.Definition definition = definition(name);
            if (title == null || definition == null) {
                return;
            }
            String calls = text(name, methods.of(definition), methods.near(definition));
            if (calls.isEmpty()) {
                return;
            }
            String signature =
                    definition.signature().substring(definition.signature().indexOf('('));
            String last = name.substring(name.lastIndexOf('.') + 1);
            sections.get(title)
                    .computeIfAbsent(last + signature + "\t" + calls, _ -> new LinkedHashSet<>())
                    .add(name);
        });
        var page = new StringBuilder(HEAD);
        sections.forEach((title, rows) -> {
            if (!rows.isEmpty()) {
                page.append("\n## ").append(title).append("\n\n| PyTorch | Adjoint |\n|---|---|\n");
                rows.forEach((key, names) -> page.append(row(key, names)));
            }
        });
        return page.toString();
    }

    private static TorchTable.Definition definition(String name) {
        if (TorchTable.DEFINITIONS.containsKey(name)) {
            return TorchTable.DEFINITIONS.get(name);
        }
        return TorchTable.FUNCTIONS.entrySet().stream() // another name for the same
                .filter(e -> e.getValue() == TorchTable.FUNCTIONS.get(name))
                .map(e -> TorchTable.DEFINITIONS.get(e.getKey()))
                .filter(d -> d != null)
                .findFirst()
                .orElse(null);
    }

    private static String row(String key, Set<String> names) {
        String[] parts = key.split("\t", 2);
        String signature = parts[0].substring(parts[0].indexOf('('))
                .replaceFirst("\\(self(, )?", "(")
                .replaceFirst("\\(input(, |\\))", "(x$1");
        List<String> all = names.stream()
                .sorted(Comparator.comparing(n -> n.startsWith("Tensor.")))
                .toList();
        String more = all.stream()
                .skip(1)
                .map(name -> ", `" + name.substring(0, name.lastIndexOf('.')) + "`")
                .collect(Collectors.joining());
        return "| `" + all.getFirst() + signature.replace("|", "\\|") + "`"
                + (more.isEmpty() ? "" : "; also in" + more.substring(1)) + " | " + parts[1] + " |\n";
    }

    /** The calls, each once; where some have PyTorch's name, those alone, and the options of what they make. */
    private String text(String torch, Set<Called> called, Set<Called> near) {
        String plain = plain(torch.substring(torch.lastIndexOf('.') + 1));
        List<List<Called>> choices = List.of(
                called.stream().filter(c -> plain(simple(c)).equals(plain)).toList(),
                near.stream().filter(c -> plain(simple(c)).equals(plain)).toList(),
                called.stream().filter(c -> plain(simple(c)).startsWith(plain)).toList());
        for (List<Called> named : choices) {
            if (!named.isEmpty()) {
                Set<Called> all = new LinkedHashSet<>(named);
                named.stream()
                        .filter(c -> c.name().equals("<init>"))
                        .forEach(made -> called.stream()
                                .filter(c -> c.owner().equals(made.owner()) && !OBVIOUS.contains(c.name()))
                                .forEach(all::add));
                return texts(all);
            }
        }
        List<Called> telling =
                called.stream().filter(c -> !OBVIOUS.contains(c.name())).toList();
        return telling.size() > MANY ? "" : texts(telling);
    }

    private String texts(Collection<Called> calls) {
        return calls.stream().map(c -> "`" + text(c) + "`").distinct().collect(Collectors.joining("<br>"));
    }

    private static String plain(String name) {
        String words = name.endsWith("_") ? name.substring(0, name.length() - 1) + "InPlace" : name;
        return words.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static String owner(Called c) {
        return c.owner().substring(c.owner().lastIndexOf('.') + 1).replace('$', '.');
    }

    private static String simple(Called c) {
        return c.name().equals("<init>") ? owner(c) : c.name();
    }

    private String text(Called c) {
        String owner = owner(c);
        String arguments = "(" + String.join(", ", arguments(c)) + ")";
        if (c.name().equals("<init>")) {
            return "new " + owner + arguments;
        }
        String receiver = isStatic(c) ? owner : owner.equals("Tensor") ? "x" : isModel(c) ? "m" : lower(owner);
        return receiver + "." + c.name() + arguments;
    }

    private static String lower(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.substring(0, 1).toLowerCase(Locale.ROOT) + last.substring(1);
    }

    private static boolean isModel(Called c) {
        return List.of("Model", "Layer").contains(owner(c));
    }

    private static boolean isStatic(Called c) {
        try {
            return Arrays.stream(Class.forName(c.owner()).getDeclaredMethods())
                    .anyMatch(m -> m.getName().equals(c.name())
                            && java.lang.reflect.Modifier.isStatic(m.getModifiers())
                            && m.getParameterCount()
                                    == MethodTypeDesc.ofDescriptor(c.descriptor())
                                            .parameterCount());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names of a method's parameters, from its source. */
    private List<String> arguments(Called c) {
        List<String> types = MethodTypeDesc.ofDescriptor(c.descriptor()).parameterList().stream()
                .map(ClassDesc::displayName)
                .toList();
        String owner = c.owner().substring(c.owner().lastIndexOf('.') + 1);
        String file = owner.replaceFirst("\\$.*", "");
        for (String[] each : parameters.getOrDefault(file + "." + simple(c).replaceFirst(".*\\.", ""), List.of())) {
            List<String> names = new ArrayList<>();
            boolean fits = each.length == types.size();
            for (int i = 0; fits && i < each.length; i++) {
                String[] words = each[i].strip().replace("final ", "").split("\\s+(?=\\S+$)");
                String type =
                        words[0].replaceAll("<.*>", "").replace("...", "[]").replaceAll(".*\\.", "");
                fits = words.length == 2 && (type.equals(types.get(i).replaceAll(".*\\$", "")) || type.length() == 1);
                names.add(words.length == 2 ? words[1] + (words[0].endsWith("...") ? "…" : "") : "");
            }
            if (fits) {
                return names;
            }
        }
        return types.isEmpty() ? List.of() : List.of("…");
    }
}
