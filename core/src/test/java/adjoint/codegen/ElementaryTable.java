package adjoint.codegen;

import adjoint.codegen.ElementaryAccuracy.Points;
import adjoint.codegen.ElementaryAccuracy.Subject;
import adjoint.codegen.ElementaryAccuracy.Worst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the page of the elementary functions' errors. {@code ElementaryTable PAGE STRIDE [FUNCTION …]} measures these
 * functions (all, if none is named) at every STRIDEth float and replaces their rows; the others stay as they are.
 */
final class ElementaryTable {
    private static final String HEAD = """
            # Errors of the elementary functions

            The greatest error found, in units in the last place of the true value (½ is the least possible for a function
            whose values are not representable), and where. Written by a program; do not edit. A test measures a sample anew and compares it with this page, and sees that
            every function is on it.

            *float32*: functions of one argument at every float, or at every nth where the row says so; functions of
            two at random pairs. The truth is the function's float64 form. *float64*: random and hard points over the
            whole domain, whose true values
            [a script](../core/src/test/python/elementary_points.py) computed in 200 bits, independently of this project.

            At most 2 ulp are allowed, 5 for ndtr (the normal distribution), 4 for erf and its kin, the gamma and the Bessel functions, and 2 + 2n for
            derivative n of digamma. Next to a zero at an irrational place, no formula in working precision has
            a small *relative* error: left of 0, polygamma is measured relative to max(|f|, 1), digamma
            relative to max(|f|, 1, log |x|), lgamma relative to max(|f|, 1, |x| log |x| − |x|); logaddexp relative to max(|f|, |a|, |b|).

            To measure a row again, for instance `log`:

            ```
            mvn -q -o -pl core test-compile -Dformat.skip
            java -cp core/target/classes:core/target/test-classes adjoint.codegen.ElementaryTable docs/elementary-error.md 1 LOG
            ```

            | function | float32: ulp | at | of floats | float64: ulp | at | of points | measured by |
            |---|--:|---|--:|--:|---|--:|---|
            """;

    private ElementaryTable() {}

    /** One row: what the test needs of it. */
    record Row(double single, int stride, double dbl) {}

    /** What this function may be off at most. */
    static double bound(Subject subject) {
        return switch (subject.fn()) {
            case NDTR -> 5;
            case ERF, ERFC, ERFINV, LGAMMA, DIGAMMA, I0, I1 -> 4;
            case POLYGAMMA -> 2 + 2 * subject.order();
            default -> 2;
        };
    }

    /** The rows of a page by function. */
    static Map<String, Row> read(Path page) throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        lines(page).forEach((name, line) -> {
            String[] cells = line.split("\\|", -1);
            String[] command = cells[8].replace("`", "").strip().split(" ", -1);
            rows.put(
                    name,
                    new Row(
                            Double.parseDouble(cells[2].strip()),
                            Integer.parseInt(command[1]),
                            Double.parseDouble(cells[5].strip())));
        });
        return rows;
    }

    private static Map<String, String> lines(Path page) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        if (Files.exists(page)) {
            for (String line : Files.readAllLines(page)) {
                String[] cells = line.split("\\|", -1);
                if (cells.length > 8 && cells[8].contains("ElementaryTable")) {
                    lines.put(cells[1].strip(), line);
                }
            }
        }
        return lines;
    }

    /** Measures and writes. */
    public static void main(String[] args) throws IOException {
        Path page = Path.of(args[0]);
        int stride = Integer.parseInt(args[1]);
        List<String> names = List.of(args).subList(2, args.length);
        for (Subject subject : Subject.all()) {
            if (names.isEmpty() || names.contains(subject.fn().name())) {
                String row = row(subject, stride);
                Map<String, String> lines = lines(page);
                lines.put(subject.toString(), row);
                write(page, lines);
                IO.println(row);
            }
        }
    }

    private static void write(Path page, Map<String, String> lines) throws IOException {
        List<String> sorted = new ArrayList<>();
        for (Subject subject : Subject.all()) {
            if (lines.containsKey(subject.toString())) {
                sorted.add(lines.get(subject.toString()));
            }
        }
        Files.writeString(page, HEAD + String.join("\n", sorted) + "\n");
    }

    private static String row(Subject subject, int stride) {
        Points points = Points.of(subject);
        Worst dbl = ElementaryAccuracy.doubles(subject, points, Tier.INTERPRETED);
        Worst single = subject.arity() == 1
                ? ElementaryAccuracy.floats(subject, stride, Tier.VECTOR)
                : ElementaryAccuracy.pairs(subject, points, pairs(stride), Tier.VECTOR);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %,d | %s | %s | %,d | `ElementaryTable %d %s` |",
                subject,
                rounded(single),
                at(single),
                single.count(),
                rounded(dbl),
                at(dbl),
                dbl.count(),
                stride,
                subject.fn());
    }

    static int pairs(int stride) {
        return (1 << 26) / stride;
    }

    /** Rounded up, so that no sample is above. */
    private static String rounded(Worst worst) {
        return String.format(Locale.ROOT, "%.3f", Math.ceil(Math.max(0, worst.ulps()) * 1000) / 1000);
    }

    private static String at(Worst worst) {
        return Arrays.stream(worst.at()).mapToObj(Double::toString).collect(Collectors.joining(", "));
    }
}
