package adjoint.conformance;

import adjoint.types.AdjointException;
import adjoint.types.ValueException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./adjoint conform [DIR] [--group G] [--verbose]}: compares with PyTorch's recorded results. */
public final class Main {
    private static final int SHOWN = 5;
    private static final int COLUMNS = 200;

    private Main() {}

    /** Runs and ends the process: 0 if nothing differs, 1 if something does, 2 for a wrong command line. */
    public static void main(String[] args) {
        int code;
        try {
            code = run(args);
        } catch (AdjointException e) {
            System.err.println("adjoint conform: " + e.getMessage());
            code = e instanceof ValueException ? 2 : 1;
        }
        System.out.flush();
        System.exit(code);
    }

    /**
     * Runs the cases and prints what became of them.
     *
     * @return 1 if any case fails, else 0
     * @throws AdjointException if the arguments, the folder or a line in it are not what they have to be
     */
    public static int run(String... args) {
        Cases cases = Cases.own();
        List<String> groups = null;
        boolean verbose = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--verbose" -> verbose = true;
                case "--group" -> {
                    if (i + 1 == args.length) {
                        throw new ValueException("--group: a name is missing. Give one, as in --group unary.");
                    }
                    groups = List.of(args[++i]);
                }
                case String option
                when option.startsWith("-") ->
                    throw new ValueException("there is no option " + option + ". See adjoint conform --help.");
                case String folder -> cases = Cases.in(path(folder));
            }
        }
        if (groups != null && !cases.groups().contains(groups.getFirst())) {
            throw new ValueException("there is no group " + groups.getFirst() + ". The groups are "
                    + String.join(", ", cases.groups()) + ".");
        }
        return report(cases, groups == null ? cases.groups() : groups, verbose);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ValueException(text + ": no name of a folder on this system. Check it.");
        }
    }

    private static int report(Cases cases, List<String> groups, boolean verbose) {
        // All are read before the first runs: a broken line is no half result.
        List<List<GoldenCase>> read = new ArrayList<>();
        groups.forEach(group -> read.add(cases.of(group)));
        boolean terminal = System.console() != null && System.console().isTerminal();
        System.out.printf("%-12s %7s %7s %11s %14s%n", "group", "passed", "failed", "deliberate", "not supported");
        int[] sums = new int[4];
        for (int i = 0; i < groups.size(); i++) {
            if (terminal) {
                System.err.print(groups.get(i) + " ...\r");
            }
            Outcome outcome = Outcome.of(groups.get(i), read.get(i));
            int[] counts = {outcome.passed(), outcome.wrong().size(), outcome.deliberate(), outcome.missing()};
            line(outcome.group(), counts);
            for (int k = 0; k < sums.length; k++) {
                sums[k] += counts[k];
            }
            details(outcome, verbose);
        }
        line("all", sums);
        return sums[1] > 0 ? 1 : 0;
    }

    private static void line(String name, int[] counts) {
        System.out.printf("%-12s %7d %7d %11d %14d%n", name, counts[0], counts[1], counts[2], counts[3]);
    }

    private static void details(Outcome outcome, boolean verbose) {
        List<String> wrong = outcome.wrong();
        wrong.stream().limit(verbose ? wrong.size() : SHOWN).forEach(text -> System.out.println("    " + cut(text)));
        if (!verbose) {
            if (wrong.size() > SHOWN) {
                System.out.println("    ... and " + (wrong.size() - SHOWN) + " more (--verbose)");
            }
            return;
        }
        outcome.unsupported().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(e -> System.out.printf("    %5d need %s%n", e.getValue(), cut(e.getKey())));
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\s*\\R\\s*", "; ");
        return line.length() <= COLUMNS ? line : line.substring(0, COLUMNS) + "…";
    }
}
