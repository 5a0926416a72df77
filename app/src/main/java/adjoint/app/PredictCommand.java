package adjoint.app;

import adjoint.tables.NumberColumn;
import adjoint.tables.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Applies a saved model to a table. */
@Command(
        name = "predict",
        sortOptions = false,
        header = "Applies a saved model to a table: a prediction for each row, as CSV.",
        footer = "Example: adjoint predict model.safetensors new.csv > predictions.csv")
final class PredictCommand implements Callable<Integer> {
    /** More than tables have, and few enough to hide the noise of the last bits. */
    private static final int DIGITS = 10;

    @Parameters(index = "0", paramLabel = "MODEL", description = "What fit --save wrote.")
    private Path file;

    @Parameters(index = "1", paramLabel = "DATA.csv", description = "A table with the columns that it was fitted to.")
    private Path data;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write (standard output).")
    private Path out;

    @Mixin
    private CsvOptions csv;

    @Override
    public Integer call() {
        if (Files.isDirectory(file)) {
            throw new Failure(file + ": it is a folder. Name the model's file in it.");
        }
        LinearModel model = LinearModel.load(file);
        Table table = csv.apply(model.features().format()).read(data);
        double[] predicted = Arrays.stream(model.predict(table))
                .map(p -> Report.rounded(p, DIGITS))
                .toArray();
        Table result = Table.of(new NumberColumn("prediction", predicted));
        if (out == null) {
            System.out.print(result.toCsv());
        } else {
            result.write(out);
            System.out.println("predictions: " + out + " (" + FitCommand.rows(predicted.length) + ")");
        }
        return 0;
    }
}
