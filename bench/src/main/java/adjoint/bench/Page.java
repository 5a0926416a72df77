package adjoint.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All results as a page in Markdown. */
final class Page {
    private final Settings settings;
    private final Comparison comparison;
    private final List<String> circumstances;
    private final double load = Machine.load();

    /** A page of what will be measured so. */
    Page(Settings settings, Comparison comparison, Map<Integer, Roof> roofs) {
        this.settings = settings;
        this.comparison = comparison;
        circumstances = Machine.circumstances(settings, roofs);
    }

    /**
     * What is known by now.
     *
     * @param versions of the peers
     * @param sections of the programs
     * @param rest how many cases and programs are still to come
     */
    String text(List<Row> rows, Map<String, String> versions, List<String> sections, int rest) {
        List<String> page = new ArrayList<>(List.of(
                "# Results", "", "Written by the command below, not by hand: run it again to have it anew.", ""));
        if (rest > 0) {
            page.addAll(List.of("Cut off: " + rest + " measurements are missing.", ""));
        }
        circumstances.forEach(line -> page.add("- " + line));
        versions.forEach((peer, version) -> page.add("- " + peer + ": " + version));
        page.add("- Load average of the machine before and after: %.1f and %.1f".formatted(load, Machine.load()));
        if (!rows.isEmpty()) {
            cases(page, rows);
        }
        page.addAll(sections);
        return String.join("\n", page) + "\n";
    }

    private void cases(List<String> page, List<Row> rows) {
        page.addAll(List.of("", "## Targets", ""));
        settings.threads().stream()
                .map(n -> Comparison.score(rows, n))
                .filter(score -> !score.isEmpty())
                .forEach(score -> page.add("- " + score));
        Table missed = comparison.missed(rows);
        if (!missed.isEmpty()) {
            page.addAll(List.of("", "Missed:", ""));
            page.addAll(missed.lines());
        }
        page.addAll(remarks(rows));
        if (settings.png() != null) {
            page.addAll(List.of("", "![ratios](" + settings.png().getFileName() + ")"));
        }
        for (int n : settings.threads()) {
            page.addAll(List.of("", "## Times, " + n + (n == 1 ? " thread" : " threads"), ""));
            page.addAll(comparison
                    .ratios(rows.stream().filter(row -> row.threads() == n).toList())
                    .lines());
        }
        page.addAll(List.of(
                "",
                "Ratio: the peer's median over Adjoint's, measured by turns. Limit: what this machine would need at least, by"
                        + " the case's operations and bytes and the machine's measured rates.",
                "",
                "## Rates",
                ""));
        page.addAll(comparison.rates(rows).lines());
        Table scalars = Comparison.scalars(rows);
        if (!scalars.isEmpty()) {
            page.addAll(List.of("", "## Without the vector module", ""));
            page.addAll(scalars.lines());
        }
    }

    private List<String> remarks(List<Row> rows) {
        List<String> remarks = Comparison.remarks(rows);
        if (settings.plan() == Plan.QUICK) {
            remarks.addFirst("Measured in haste, to see that everything works: times mean nothing.");
        }
        if (!remarks.isEmpty()) {
            remarks.addFirst("");
        }
        return remarks;
    }
}
