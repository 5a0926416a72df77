package adjoint.conformance;

import adjoint.types.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reference cases: the copy in this module, or a folder of {@code GROUP.jsonl} files. */
final class Cases {
    static final List<String> GROUPS = List.of(
            "activation",
            "attention",
            "binary",
            "clip",
            "conv",
            "d2l",
            "dtype",
            "errors",
            "functional",
            "graph",
            "index",
            "init",
            "intdiv",
            "linalg",
            "loss",
            "matmul",
            "module",
            "norm",
            "optim",
            "pool",
            "reduce",
            "repr",
            "rng",
            "rnn",
            "sched",
            "shape",
            "sized",
            "unary");

    private static final String SUFFIX = ".jsonl";

    private final Path folder;

    private Cases(Path folder) {
        this.folder = folder;
    }

    /** The copy in this module. */
    static Cases own() {
        return new Cases(null);
    }

    /**
     * Those of a folder.
     *
     * @throws DataException if there is no such folder or no case in it
     */
    static Cases in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + ": "
                    + (Files.exists(folder) ? "it is no folder" : "there is no such folder")
                    + ". Give one that holds GROUP.jsonl files, or none for the cases that come with the sources.");
        }
        var cases = new Cases(folder);
        if (cases.groups().isEmpty()) {
            throw new DataException(folder + ": there is no .jsonl file in it. Give a folder that holds some.");
        }
        return cases;
    }

    List<String> groups() {
        if (folder == null) {
            return GROUPS;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A group's cases.
     *
     * @throws DataException if a line is no JSON object, naming file and line
     */
    List<GoldenCase> of(String group) {
        String name =
                folder == null ? group + SUFFIX : folder.resolve(group + SUFFIX).toString();
        List<GoldenCase> cases = new ArrayList<>();
        Map<String, Map<String, Object>> shared = new HashMap<>();
        try (var reader = new BufferedReader(new InputStreamReader(open(group), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    GoldenCase read = read(line, name, number);
                    if (read.isData()) {
                        shared.put(read.family(), read.json());
                    } else {
                        cases.add(read);
                    }
                }
            }
        } catch (IOException e) {
            throw new DataException(name + " cannot be read: " + e.getMessage() + ". Is it text in UTF-8?", e);
        }
        // What one case gives is for all of its family: the data of several programs.
        cases.forEach(each -> shared.getOrDefault(each.family(), Map.of())
                .forEach((field, value) -> each.json().putIfAbsent(field, value)));
        return cases;
    }

    private static GoldenCase read(String line, String file, int number) {
        try {
            Map<String, Object> json = Json.object(line);
            if (json.get("id") instanceof String) {
                return new GoldenCase(json);
            }
        } catch (RuntimeException e) {
            throw new DataException(
                    file + ", line " + number + ": not read as JSON (" + e.getMessage()
                            + "). Each line is to be one object.",
                    e);
        }
        throw new DataException(file + ", line " + number + ": the case has no id. Each needs one, to be told apart.");
    }

    private InputStream open(String group) throws IOException {
        return folder == null
                ? new GZIPInputStream(resource("cases/" + group + SUFFIX + ".gz"))
                : Files.newInputStream(folder.resolve(group + SUFFIX));
    }

    private static InputStream resource(String name) {
        InputStream in = Cases.class.getResourceAsStream(name);
        if (in == null) {
            throw new DataException("adjoint/conformance/" + name + ": not in this build. Build the module again.");
        }
        return in;
    }

    /** Where this library differs on purpose: the case, and why. */
    static Map<String, String> deliberate() {
        try (var reader =
                new BufferedReader(new InputStreamReader(resource("deliberate.tsv"), StandardCharsets.UTF_8))) {
            Map<String, String> reasons = new LinkedHashMap<>();
            reader.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                int tab = line.indexOf('\t');
                reasons.put(line.substring(0, tab), line.substring(tab + 1));
            });
            return reasons;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
