package adjoint.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compiles and runs a user's own file, in this JVM and with its flags. */
@Command(
        name = "run",
        header = "Compiles and runs your own Java file.",
        description = "The file is, for example: import module adjoint; void main() { IO.println(Tensor.arange(3)); }",
        footer = "Example: adjoint run MyLesson.java --rate 0.1")
final class RunCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE.java", description = "The program.")
    private Path file;

    @Parameters(index = "1..*", paramLabel = "ARGS", description = "What its main(String[] args) gets.")
    private List<String> args = List.of();

    @Override
    public Integer call() {
        if (!Files.isRegularFile(file)) {
            throw new Failure(file + ": " + (Files.exists(file) ? "it is no file" : "there is no such file")
                    + ". Check the path (the working folder is "
                    + Path.of("").toAbsolutePath() + ").");
        }
        if (!file.toString().endsWith(".java")) {
            throw new Failure(file + ": it is no Java source. Give a file whose name ends in .java.");
        }
        return UserProgram.run(SourceProgram.compile(file), file, args.toArray(String[]::new));
    }
}
