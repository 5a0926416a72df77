package adjoint.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results as a table in Markdown, under what they were measured on. */
final class Report {
    private static final List<String> HEADS =
            List.of("what", "median", "min", "quartiles", "max", "CPU", "bytes", "goal");

    private Report() {}

    /** The machine, the JVM, the date and the command, a line each. */
    static List<String> circumstances(String arguments) {
        var os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        List<String> lines = new ArrayList<>();
        lines.add("Machine: %s, %d processors, %.0f GiB; %s %s"
                .formatted(
                        processor(),
                        os.getAvailableProcessors(),
                        os.getTotalMemorySize() / (double) (1 << 30),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch")));
        lines.add("JVM: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")
                + ", flags: " + String.join(" ", Processes.FLAGS));
        lines.add(
                "Date: " + ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES) + ", commit " + commit());
        lines.add("Command: `" + Main.COMMAND.formatted(arguments) + "`");
        return lines;
    }

    /** Other programs' share shows here: an idle machine stands below 1 while a benchmark runs alone. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException e) {
            String name = System.getenv("PROCESSOR_IDENTIFIER"); // Windows
            return name == null ? "unknown processor" : name;
        }
    }

    private static String commit() {
        try {
            String root = Processes.root().toString();
            String id = Processes.run(List.of("git", "-C", root, "rev-parse", "--short", "HEAD"))
                    .lines()
                    .getFirst();
            boolean changed = !Processes.run(List.of("git", "-C", root, "status", "--porcelain", "-uno", "--", "core"))
                    .lines()
                    .isEmpty();
            return id + (changed ? " with changes in core" : "");
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    /** The table, its columns aligned, so that it reads well in a terminal too. */
    static List<String> table(List<Result> results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADS);
        rows.add(HEADS.stream().map(_ -> "---").toList());
        for (Result r : results) {
            rows.add(row(r));
        }
        int[] widths = new int[HEADS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            var line = new StringBuilder("|");
            for (int i = 0; i < widths.length; i++) {
                line.append(' ')
                        .append(row.get(i))
                        .repeat(' ', widths[i] - row.get(i).length())
                        .append(" |");
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** The table and under it the notes of those rows that have one. */
    static List<String> section(List<Result> results) {
        List<String> lines = new ArrayList<>(table(results));
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
                Double.isNaN(r.bytes()) ? "" : "%,.0f".formatted(r.bytes()),
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
