package adjoint.bench;

import adjoint.bench.work.Case;
import adjoint.bench.work.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** How the rows of cases read: as text, as JSON. */
final class Comparison {
    private static final int TIME = 29;

    private final List<String> peers;
    private final Map<Integer, Roof> roofs;
    private final boolean isScalarToo;

    /**
     * Of such rows.
     *
     * @param roofs what the machine can do at best, by the number of threads
     * @param isScalarToo whether rows have times without the vector module
     */
    Comparison(List<String> peers, Map<Integer, Roof> roofs, boolean isScalarToo) {
        this.peers = peers;
        this.roofs = roofs;
        this.isScalarToo = isScalarToo;
    }

    // ---------------------------------------------------------------- lines while it is measured

    List<String> heads() {
        List<String> heads = new ArrayList<>(List.of("case", "threads"));
        heads.addAll(ratioHeads());
        if (isScalarToo) {
            heads.add("scalar");
        }
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
        List<String> cells = new ArrayList<>(List.of(row.subject().name(), String.valueOf(row.threads())));
        cells.addAll(ratioCells(row));
        if (isScalarToo) {
            cells.add(times(row.slowdown()));
        }
        return cells;
    }

    private List<String> ratioHeads() {
        List<String> heads = new ArrayList<>(List.of("Adjoint (quartiles)"));
        for (String peer : peers) {
            heads.addAll(List.of(peer + " (quartiles)", "ratio"));
        }
        heads.addAll(List.of("target", "met", "limit", "of limit"));
        return heads;
    }

    private List<String> ratioCells(Row row) {
        List<String> cells = new ArrayList<>(List.of(row.isMeasured() ? spread(row.ours()) : "–"));
        for (String peer : peers) {
            Row.Versus versus = row.peers().get(peer);
            cells.add(versus == null ? "–" : spread(versus.seconds()));
            cells.add(versus == null ? "–" : ratio(versus.ratio()));
        }
        cells.add(target(row.subject()));
        cells.add(row.isJudged() ? row.isMet() ? "yes" : "no" : "");
        cells.add(Report.time(limit(row)));
        cells.add(row.isMeasured() ? percent(limit(row) / row.ours().median()) : "–");
        return cells;
    }

    // ---------------------------------------------------------------- tables

    /** Times, ratios, whether targets are met, and the limit of each. */
    Table ratios(List<Row> rows) {
        List<String> heads = new ArrayList<>(List.of("case"));
        heads.addAll(ratioHeads());
        var table = new Table(heads);
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(row.subject().name()));
            cells.addAll(ratioCells(row));
            table.add(cells);
        }
        return table;
    }

    /** Those whose target is missed, with what there is to know of it. */
    Table missed(List<Row> rows) {
        var table = new Table(List.of("case", "threads", "target", "measured", "Adjoint", "limit", "of limit"));
        for (Row row : rows) {
            if (row.isJudged() && !row.isMet()) {
                double median = row.ours().median();
                table.add(List.of(
                        row.subject().name(),
                        String.valueOf(row.threads()),
                        target(row.subject()),
                        row.subject().isTimed()
                                ? Report.time(median)
                                : ratio(row.peers().get(Case.RIVAL).ratio()),
                        Report.time(median),
                        Report.time(limit(row)),
                        percent(limit(row) / median)));
            }
        }
        return table;
    }

    /** Rates, as parts of what the machine can do at best. */
    Table rates(List<Row> rows) {
        var table = new Table(
                List.of("case", "threads", "operations", "of the peak", "memory", "of the peak", "heap bytes a call"));
        for (Row row : rows) {
            if (row.isMeasured()) {
                Cost cost = row.subject().work().cost();
                Roof roof = roofs.get(row.threads());
                double seconds = row.ours().median();
                double flops = cost.flops() / seconds;
                double bytes = cost.bytes() / seconds;
                table.add(List.of(
                        row.subject().name(),
                        String.valueOf(row.threads()),
                        rate(flops / 1e9, "GFLOP/s"),
                        percent(flops / roof.flops(cost.dtype())),
                        rate(bytes / 1e9, "GB/s"),
                        percent(bytes / roof.rate(cost.bytes())),
                        "%,.0f".formatted(row.bytes())));
            }
        }
        return table;
    }

    /** Times with and without the vector module. */
    static Table scalars(List<Row> rows) {
        var table = new Table(List.of("case", "threads", "with", "without", "times as long"));
        for (Row row : rows) {
            if (row.isMeasured() && !Double.isNaN(row.scalar())) {
                table.add(List.of(
                        row.subject().name(),
                        String.valueOf(row.threads()),
                        Report.time(row.ours().median()),
                        Report.time(row.scalar()),
                        times(row.slowdown())));
            }
        }
        return table;
    }

    /** What the machine would need at least. */
    private double limit(Row row) {
        return roofs.get(row.threads()).seconds(row.subject().work().cost());
    }

    // ---------------------------------------------------------------- words

    static String target(Case one) {
        if (one.isTimed()) {
            return "≤ " + Math.round(1e9 * one.seconds()) + " ns";
        }
        return one.isPromised() ? "≥ " + number(one.target()) : "";
    }

    private static String spread(Spread seconds) {
        return Report.time(seconds.median()) + " (" + Report.time(seconds.at(0.25)) + " – "
                + Report.time(seconds.at(0.75)) + ")";
    }

    private static String percent(double part) {
        return Double.isNaN(part) ? "–" : String.format(Locale.ROOT, part < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * part);
    }

    private static String rate(double value, String unit) {
        return String.format(Locale.ROOT, value < 9.95 ? "%.2f %s" : "%.0f %s", value, unit);
    }

    private static String times(double factor) {
        return Double.isNaN(factor) ? "–" : String.format(Locale.ROOT, "× %.2f", factor);
    }

    static String ratio(double ratio) {
        return String.format(
                Locale.ROOT, ratio < 0.0995 ? "%.3f" : ratio < 9.995 ? "%.2f" : ratio < 99.95 ? "%.1f" : "%.0f", ratio);
    }

    static String number(double target) {
        return target == Math.rint(target) ? String.valueOf((long) target) : String.valueOf(target);
    }

    /** How many promises were kept with so many threads. */
    static String score(List<Row> rows, int threads) {
        List<Row> judged = rows.stream()
                .filter(row -> row.threads() == threads && row.isJudged())
                .toList();
        return judged.isEmpty()
                ? ""
                : "Targets met with " + threads + (threads == 1 ? " thread: " : " threads: ")
                        + judged.stream().filter(Row::isMet).count() + " of " + judged.size() + ".";
    }

    /** What there is to say of single rows. */
    static List<String> remarks(List<Row> rows) {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            row.notes().forEach(note -> lines.add("- " + named(row) + ": " + note));
        }
        var moving = new StringJoiner(", ", "- times still moved when they were taken: ", "").setEmptyValue("");
        rows.stream().filter(row -> !row.isSettled()).forEach(row -> moving.add(named(row)));
        if (moving.length() > 0) {
            lines.add(moving.toString());
        }
        return lines;
    }

    private static String named(Row row) {
        return row.subject().name() + " (" + row.threads() + ")";
    }

    // ---------------------------------------------------------------- JSON

    /**
     * {@code {"cases":[{"name","threads","ours_ns","peers":{"libtorch":{"ns","ratio"}}}]}}: medians; behind these the limit,
     * and where there are such the time without the vector module, the target and whether it is met.
     */
    String json(List<Row> rows) {
        List<String> cases =
                rows.stream().filter(Row::isMeasured).map(this::json).toList();
        return "{\"cases\":[\n" + String.join(",\n", cases) + "\n]}\n";
    }

    private String json(Row row) {
        var versus = new StringJoiner(",");
        row.peers()
                .forEach((peer, v) -> versus.add(String.format(
                        Locale.ROOT,
                        "\"%s\":{\"ns\":%.1f,\"ratio\":%.4f}",
                        peer,
                        1e9 * v.seconds().median(),
                        v.ratio())));
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"threads\":%d,\"ours_ns\":%.1f,\"peers\":{%s},\"limit_ns\":%.1f",
                row.subject().name(),
                row.threads(),
                1e9 * row.ours().median(),
                versus,
                1e9 * limit(row)));
        if (!Double.isNaN(row.scalar())) {
            text.append(String.format(Locale.ROOT, ",\"without_vectors_ns\":%.1f", 1e9 * row.scalar()));
        }
        if (row.isJudged()) {
            boolean timed = row.subject().isTimed();
            text.append(String.format(
                    Locale.ROOT,
                    ",\"%s\":%s,\"met\":%b",
                    timed ? "target_ns" : "target_ratio",
                    number(
                            timed
                                    ? Math.rint(1e9 * row.subject().seconds())
                                    : row.subject().target()),
                    row.isMet()));
        }
        return text.append("}").toString();
    }
}
