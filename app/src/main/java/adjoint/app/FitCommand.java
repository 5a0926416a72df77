package adjoint.app;

import adjoint.plot.Figure;
import adjoint.tables.CategoryColumn;
import adjoint.tables.Column;
import adjoint.tables.Csv;
import adjoint.tables.Features;
import adjoint.tables.Missing;
import adjoint.tables.NumberColumn;
import adjoint.tables.Split;
import adjoint.tables.Table;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fits a linear model to a table. */
@Command(
        name = "fit",
        sortOptions = false,
        header = "Fits a linear model to a table: one column of numbers from all others.",
        footer = "Example: adjoint fit lessons/data/diabetes.csv --target target --save model.safetensors")
final class FitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DATA.csv", description = "The table, with a header.")
    private Path data;

    @Option(names = "--target", required = true, paramLabel = "COLUMN", description = "The column to predict.")
    private String target;

    @Option(
            names = "--test",
            defaultValue = "0.2",
            paramLabel = "SHARE",
            description = "Rows set aside to judge by (0.2).")
    private double test;

    @Option(
            names = "--missing",
            paramLabel = "HOW",
            description = "Rows with missing values: drop, or fill by the mean.")
    private Missing missing = Missing.REFUSE;

    @Option(names = "--category", paramLabel = "COLUMN", description = "A column of codes: categories, not numbers.")
    private List<String> categories = List.of();

    @Option(names = "--ignore", paramLabel = "COLUMN", description = "A column to leave out.")
    private List<String> ignored = List.of();

    @Mixin
    private CsvOptions csv;

    @Option(names = "--lr", paramLabel = "X", description = "The learning rate to start from (chosen by the data).")
    private Double rate;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the rows (as many as make 15000 steps).")
    private Integer epochs;

    @Option(names = "--batch", defaultValue = "32", paramLabel = "N", description = "Rows a step (32).")
    private int batch;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Of all that is random (0).")
    private long seed;

    @Option(names = "--save", paramLabel = "MODEL", description = "Writes the model, for predict, to this file.")
    private Path save;

    @Option(names = "--plot", paramLabel = "OUT.png", description = "Draws loss and predictions to a .png or .svg.")
    private Path plot;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        checkUsage();
        Table table = read();
        Split parts = table.split(test, seed);
        Table train = parts.train();
        if (train.rows() < batch) {
            throw new Failure(data + ": " + rows(train.rows()) + " to train on"
                    + (parts.test().rows() > 0 ? " (" + parts.test().rows() + " more are set aside)" : "")
                    + ", fewer than the batch of " + batch + ". Try --batch " + train.rows() + ", or give more rows.");
        }
        Features features = Features.of(train.without(target), missing);
        checkTestRows(features, parts.test());
        NumberColumn goal = train.numbers(target);
        double mean = goal.mean();
        double deviation = goal.deviation();
        checkSizes(features, goal, deviation);
        if (!(deviation > 1e-12 * Math.abs(mean))) {
            throw new Failure(data + ": all values of " + target + " are " + goal.text(0)
                    + ": there is nothing to learn. Choose another --target.");
        }

        Tensor x = features.standardized(train, DType.F64);
        Tensor y = Table.of(goal).tensor(DType.F64).sub(mean).div(deviation);
        double start = rate != null ? rate : Training.defaultRate(x, batch);
        int passes = epochs != null ? epochs : Training.defaultEpochs(train.rows(), batch);
        var training = new Training(start, passes, batch, seed);
        introduce(train, parts.test(), features, training);
        Training.Result result;
        try (var progress = Progress.of("training", passes)) {
            result = training.run(x, y, progress::at);
        }
        var model = new LinearModel(features, target, mean, deviation, result.layer());
        report(model, train, parts.test());
        write(model, result, train, parts.test());
        return 0;
    }

    private void checkUsage() {
        check(rate == null || rate > 0 && rate < Double.POSITIVE_INFINITY, "--lr must be above 0, such as 0.01");
        check(epochs == null || epochs >= 1, "--epochs must be at least 1");
        check(batch >= 1, "--batch must be at least 1");
        check(test >= 0 && test < 1, "--test must be at least 0 and below 1, such as 0.2");
        check(!ignored.contains(target), "--ignore names the target");
        check(!categories.contains(target), "--category names the target, which must be numbers");
        checkFolder("--save", save);
        checkFolder("--plot", plot);
        check(save == null || !same(save, data), "--save names the table itself, which would be lost");
        check(save == null || plot == null || !same(save, plot), "--save and --plot name the same file");
        String name = plot == null ? ".png" : plot.toString().toLowerCase(Locale.ROOT);
        check(name.endsWith(".png") || name.endsWith(".svg"), "--plot must name a .png or .svg file");
    }

    private void check(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private static boolean same(Path a, Path b) {
        return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
    }

    /** Better now than after the training. */
    private static void checkFolder(String option, Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Failure(option + " " + file + ": the folder " + folder + " does not exist. Create it first.");
        }
        if (Files.isDirectory(file)) {
            throw new Failure(option + " " + file + ": it is a folder. Name a file in it.");
        }
        if (!Files.isWritable(folder)) {
            throw new Failure(option + " " + file + ": you may not write to " + folder + ". Choose another folder.");
        }
    }

    private Table read() {
        Csv format = csv.apply(Csv.format())
                .categories(categories.toArray(String[]::new))
                .ignore(ignored.toArray(String[]::new));
        Table table = format.read(data);
        NumberColumn goal = table.numbers(target);
        if (table.columns().size() < 2) {
            throw new Failure(data + ": there is no column beside " + target + " to predict it from. Is the delimiter"
                    + " right (--delimiter)?");
        }
        for (Column column : table.columns()) {
            if (column instanceof CategoryColumn texts
                    && texts.size() > 2
                    && texts.categories().size() * 2 > texts.size()) {
                throw new Failure(data + ": the column " + texts.name() + " has "
                        + texts.categories().size()
                        + " different texts in " + rows(texts.size())
                        + ": they cannot be learned as categories. Leave it out: --ignore " + texts.name() + ".");
            }
        }
        return switch (missing) {
            case REFUSE, DROP -> table.missing(missing);
            // The inputs are filled later, with the training rows' means; a target is never invented.
            case MEAN ->
                table.take(IntStream.range(0, table.rows())
                        .filter(row -> !goal.isMissing(row))
                        .toArray());
        };
    }

    /** Better now than after the training: a rare category may have come to the test rows alone. */
    private static void checkTestRows(Features features, Table held) {
        try {
            features.raw(held);
        } catch (DataException e) {
            throw new Failure(
                    e.getMessage()
                            + " The row is set aside for the test: another --seed, or --test 0, sets others aside.",
                    e);
        }
    }

    /** Of numbers near the largest that there is, sums and squares are infinite, and nothing could be learned. */
    private void checkSizes(Features features, NumberColumn goal, double deviation) {
        double[] deviations = features.deviations();
        for (int i = 0; i <= deviations.length; i++) {
            boolean input = i < deviations.length;
            if (!Double.isFinite(input ? deviations[i] : deviation)) {
                throw new Failure(
                        data + ": the numbers of " + (input ? features.names().get(i) : goal.name())
                                + " are too large to compute with: their variance is infinite. Write them in a larger unit.");
            }
        }
    }

    private void introduce(Table train, Table held, Features features, Training training) {
        System.out.println(data + ": " + rows(train.rows()) + " to train on, " + held.rows() + " to test on; "
                + features.count() + " inputs; target " + target);
        System.out.println("minibatch SGD: " + training.epochs() + " epochs of "
                + Math.ceilDiv(train.rows(), training.batch()) + " batches, learning rate "
                + Report.plain(training.rate()) + " falling to 0, seed " + seed);
    }

    private static void report(LinearModel model, Table train, Table held) {
        var lines = new ArrayList<List<String>>();
        double[] coefficients = model.coefficients();
        for (int i = 0; i < coefficients.length; i++) {
            lines.add(List.of(model.features().names().get(i), Report.plain(coefficients[i])));
        }
        lines.add(List.of("intercept", Report.plain(model.intercept())));
        System.out.print("\ncoefficients, in the data's own units\n" + Report.columns(lines));

        var scores = new ArrayList<List<String>>();
        var names = new ArrayList<>(List.of(""));
        var mse = new ArrayList<>(List.of("MSE"));
        var mae = new ArrayList<>(List.of("MAE"));
        var r2 = new ArrayList<>(List.of("R²"));
        for (Table part : List.of(train, held)) {
            if (part.rows() > 0) {
                Scores s = Scores.of(part.numbers(model.target()).toDoubles(), model.predict(part));
                names.add(part == train ? "train" : "test");
                mse.add(Report.decimals(s.mse()));
                mae.add(Report.decimals(s.mae()));
                r2.add(Report.decimals(s.r2()));
            }
        }
        scores.addAll(List.of(names, mse, mae, r2));
        System.out.print("\n" + Report.columns(scores));
    }

    private void write(LinearModel model, Training.Result result, Table train, Table held) {
        if (save != null) {
            model.save(save);
            System.out.println("\nmodel: " + save);
        }
        if (plot != null) {
            draw(model, result, train, held);
            System.out.println("picture: " + plot);
        }
    }

    private void draw(LinearModel model, Training.Result result, Table train, Table held) {
        var figure = Figure.grid(1, 2).size(960, 420).title(data.getFileName() + ": " + target);
        double[] epoch = IntStream.rangeClosed(1, result.losses().length)
                .asDoubleStream()
                .toArray();
        var left = epoch.length > 100 ? figure.at(0, 0).logX() : figure.at(0, 0);
        left.line(epoch, result.losses())
                .title("Training loss")
                .xLabel("epoch")
                .yLabel("MSE of the standardised target");
        var right = figure.at(0, 1).title("Predictions").xLabel("actual").yLabel("predicted");
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Table part : List.of(train, held)) {
            if (part.rows() > 0) {
                double[] actual = part.numbers(target).toDoubles();
                right.scatter(actual, model.predict(part))
                        .label(part == train ? "train" : "test")
                        .size(3);
                low = Math.min(low, Arrays.stream(actual).min().orElse(low));
                high = Math.max(high, Arrays.stream(actual).max().orElse(high));
            }
        }
        right.line(new double[] {low, high}, new double[] {low, high})
                .label("exact")
                .color("black")
                .dashed();
        figure.save(plot);
    }

    static String rows(int n) {
        return n == 1 ? "1 row" : n + " rows";
    }
}
