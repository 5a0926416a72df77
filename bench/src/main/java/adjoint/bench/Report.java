package adjoint.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the results of programs read. */
final class Report {
    private static final List<String> HEADS = List.of("what", "median", "min", "quartiles", "max", "CPU", "goal");

    private Report() {}

    /** The table and under it the notes of those rows that have one. */
    static List<String> section(List<Result> results) {
        var table = new Table(HEADS);
        results.forEach(result -> table.add(row(result)));
        List<String> lines = new ArrayList<>(table.lines());
        List<Result> noted = results.stream().filter(r -> !r.note().isEmpty()).toList();
        if (!noted.isEmpty()) {
            lines.add("");
            noted.forEach(r -> lines.add("- " + r.name() + ": " + r.note()));
        }
        return lines;
    }

    private static List<String> row(Result r) {
        Spread w = r.wall();
        return List.of(
                r.name(),
                value(r, w.median()),
                value(r, w.min()),
                value(r, w.at(0.25)) + " – " + value(r, w.at(0.75)),
                value(r, w.max()),
                r.cpu() == null ? "" : time(r.cpu().median()),
                goal(r));
    }

    private static String goal(Result r) {
        if (Double.isNaN(r.goal())) {
            return "";
        }
        String mark = r.judged() <= r.goal() ? " ✓" : " ✗";
        if (r.isTime()) {
            // A goal stands for an idle machine; on a busy one the processor time tells whether it would be met.
            boolean busy = r.judged() > r.goal() && r.cpu() != null && r.cpu().median() <= r.goal();
            return "≤ " + time(r.goal()) + mark + (busy ? " (CPU ✓)" : "");
        }
        return String.format(Locale.ROOT, "± %.0f %%: %.2f %%%s", 100 * r.goal(), 100 * r.judged(), mark);
    }

    private static String value(Result r, double v) {
        if (r.isTime()) {
            return time(v);
        }
        return (r.unit().equals("µs") ? "%.2f " : "%,.0f ").formatted(v) + r.unit();
    }

    /** Three digits, in the unit that fits. */
    static String time(double seconds) {
        String[] units = {"s", "ms", "µs", "ns"};
        double v = seconds;
        int unit = 0;
        while (v < 0.9995 && unit < units.length - 1) {
            v *= 1000;
            unit++;
        }
        int decimals = v < 9.995 ? 2 : v < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", v, units[unit]);
    }
}
