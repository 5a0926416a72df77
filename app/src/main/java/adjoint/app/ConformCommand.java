package adjoint.app;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the comparison with PyTorch. Nothing depends on that module: it is loaded from the checkout it was built in. */
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
        try (var loader =
                new URLClassLoader(new URL[] {jar().toUri().toURL()}, getClass().getClassLoader())) {
            return (Integer) loader.loadClass("adjoint.conformance.Main")
                    .getMethod("run", String[].class)
                    .invoke(null, (Object) args.toArray(String[]::new));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static Path jar() throws IOException {
        Path module = Path.of(System.getProperty("adjoint.home", "")).resolve("conformance");
        if (!Files.isDirectory(module)) {
            throw new Failure("the reference cases are not in this copy: they belong to the sources. Clone the"
                    + " repository and start its ./adjoint.");
        }
        Path target = module.resolve("target");
        return (Files.isDirectory(target) ? Home.children(target) : List.<Path>of())
                .stream()
                        .filter(file -> file.getFileName().toString().matches("adjoint-conformance-[0-9.]+\\.jar"))
                        .findFirst()
                        .orElseThrow(() -> new Failure("the comparison is not built: " + target
                                + " holds no jar of it. Build it with mvn -q -Dmaven.test.skip package."));
    }
}
