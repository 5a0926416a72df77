package adjoint.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the benchmarks. */
@Command(
        name = "bench",
        header = "For contributors: measures, alone or by turns with other libraries.",
        description = "Needs a checkout of the sources. Other libraries are fetched when they are first named."
                + " Exit code 1 if something could not be measured, or results did not agree.",
        footer = "Example: adjoint bench matmul --peers libtorch --threads 1 --png ratios.png")
final class BenchCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILTER",
            description = "Names of benchmarks or parts of them, separated by commas (all).")
    private String filter;

    @Option(
            names = "--peers",
            paramLabel = "P,...",
            description = "Measures these beside: libtorch, djl, nd4j; crude, the least that a tape costs (none).")
    private String peers;

    @Option(
            names = "--threads",
            paramLabel = "N,...",
            description = "How many threads each library may use (as many as there are processors);"
                    + " several: everything with each.")
    private String threads;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the medians there, for programs.")
    private String json;

    @Option(names = "--md", paramLabel = "FILE", description = "Writes all results there, with the machine.")
    private String md;

    @Option(names = "--png", paramLabel = "FILE", description = "Draws the ratios there.")
    private String png;

    @Option(names = "--python", paramLabel = "PATH", description = "Measures PyTorch from this Python, too.")
    private Path python;

    @Option(names = "--quick", description = "Roughly, to see that everything works.")
    private boolean quick;

    @Option(names = "--without-vectors", description = "Adjoint without the vector module, too.")
    private boolean withoutVectors;

    @Option(names = "--list", description = "The cases, and what each needs at least.")
    private boolean list;

    @Override
    public Integer call() throws Exception {
        List<String> args = new ArrayList<>();
        if (filter != null) {
            args.add(filter);
        }
        option(args, "--peers", peers);
        option(args, "--threads", threads);
        option(args, "--json", json);
        option(args, "--md", md);
        option(args, "--png", png);
        option(args, "--python", python);
        if (quick) {
            args.add("--quick");
        }
        if (withoutVectors) {
            args.add("--without-vectors");
        }
        if (list) {
            args.add("--list");
        }
        return new SourceModule("bench", "benchmarks").run(args);
    }

    private static void option(List<String> args, String name, Object value) {
        if (value != null) {
            args.addAll(List.of(name, value.toString()));
        }
    }
}
