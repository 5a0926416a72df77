package adjoint.bench;

import adjoint.Adjoint;
import adjoint.bench.work.Case;
import adjoint.bench.work.Works;
import adjoint.types.DataException;
import adjoint.types.ValueException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the command line asks for, checked before anything is measured.
 *
 * @param cases those to be measured beside peers
 * @param programs those that start programs of their own
 * @param peers by name
 * @param threads for both sides: everything is measured with each of these numbers
 * @param plan how thoroughly
 * @param isScalarToo whether Adjoint is measured without the vector module, too
 * @param json where results go for programs, or null
 * @param md where they go for people, or null
 * @param png where the picture goes, or null
 * @param isList whether they are only to be listed
 * @param commandLine as it was given, but for where on this machine a file lies
 */
record Settings(
        List<Case> cases,
        List<Benchmark> programs,
        List<String> peers,
        List<Integer> threads,
        Plan plan,
        boolean isScalarToo,
        Path json,
        Path md,
        Path png,
        boolean isList,
        String commandLine) {

    private static final int MOST_THREADS = 1024;

    /**
     * Reads a command line.
     *
     * @throws ValueException for an unknown option, filter or peer, or a number of threads that can't be
     * @throws DataException if a file can't be written
     */
    static Settings of(String... args) {
        var reader = new Reader(args);
        return reader.read();
    }

    /** Everything that a filter may name. */
    static List<String> names(List<Benchmark> programs) {
        List<String> names = new ArrayList<>();
        Works.all().forEach(c -> names.add(c.name()));
        programs.forEach(p -> names.add(p.name()));
        return names;
    }

    /** Goes through the arguments. */
    private static final class Reader {
        private final String[] args;
        private int at;
        private String filter;
        private String python;
        private List<String> peers = List.of();
        private List<Integer> threads = List.of(Adjoint.threads());
        private Plan plan = Plan.FULL;
        private boolean scalar;
        private Path json;
        private Path md;
        private Path png;
        private boolean list;

        Reader(String[] args) {
            this.args = args;
        }

        Settings read() {
            for (; at < args.length; at++) {
                switch (args[at]) {
                    case "--peers" -> peers = peers(value());
                    case "--threads" -> threads = threads(value());
                    case "--list" -> list = true;
                    case "--quick" -> plan = Plan.QUICK;
                    case "--without-vectors" -> scalar = true;
                    case "--python" -> python = value();
                    case "--json" -> json = file(value());
                    case "--md" -> md = file(value());
                    case "--png" -> png = file(value());
                    case String option
                    when option.startsWith("-") ->
                        throw new ValueException("there is no option " + option + ". See adjoint bench --help.");
                    case String text -> setFilter(text);
                }
            }
            if (png != null && !png.toString().endsWith(".png")) {
                throw new ValueException("--png " + png + ": its name has to end in .png.");
            }
            Settings chosen = chosen();
            if (png != null && peers.isEmpty() && chosen.programs.stream().noneMatch(WarmUp.class::isInstance)) {
                throw new ValueException("--png " + png + ": the picture is of ratios, and there is nobody to compare"
                        + " with. Name peers, as in --peers libtorch.");
            }
            return chosen;
        }

        private String value() {
            if (at + 1 == args.length) {
                throw new ValueException(args[at] + ": a value is missing after it. See adjoint bench --help.");
            }
            return args[++at];
        }

        private void setFilter(String text) {
            if (filter != null) {
                throw new ValueException(
                        text + " is one filter too many. Separate several with commas: " + filter + "," + text + ".");
            }
            filter = text;
        }

        private static List<String> peers(String list) {
            var names = new LinkedHashSet<>(List.of(list.split(",", -1)));
            for (String name : names) {
                if (!PeerModules.NAMES.contains(name)) {
                    throw new ValueException("--peers: there is no peer \"" + name + "\". The peers are "
                            + String.join(", ", PeerModules.NAMES) + ".");
                }
            }
            return List.copyOf(names);
        }

        private static List<Integer> threads(String list) {
            var numbers = new LinkedHashSet<Integer>();
            for (String text : list.split(",", -1)) {
                numbers.add(threadCount(text));
            }
            return List.copyOf(numbers);
        }

        private static int threadCount(String text) {
            try {
                int n = Integer.parseInt(text);
                if (n >= 1 && n <= MOST_THREADS) {
                    return n;
                }
            } catch (NumberFormatException e) {
                // Refused below.
            }
            throw new ValueException("--threads " + text + ": give a whole number from 1 to " + MOST_THREADS
                    + ", or several, separated by commas.");
        }

        /** A file that can be written, which is found out before the minutes that lead to its contents. */
        private static Path file(String text) {
            Path file;
            try {
                file = Path.of(text).toAbsolutePath();
            } catch (InvalidPathException e) {
                throw new ValueException(text + ": no name of a file on this system. Check it.");
            }
            Path folder = file.getParent();
            String why = null;
            if (Files.isDirectory(file)) {
                why = "it is a folder. Name a file in it.";
            } else if (!Files.isDirectory(folder)) {
                why = "there is no folder " + folder + ". Make it first.";
            } else if (!Files.isWritable(Files.exists(file) ? file : folder)) {
                why = "it may not be written. Choose another place.";
            }
            if (why != null) {
                throw new DataException(text + ": results can't go there: " + why);
            }
            return file;
        }

        private Settings chosen() {
            List<Benchmark> programs = new ArrayList<>(
                    List.of(new ColdStart(), new WarmUp(), new LessonTime(), new MemoryNeeds(), new Steadiness()));
            if (python != null) {
                programs.addFirst(new PythonPeer(python));
            }
            List<Case> cases = Works.all();
            if (filter != null) {
                var wanted = wanted(names(programs));
                cases = cases.stream().filter(c -> wanted.contains(c.name())).toList();
                programs.removeIf(p -> !wanted.contains(p.name()));
            }
            return new Settings(
                    cases, List.copyOf(programs), peers, threads, plan, scalar, json, md, png, list, commandLine());
        }

        /** As it was given, but for where on this machine a file lies. */
        private String commandLine() {
            return Arrays.stream(args)
                    .map(arg -> arg.startsWith("/") ? Path.of(arg).getFileName().toString() : arg)
                    .collect(Collectors.joining(" "));
        }

        /** A filter that is a name means that one; else all names that hold it. */
        private List<String> wanted(List<String> names) {
            List<String> wanted = new ArrayList<>();
            for (String one : filter.toLowerCase(Locale.ROOT).split(",", -1)) {
                int before = wanted.size();
                if (names.contains(one)) {
                    wanted.add(one);
                } else if (!one.isEmpty()) {
                    names.stream().filter(name -> name.contains(one)).forEach(wanted::add);
                }
                if (wanted.size() == before) {
                    throw new ValueException("no benchmark has \"" + one + "\" in its name. See adjoint bench --list.");
                }
            }
            return wanted;
        }
    }
}
