package adjoint.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The command line of the benchmarks.
 *
 * <pre>
 * --all              every benchmark; writes bench/results.md
 * --only NAME        this one alone (may be repeated); prints, writes nothing
 * --quick            roughly, in a fraction of the time; writes nothing
 * --python PATH      PyTorch's figures too, by this Python
 * --out FILE         writes to this file, whatever was measured
 * --list             the benchmarks' names
 * </pre>
 */
public final class Main {
    /** How a run is started from the root of a checkout. */
    static final String COMMAND = "mvn -q -pl bench -am -Dmaven.test.skip -Dformat.skip package -Dbench=\"%s\"";

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Main() {}

    private static List<Benchmark> benchmarks(String python) {
        List<Benchmark> all = new ArrayList<>(
                List.of(new RegressionStep(), new ScalarGraph(), new ColdStart(), new LessonTime(), new Steadiness()));
        if (python != null) {
            all.add(2, new TorchPeer(python));
        }
        return all;
    }

    /** Exit code 2 for wrong usage, 1 where something failed. */
    public static void main(String[] args) throws InterruptedException {
        Locale.setDefault(Locale.ROOT);
        List<String> only = new ArrayList<>();
        String python = null;
        Path file = null;
        boolean quick = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--all" -> {}
                case "--quick" -> quick = true;
                case "--only" -> only.add(argument(args, ++i));
                case "--python" -> python = argument(args, ++i);
                case "--out" -> file = Path.of(argument(args, ++i));
                case "--list" -> {
                    benchmarks("").forEach(b -> OUT.println(b.name()));
                    return;
                }
                default ->
                    usage(args[i] + ": no such option. There are --all, --only NAME, --quick, --python PATH,"
                            + " --out FILE and --list.");
            }
        }
        List<Benchmark> chosen = choose(benchmarks(python), only);
        try {
            if (file == null && only.isEmpty() && !quick) {
                file = Processes.root().resolve("bench").resolve("results.md");
            }
            if (!run(chosen, quick ? Plan.QUICK : Plan.FULL, args, file)) {
                System.exit(1);
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static String argument(String[] args, int at) {
        if (at == args.length) {
            usage(args[at - 1] + ": it needs a value after it.");
        }
        return args[at];
    }

    private static void usage(String message) {
        System.err.println("bench: " + message);
        System.exit(2);
    }

    private static List<Benchmark> choose(List<Benchmark> all, List<String> only) {
        List<String> names = all.stream().map(Benchmark::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                usage("--only " + name + ": no such benchmark. There are " + String.join(", ", names)
                        + (names.contains("TorchPeer") ? "." : ", and with --python TorchPeer."));
            }
        }
        return only.isEmpty()
                ? all
                : all.stream().filter(b -> only.contains(b.name())).toList();
    }

    /** Whether all could be measured. */
    private static boolean run(List<Benchmark> chosen, Plan plan, String[] args, Path file)
            throws IOException, InterruptedException {
        List<String> page = new ArrayList<>(List.of(
                "# Results", "", "Written by the program below, not by hand: run it again to have it anew.", ""));
        String arguments = Arrays.stream(args)
                .map(a -> a.contains("/") ? Path.of(a).getFileName().toString() : a)
                .collect(Collectors.joining(" "));
        for (String line : Report.circumstances(arguments.isEmpty() ? "--all" : arguments)) {
            page.add("- " + line);
        }
        double load = Report.load();
        boolean failed = false;
        page.forEach(OUT::println);
        for (Benchmark benchmark : chosen) {
            List<String> section = new ArrayList<>(List.of("", "## " + benchmark.name(), ""));
            try {
                section.addAll(Report.section(benchmark.run(new Harness(plan))));
            } catch (IOException e) {
                // The others' minutes are not lost for this one.
                section.add("Failed.");
                System.err.println(e.getMessage());
                failed = true;
            }
            section.forEach(OUT::println);
            page.addAll(section);
        }
        String busy =
                "Load average of the machine before and after: %.1f and %.1f. Median, extremes and quartiles are by"
                        + " the clock; CPU is the median of the measuring thread's processor time; bytes are allocated each time.";
        List<String> end = List.of("", busy.formatted(load, Report.load()));
        end.forEach(OUT::println);
        page.addAll(end);
        if (file != null) {
            Files.write(file, page);
            OUT.println("\nwritten: " + file);
        }
        return !failed;
    }
}
