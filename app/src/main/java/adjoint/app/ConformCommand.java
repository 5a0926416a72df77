package adjoint.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the comparison with PyTorch. */
@Command(
        name = "conform",
        header = "For contributors: compares with PyTorch's recorded results.",
        description = "Needs a checkout of the sources. Exit code 1 if any case fails.",
        footer = "Example: adjoint conform --group unary --verbose")
final class ConformCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description = "A folder of GROUP.jsonl files (the cases that come with the sources).")
    private Path folder;

    @Option(names = "--group", paramLabel = "G", description = "This group only.")
    private String group;

    @Option(names = "--verbose", description = "All differences, and what each unsupported case lacks.")
    private boolean verbose;

    @Override
    public Integer call() throws Exception {
        List<String> args = new ArrayList<>();
        if (folder != null) {
            args.add(folder.toString());
        }
        if (group != null) {
            args.addAll(List.of("--group", group));
        }
        if (verbose) {
            args.add("--verbose");
        }
        return new SourceModule("conformance", "reference cases").run(args);
    }
}
