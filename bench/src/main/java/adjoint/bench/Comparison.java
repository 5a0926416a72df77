package adjoint.bench;

import adjoint.bench.work.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the rows of cases read: as text, as JSON. */
final class Comparison {
    private static final int TIME = 29;

    private final List<String> peers;
    private final Roof roof;
    private final int threads;

    Comparison(List<String> peers, Roof roof, int threads) {
        this.peers = peers;
        this.roof = roof;
        this.threads = threads;
    }

    List<String> heads() {
        List<String> heads = new ArrayList<>(List.of("case", "Adjoint (quartiles)"));
        for (String peer : peers) {
            heads.addAll(List.of(peer + " (quartiles)", "ratio"));
        }
        if (peers.contains(Case.RIVAL)) {
            heads.add("target");
        }
        heads.addAll(List.of("of limit", "bytes"));
        return heads;
    }

    /** How wide columns are before all rows are known. */
    int[] widths(List<Case> cases) {
        int name = cases.stream().mapToInt(c -> c.name().length()).max().orElse(0);
        return heads().stream()
                .mapToInt(head -> head.equals("case") ? name : head.endsWith("(quartiles)") ? TIME : 8)
                .toArray();
    }

    List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(List.of(row.subject().name(), row.isMeasured() ? time(row.ours()) : "–"));
        for (String peer : peers) {
            Row.Versus versus = row.peers().get(peer);
            cells.add(versus == null ? "–" : time(versus.seconds()));
            cells.add(versus == null ? "–" : ratio(versus.ratio()));
        }
        if (peers.contains(Case.RIVAL)) {
            cells.add(target(row));
        }
        cells.add(row.isMeasured() ? percent(row.partOfLimit(roof)) : "–");
        cells.add(row.isMeasured() ? "%,.0f".formatted(row.bytes()) : "–");
        return cells;
    }

    private static String target(Row row) {
        if (!row.subject().isPromised()) {
            return "";
        }
        String aim = "≥ " + number(row.subject().target());
        return row.isJudged() ? aim + (row.isMet() ? " ✓" : " ✗") : aim;
    }

    private static String time(Spread seconds) {
        return Report.time(seconds.median()) + " (" + Report.time(seconds.at(0.25)) + " – "
                + Report.time(seconds.at(0.75)) + ")";
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, part < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * part);
    }

    static String ratio(double ratio) {
        return String.format(
                Locale.ROOT, ratio < 0.0995 ? "%.3f" : ratio < 9.995 ? "%.2f" : ratio < 99.95 ? "%.1f" : "%.0f", ratio);
    }

    static String number(double target) {
        return target == Math.rint(target) ? String.valueOf((long) target) : String.valueOf(target);
    }

    /** {@code {"cases":[{"name","threads","ours_ns","peers":{"libtorch":{"ns","ratio"}}}]}}: medians. */
    String json(List<Row> rows) {
        List<String> cases =
                rows.stream().filter(Row::isMeasured).map(this::json).toList();
        return "{\"cases\":[\n" + String.join(",\n", cases) + "\n]}\n";
    }

    private String json(Row row) {
        List<String> versus = new ArrayList<>();
        row.peers()
                .forEach((peer, v) -> versus.add(String.format(
                        Locale.ROOT,
                        "\"%s\":{\"ns\":%.1f,\"ratio\":%.4f}",
                        peer,
                        1e9 * v.seconds().median(),
                        v.ratio())));
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"threads\":%d,\"ours_ns\":%.1f,\"peers\":{%s}}",
                row.subject().name(),
                threads,
                1e9 * row.ours().median(),
                String.join(",", versus));
    }

    /** How many promises were kept, and what there is to say of single rows. */
    static List<String> remarks(List<Row> rows) {
        List<String> lines = new ArrayList<>();
        long judged = rows.stream().filter(Row::isJudged).count();
        if (judged > 0) {
            lines.add("Targets met: " + rows.stream().filter(Row::isMet).count() + " of " + judged + ".");
        }
        for (Row row : rows) {
            row.notes().forEach(note -> lines.add("- " + row.subject().name() + ": " + note));
        }
        List<String> moving = rows.stream()
                .filter(row -> !row.isSettled())
                .map(row -> row.subject().name())
                .toList();
        if (!moving.isEmpty()) {
            lines.add("- times still moved when they were taken: " + String.join(", ", moving));
        }
        return lines;
    }
}
