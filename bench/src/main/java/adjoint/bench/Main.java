package adjoint.bench;

import adjoint.bench.work.Case;
import adjoint.types.AdjointException;
import adjoint.types.DataException;
import adjoint.types.ValueException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./adjoint bench [FILTER] [--peers P,…] [--threads N] [--quick] [--json FILE] [--md FILE] [--png FILE] [--python
 * PATH]}: measures Adjoint, alone or by turns with peers that do the same.
 */
public final class Main {
    private final Settings settings;
    private final PrintStream out;
    private final Progress progress;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> sections = new ArrayList<>();
    private final Forks forks;
    private Roof roof;
    private boolean failed;

    private Main(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        progress = new Progress();
        forks = new Forks(settings.plan(), settings.threads());
    }

    /** Runs and ends the process: 0 if all could be measured, 1 if not, 2 for a wrong command line. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int code;
        try {
            code = run(args);
        } catch (AdjointException e) {
            System.err.println("adjoint bench: " + e.getMessage());
            code = e instanceof ValueException ? 2 : 1;
        }
        System.out.flush();
        System.exit(code);
    }

    /**
     * Measures and reports.
     *
     * @return 1 if something could not be measured or results did not agree, else 0
     * @throws ValueException if the arguments are not what they have to be
     * @throws DataException if a file can't be written or a peer can't be built
     */
    public static int run(String... args) throws IOException, InterruptedException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var settings = Settings.of(args);
        if (settings.isList()) {
            list(settings.cases()).forEach(out::println);
            settings.programs().forEach(program -> out.println("| " + program.name() + " |"));
            return 0;
        }
        PeerModules.build(settings.peers());
        return new Main(settings, out).run();
    }

    /** The cases and what each needs at least; README.md holds it too. */
    static List<String> list(List<Case> cases) {
        var table = new Table(List.of("case", "operations", "bytes", "target"));
        for (Case c : cases) {
            table.add(List.of(
                    c.name(),
                    String.format(Locale.ROOT, "%,.0f", c.work().cost().flops()),
                    String.format(Locale.ROOT, "%,.0f", c.work().cost().bytes()),
                    c.isPromised() ? "≥ " + Comparison.number(c.target()) : ""));
        }
        return table.lines();
    }

    private int run() throws IOException, InterruptedException {
        double load = Machine.load();
        if (!settings.cases().isEmpty()) {
            progress.show("the machine's limits");
            roof = Roof.measure(settings.threads(), settings.plan());
        }
        var comparison = new Comparison(settings.peers(), roof, settings.threads());
        compare(comparison);
        for (Benchmark program : settings.programs()) {
            section(program);
        }
        progress.clear();
        if (settings.json() != null) {
            write(settings.json(), comparison.json(rows));
        }
        if (settings.md() != null) {
            write(settings.md(), page(comparison, load));
        }
        if (settings.png() != null) {
            RatioChart.save(rows, settings.peers(), settings.threads(), settings.png());
        }
        return failed ? 1 : 0;
    }

    // ---------------------------------------------------------------- cases

    private void compare(Comparison comparison) throws IOException, InterruptedException {
        List<Case> cases = settings.cases();
        if (cases.isEmpty()) {
            return;
        }
        int[] widths = comparison.widths(cases);
        print(Table.line(comparison.heads(), widths));
        int step = settings.plan().sharesProcess() ? cases.size() : 1;
        for (int from = 0; from < cases.size(); from += step) {
            for (Row row : together(cases.subList(from, from + step))) {
                rows.add(row);
                failed |= !row.isMeasured() || row.isRefused();
                print(Table.line(comparison.cells(row), widths));
            }
        }
        print("");
        remarks().forEach(this::print);
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>(Comparison.remarks(rows));
        if (settings.plan() == Plan.QUICK) {
            remarks.addFirst("Measured in haste, to see that everything works: times mean nothing.");
        }
        return remarks;
    }

    /** Measures these cases in a process for each peer, and alone those that no peer can do. */
    private List<Row> together(List<Case> cases) throws IOException, InterruptedException {
        List<Row> group = cases.stream().map(Row::new).toList();
        for (String peer : settings.peers()) {
            add(peer, group);
        }
        add(Worker.ALONE, group.stream().filter(Row::isUntouched).toList());
        return group;
    }

    private void add(String peer, List<Row> group) throws IOException, InterruptedException {
        if (group.isEmpty()) {
            return;
        }
        String beside = peer.equals(Worker.ALONE) ? "" : " and " + peer;
        List<Case> cases = group.stream().map(Row::subject).toList();
        progress.show(cases.getFirst().name() + beside);
        List<Measured> measured = forks.measure(peer, cases, next -> progress.show(next + beside));
        for (int i = 0; i < group.size(); i++) {
            group.get(i).add(peer, measured.get(i));
        }
    }

    // ---------------------------------------------------------------- programs

    private void section(Benchmark program) throws InterruptedException {
        progress.show(program.name());
        List<String> section = new ArrayList<>(List.of("", "## " + program.name(), ""));
        try {
            section.addAll(Report.section(program.run(settings.plan())));
        } catch (IOException e) {
            // The others' minutes are not lost for this one.
            section.add("Failed.");
            progress.clear();
            System.err.println(e.getMessage());
            failed = true;
        }
        section.forEach(this::print);
        sections.addAll(section);
    }

    private void print(String line) {
        progress.clear();
        out.println(line);
    }

    // ---------------------------------------------------------------- files

    private String page(Comparison comparison, double load) {
        List<String> page = new ArrayList<>(List.of(
                "# Results", "", "Written by the command below, not by hand: run it again to have it anew.", ""));
        for (String line : Machine.circumstances(settings, roof)) {
            page.add("- " + line);
        }
        forks.versions().forEach((peer, version) -> page.add("- " + peer + ": " + version));
        page.add("- Load average of the machine before and after: %.1f and %.1f".formatted(load, Machine.load()));
        if (!rows.isEmpty()) {
            page.addAll(List.of("", "## Beside peers", ""));
            var table = new Table(comparison.heads());
            rows.forEach(row -> table.add(comparison.cells(row)));
            page.addAll(table.lines());
            page.add("");
            page.addAll(remarks());
            page.addAll(List.of(
                    "",
                    "Ratio: the peer's median over Adjoint's, measured by turns. Of limit: the part of the time that this"
                            + " machine would need at least. Bytes: allocated on the Java heap each time."));
        }
        page.addAll(sections);
        return String.join("\n", page) + "\n";
    }

    /** A file appears whole or not at all; what is no file, such as a terminal, is written to as it is. */
    private static void write(Path file, String text) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.writeString(file, text);
                return;
            }
            Path beside = Files.createTempFile(file.getParent(), ".adjoint-bench", ".tmp");
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DataException(file + ": could not be written: " + e.getMessage(), e);
        }
    }
}
