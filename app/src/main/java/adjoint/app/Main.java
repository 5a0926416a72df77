package adjoint.app;

import adjoint.types.AdjointException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Where everything starts. Exit codes: 0 done, 1 wrong input or a failed program, 2 wrong usage. */
@Command(
        name = "adjoint",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Main.Version.class,
        header = "Deep learning in plain Java: lessons, your own programs, and models of your tables.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LessonCommand.class,
            RunCommand.class,
            FitCommand.class,
            PredictCommand.class,
            ConformCommand.class,
            BenchCommand.class
        })
public final class Main implements Callable<Integer> {
    static final int WRONG_INPUT = 1;
    static final int WRONG_USAGE = 2;
    private static final int HELP_COLUMNS = 100;

    @Spec
    private CommandSpec spec;

    Main() {}

    /** Runs the command line and ends the process, unless all went well: a window that is open may stay. */
    public static void main(String[] args) {
        int code = run(args);
        System.out.flush();
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Runs the command line; returns the exit code. */
    static int run(String... args) {
        CommandLine line = new CommandLine(new Main())
                .setUsageHelpWidth(HELP_COLUMNS)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(new PrintWriter(System.out, true, System.out.charset()))
                .setErr(new PrintWriter(System.err, true, System.err.charset()))
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler(Main::failed);
        // What follows the file belongs to the user's program, options and all.
        line.getSubcommands().get("run").setStopAtPositional(true);
        return line.execute(args);
    }

    /** No command: whoever tries the bare name first gets to know what there is. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return WRONG_USAGE;
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        e.getCommandLine().getErr().println(Usage.line(e));
        return WRONG_USAGE;
    }

    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        switch (e) {
            case Failure failure -> {
                if (failure.getMessage() != null) {
                    tell(line, failure.getMessage());
                }
            }
            case AdjointException wrong -> tell(line, Reason.inWords(wrong));
            case UncheckedIOException wrong -> tell(line, Reason.of(wrong.getCause()));
            default -> throw e;
        }
        return WRONG_INPUT;
    }

    private static void tell(CommandLine line, String message) {
        line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + Usage.oneLine(message));
    }

    /** The version that Maven wrote into the jar, the JVM's, and whether vector instructions are used. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            boolean vectors =
                    ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
            return new String[] {
                "adjoint " + number() + " (Java " + Runtime.version() + ", vector instructions "
                        + (vectors ? "on" : "off") + ")"
            };
        }

        static String number() throws IOException {
            try (InputStream in =
                    Main.class.getResourceAsStream("/META-INF/maven/dev.adjoint/adjoint-app/pom.properties")) {
                var properties = new Properties();
                if (in != null) {
                    properties.load(in);
                }
                return properties.getProperty("version", "development");
            }
        }
    }
}
