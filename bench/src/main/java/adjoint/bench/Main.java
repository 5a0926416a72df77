package adjoint.bench;

import adjoint.bench.work.Case;
import adjoint.plot.Figure;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code ./adjoint bench [FILTER] [--peers P,…] [--threads N,…] [--without-vectors] [--quick] [--json FILE] [--md FILE] [--png
 * FILE] [--python PATH]}: measures Adjoint, alone or by turns with peers that do the same.
 *
 * <p>Files are written anew after each case, so that a run which is cut off leaves what it has measured.
 */
public final class Main {
    private final Settings settings;
    private final PrintStream out;
    private final Progress progress = new Progress();
    private final List<Row> rows = new ArrayList<>();
    private final List<String> sections = new ArrayList<>();
    private final Forks forks = new Forks();
    private final Comparison comparison;
    private final Page page;
    /** How many cases, with each number of threads, and programs are still to come. */
    private int rest;

    private boolean failed;

    private Main(Settings settings, PrintStream out) throws InterruptedException {
        this.settings = settings;
        this.out = out;
        Map<Integer, Roof> roofs = new LinkedHashMap<>();
        if (!settings.cases().isEmpty()) {
            progress.show("the machine's limits");
            for (int threads : settings.threads()) {
                roofs.put(threads, Roof.measure(threads, settings.plan()));
            }
        }
        comparison = new Comparison(settings.peers(), roofs, settings.isScalarToo());
        page = new Page(settings, comparison, roofs);
        rest = settings.cases().size() * settings.threads().size()
                + settings.programs().size();
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
                    Comparison.target(c)));
        }
        return table.lines();
    }

    private int run() throws IOException, InterruptedException {
        compare();
        for (Benchmark program : settings.programs()) {
            section(program);
            rest--;
            save();
        }
        progress.clear();
        return failed ? 1 : 0;
    }

    // ---------------------------------------------------------------- cases

    private void compare() throws IOException, InterruptedException {
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
                rest--;
            }
            save();
        }
        print("");
        settings.threads().forEach(n -> print(Comparison.score(rows, n)));
        Comparison.remarks(rows).forEach(this::print);
        if (settings.png() != null) {
            RatioChart.save(rows, settings.peers(), settings.threads(), settings.png());
        }
    }

    /** Measures these cases in a process for each peer, alone those that no peer can do, and without vectors. */
    private List<Row> together(List<Case> cases) throws IOException, InterruptedException {
        Plan plan = settings.plan();
        List<Row> group = new ArrayList<>();
        for (Case one : cases) {
            settings.threads().forEach(threads -> group.add(new Row(one, threads)));
        }
        for (String peer : settings.peers()) {
            add(new Forks.Kind(peer, plan, true), group);
        }
        add(
                new Forks.Kind(Worker.ALONE, plan, true),
                group.stream().filter(Row::isUntouched).toList());
        if (settings.isScalarToo()) {
            add(new Forks.Kind(Worker.ALONE, plan.withoutVectors(), false), group);
        }
        return group;
    }

    private void add(Forks.Kind kind, List<Row> group) throws IOException, InterruptedException {
        if (group.isEmpty()) {
            return;
        }
        String how = (kind.peer().equals(Worker.ALONE) ? "" : " and " + kind.peer())
                + (kind.vectors() ? "" : " without vectors") + ", ";
        List<Measured> measured = forks.measure(
                kind,
                group,
                next -> progress.show(next.subject().name() + how + next.threads()
                        + (next.threads() == 1 ? " thread" : " threads") + "; " + rest + " to go"));
        for (int i = 0; i < group.size(); i++) {
            if (kind.vectors()) {
                group.get(i).add(kind.peer(), measured.get(i));
            } else {
                group.get(i).addScalar(measured.get(i));
            }
        }
    }

    // ---------------------------------------------------------------- programs

    private void section(Benchmark program) throws InterruptedException {
        progress.show(program.name());
        List<String> section = new ArrayList<>(List.of("", "## " + program.name(), ""));
        try {
            section.addAll(Report.section(program.run(settings.plan())));
            Path png = settings.png();
            Figure picture = program.picture();
            if (png != null && picture != null) {
                String name = png.getFileName().toString().replaceFirst("\\.png$", "-" + program.name() + ".png");
                picture.save(png.resolveSibling(name));
                section.addAll(List.of("", "![" + program.name() + "](" + name + ")"));
            }
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

    private void save() {
        if (settings.json() != null) {
            write(settings.json(), comparison.json(rows));
        }
        if (settings.md() != null) {
            write(settings.md(), page.text(rows, forks.versions(), sections, rest));
        }
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
