package adjoint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adjoint.data.Safetensors;
import adjoint.tables.Features;
import adjoint.tables.NumberColumn;
import adjoint.tables.Table;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {
    /** Ordinary least squares on all rows. */
    private static final double R2 = 0.517748;

    private static final double MSE = 2859.6963;
    /** Its weights for standardised inputs. */
    private static final double[] WEIGHTS = {
        -0.4761, -11.4069, 24.7265, 15.4294, -37.68, 22.6762, 4.8061, 8.422, 35.7344, 3.2167
    };

    private static final Path DIABETES = Home.lessons().resolve("data").resolve("diabetes.csv");

    @TempDir
    Path folder;

    private Path small;
    private Path model;

    @BeforeEach
    void table() throws IOException {
        var text = new StringBuilder("id,area,district,price\n");
        for (int i = 0; i < 60; i++) {
            String district = i % 3 == 0 ? "north" : "old town";
            text.append("flat ")
                    .append(i)
                    .append(',')
                    .append(30 + i)
                    .append(",\"")
                    .append(district)
                    .append("\",");
            text.append(1000 + 50 * i + (i % 3 == 0 ? 200 : 0)).append('\n');
        }
        small = Files.writeString(folder.resolve("flats.csv"), text);
        model = folder.resolve("model.safetensors");
    }

    private void onlyTheTableIsThere(String... others) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder(Stream.concat(Stream.of("flats.csv"), Arrays.stream(others))
                            .toArray(String[]::new));
        }
    }

    @Test
    void theDefaultsReachLeastSquares() throws IOException {
        Path picture = folder.resolve("loss.png");
        Outcome run = Outcome.of("fit", DIABETES, "--target", "target", "--test", 0, "--save", model, "--plot", picture)
                .succeeded();
        assertThat(run.number("MSE")).isCloseTo(MSE, within(MSE / 1000));
        assertThat(run.number("R²")).isCloseTo(R2, within(R2 / 1000));
        Features features = Features.of(Table.read(DIABETES).without("target"));
        double[] deviations = features.deviations();
        double intercept = 152.1335;
        for (int i = 0; i < WEIGHTS.length; i++) {
            double coefficient = WEIGHTS[i] / deviations[i];
            assertThat(run.number(features.names().get(i))).isCloseTo(coefficient, within(0.3 / deviations[i]));
            intercept -= coefficient * features.means()[i];
        }
        assertThat(run.number("intercept")).isCloseTo(intercept, within(1.0));
        assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');

        Outcome predicted = Outcome.of("predict", model, DIABETES).succeeded();
        double[] y = Table.read(DIABETES).numbers("target").toDoubles();
        double[] p =
                predicted.out().lines().skip(1).mapToDouble(Double::parseDouble).toArray();
        assertThat(predicted.out()).startsWith("prediction\n");
        assertThat(Scores.of(y, p).mse()).isCloseTo(run.number("MSE"), within(1e-3));
        Map<String, String> metadata = Safetensors.load(model).metadata();
        assertThat(metadata).containsEntry("column.2.name", "bmi").containsEntry("target.name", "target");
        assertThat(Double.parseDouble(metadata.get("column.2.mean"))).isCloseTo(26.3758, within(1e-4));
    }

    @Test
    void theyDoForOtherSeeds() {
        Table table = Table.read(DIABETES);
        Features features = Features.of(table.without("target"));
        NumberColumn goal = table.numbers("target");
        Tensor x = features.standardized(table, DType.F64);
        Tensor y = Table.of(goal).tensor(DType.F64).sub(goal.mean()).div(goal.deviation());
        for (int seed = 0; seed < 4; seed++) {
            var training = new Training(Training.defaultRate(x, 32), Training.defaultEpochs(442, 32), 32, seed);
            var trained = training.run(x, y, _ -> {});
            double[] p = trained.layer().forward(x).flatten().toDoubles();
            assertThat(Scores.of(y.flatten().toDoubles(), p).r2()).isCloseTo(R2, within(R2 / 5000));
        }
    }

    @Test
    void partsAreBySeedAndTestRowsAreScored() {
        Object[] args = {"fit", DIABETES, "--target", "target", "--epochs", 20};
        Outcome first = Outcome.of(args).succeeded();
        assertThat(first.out()).contains("354 rows to train on, 88 to test on").containsPattern("train +test");
        assertThat(Outcome.of(args).out()).isEqualTo(first.out());
        Outcome other = Outcome.of("fit", DIABETES, "--target", "target", "--epochs", 20, "--seed", 1);
        assertThat(other.out()).isNotEqualTo(first.out());
    }

    @Test
    void categoriesAndColumnsToIgnore() throws IOException {
        Outcome run = Outcome.of("fit", small, "--target", "price", "--ignore", "id", "--test", 0, "--save", model)
                .succeeded();
        assertThat(run.number("area")).isCloseTo(50, within(0.01));
        assertThat(run.number("district=north") - run.number("district=old town"))
                .isCloseTo(200, within(0.1));
        Path rows = Files.writeString(folder.resolve("new.csv"), "district;area\nold town;30\nnorth;31\n");
        Outcome predicted = Outcome.of("predict", model, rows).succeeded();
        double[] p =
                predicted.out().lines().skip(1).mapToDouble(Double::parseDouble).toArray();
        assertThat(p[0]).isCloseTo(1000, within(0.5));
        assertThat(p[1]).isCloseTo(1250, within(0.5));

        Files.writeString(rows, "area,district\n30,north\n40,south\n");
        Path out = folder.resolve("out.csv");
        Outcome.of("predict", model, rows, "--out", out).failed(1, "line 3, column district", "\"south\"");
        Files.writeString(rows, "area,price\n30,1\n");
        Outcome.of("predict", model, rows, "--out", out).failed(1, "there is no column district");
        Files.writeString(rows, "area,district\n30,north\nbig,north\n");
        Outcome.of("predict", model, rows, "--out", out).failed(1, "line 3, column area", "\"big\"");
        Files.writeString(rows, "area,district\n30,\n");
        Outcome.of("predict", model, rows, "--out", out).failed(1, "line 2, column district", "missing");
        onlyTheTableIsThere("new.csv", "model.safetensors");
        Files.writeString(rows, "area,district\n30,north\n");
        assertThat(Outcome.of("predict", model, rows, "--out", out)
                        .succeeded()
                        .out()
                        .strip())
                .isEqualTo("predictions: " + out + " (1 row)");
        assertThat(Table.read(out).rows()).isEqualTo(1);
    }

    @Test
    void aCategoryThatOnlyTestRowsHave() throws IOException {
        Files.writeString(small, Files.readString(small).replace("30,\"north\"", "30,\"far away\""));
        Object[] args = {"fit", small, "--target", "price", "--ignore", "id", "--epochs", 1, "--save", model};
        int refused = 0;
        for (int seed = 0; seed < 20; seed++) {
            Outcome run = Outcome.of(with(args, "--seed", seed));
            if (run.code() != 0) {
                run.failed(1, "line 2, column district", "\"far away\"", "--seed");
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 10);
    }

    @Test
    void missingValuesAreRefusedDroppedOrFilled() throws IOException {
        String text = Files.readString(small)
                .replace("flat 7,37", "flat 7,")
                .replace("flat 9,39,\"north\"", "flat 9,39,NA")
                .replaceAll("(flat 5,.*),\\d+", "$1,?");
        Files.writeString(small, text);
        Object[] args = {"fit", small, "--target", "price", "--ignore", "id", "--test", 0, "--epochs", 50};
        Outcome.of(args).failed(1, "flats.csv: line 7, column price", "missing", "--missing drop");
        Outcome dropped = Outcome.of(with(args, "--missing", "drop")).succeeded();
        assertThat(dropped.out()).contains("57 rows to train on");
        Outcome filled =
                Outcome.of(with(args, "--missing", "mean", "--save", model)).succeeded();
        assertThat(filled.out()).contains("59 rows to train on");
        Path rows = Files.writeString(folder.resolve("new.csv"), "area,district\n,north\n30,\n");
        assertThat(Outcome.of("predict", model, rows).succeeded().out().lines()).hasSize(3);
    }

    private static Object[] with(Object[] args, Object... more) {
        return Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray();
    }

    @Test
    void otherEncodings() throws IOException {
        String text = Files.readString(small).replace("district", "城区").replace("north", "北");
        Files.write(small, text.getBytes(Charset.forName("GBK")));
        Object[] args = {"fit", small, "--target", "price", "--ignore", "id", "--epochs", 5};
        Outcome.of(args).failed(1, "flats.csv: line 1 is not UTF-8", "--encoding GBK");
        assertThat(Outcome.of(with(args, "--encoding", "GBK")).succeeded().out())
                .contains("城区=北");
        Outcome.of(with(args, "--encoding", "GKB")).failed(2, "Did you mean GBK?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`a,y\\n1,2\\n`|--target z|there is no column z",
                "`a,target\\n1,2\\n`|--target traget|Did you mean target?",
                "``|--target y|the file is empty",
                "`a,y\\n`|--target y|no row",
                "`a,y\\n1,2\\n3\\n`|--target y|line 3 has 1 field",
                "`a,y\\n1,\"2\\n`|--target y|not CSV",
                "`a,y\\n1,x\\n2,z\\n`|--target y|the column y holds no numbers but categories",
                "`a,y\\n1,2\\n2,3\\n4,b\\n`|--target y|line 4, column y: expected a number, found \"b\"",
                "`y\\n1\\n2\\n`|--target y|there is no column beside y",
                "`a,y\\n1,2\\n2,3\\n3,4\\n`|--target y --test 0|3 rows to train on, fewer than the batch of 32",
                "`a,y\\n1,2\\n2,3\\n3,4\\n`|--target y --batch 3|2 rows to train on (1 more are set aside), fewer",
                "`a,y\\n1,2\\n2,2\\n3,2\\n`|--target y --test 0 --batch 2|all values of y are 2",
                "`a,y\\n1,2\\n`|--target y|it has 1 row",
                "`a,y\\n1,2\\n2,1e308\\n3,-1e308\\n`|--target y --test 0 --batch 2|numbers of y are too large",
                "`a,y\\n1,2\\n1e308,3\\n-1e308,4\\n`|--target y --test 0 --batch 2|numbers of a are too large",
                "`a,y\\nu,2\\nv,3\\nw,4\\n`|--target y|column a has 3 different texts",
                "`a,y,b\\n1,2,\\n2,3,\\n`|--target y --missing drop|dropping leaves nothing",
                "`a,y,b\\n1,2,\\n2,3,\\n`|--target y --missing mean --test 0 --batch 2|column b has no value at all",
                "`a,y\\n1,2\\n2,1\\n3,5\\n`|--target y --test 0 --batch 2 --ignore x|there is no column x",
            })
    void wrongTables(String text, String options, String why) throws IOException {
        Files.writeString(small, text.replace("\\n", "\n"));
        String[] args = ("fit@" + small + "@" + options.replace(" ", "@") + "@--save@" + model).split("@");
        Outcome run = Outcome.of((Object[]) args);
        run.failed(1, why);
        onlyTheTableIsThere();
    }

    @Test
    void filesThatAreNoTables() throws IOException {
        Outcome.of("fit", folder.resolve("none.csv"), "--target", "y").failed(1, "none.csv: there is no such file");
        Outcome.of("fit", folder, "--target", "y").failed(1, "it is a folder");
        Files.write(small, new byte[] {1, 0, 2, 0});
        Outcome.of("fit", small, "--target", "y").failed(1, "not CSV");
    }

    @Test
    void aLossThatDiverges() throws IOException {
        for (String rate : new String[] {"3", "1e300"}) {
            Outcome.of("fit", DIABETES, "--target", "target", "--lr", rate, "--save", model)
                    .failed(
                            1,
                            "the loss became",
                            "at step",
                            "learning rate of " + rate.replace("e", "e+"),
                            "try --lr 0.0");
        }
        onlyTheTableIsThere();
    }

    @Test
    void whereNothingCanBeWritten() throws IOException {
        Path nowhere = folder.resolve("no").resolve("model");
        Outcome.of("fit", DIABETES, "--target", "target", "--save", nowhere).failed(1, "does not exist");
        Outcome.of("fit", DIABETES, "--target", "target", "--save", folder).failed(1, "it is a folder");
        Outcome.of("fit", DIABETES, "--target", "target", "--plot", nowhere + ".png")
                .failed(1, "does not exist");
        onlyTheTableIsThere();
    }

    @ParameterizedTest
    @CsvSource({
        "--lr 0, --lr must be above 0",
        "--lr NaN, --lr must be above 0",
        "--lr x, '--lr: \"x\" is no number.'",
        "--epochs 0, --epochs must be at least 1",
        "--batch 0, --batch must be at least 1",
        "--test 1, --test must be",
        "--missing guess, '--missing: \"guess\" is no way here. Give drop or mean.'",
        "--batch 3000000000, is no whole number up to 2147483647",
        "--batch 3 --batch 4, only once",
        "--lr, --lr",
        "more.csv, one table at a time",
        "--plot a.gif, .png or .svg",
        "--delimiter ab, --delimiter",
        "--ignore target, names the target",
        "--frobnicate, there is no option --frobnicate.",
        "--epoch 3, Did you mean --epochs?",
        "--seed 1.5, '--seed: \"1.5\" is no whole number'",
    })
    void wrongUsage(String options, String why) {
        String[] args = ("fit " + DIABETES + " --target target " + options).split(" ");
        Outcome.of((Object[]) args).failed(2, why, "See adjoint fit --help.");
    }

    @Test
    void theTableIsNotOverwritten() throws IOException {
        String before = Files.readString(small);
        Path same = folder.resolve(".").resolve("flats.csv");
        Outcome.of("fit", small, "--target", "price", "--ignore", "id", "--save", same)
                .failed(2, "--save names the table");
        Path picture = folder.resolve("a.png");
        Outcome.of("fit", small, "--target", "price", "--ignore", "id", "--save", picture, "--plot", picture)
                .failed(2, "the same file");
        assertThat(small).hasContent(before);
        onlyTheTableIsThere();
    }

    /** However few rows the last batch has: with a rate so small that nothing changes, it is the loss of all rows. */
    @Test
    void theLossOfAnEpochIsThatOfItsRows() {
        Tensor x = Tensor.of(new double[][] {{1}, {-1}, {1}, {-1}, {0}}, DType.F64);
        Tensor y = Tensor.of(new double[][] {{1}, {2}, {3}, {4}, {10}}, DType.F64);
        for (int batch : new int[] {1, 2, 4, 5}) {
            double[] losses =
                    new Training(1e-12, 3, batch, 0).run(x, y, _ -> {}).losses();
            assertThat(losses).hasSize(3);
            for (double loss : losses) {
                assertThat(loss).isCloseTo((1 + 4 + 9 + 16 + 100) / 5.0, within(1e-6));
            }
        }
    }

    @Test
    void aTargetIsNeeded() {
        Outcome.of("fit", DIABETES).failed(2, "--target");
        Outcome.of("fit", "--target", "y").failed(2, "DATA.csv");
        Outcome.of("predict", DIABETES).failed(2, "DATA.csv");
    }

    @Test
    void damagedModels() throws IOException {
        Outcome.of("fit", DIABETES, "--target", "target", "--epochs", 2, "--save", model)
                .succeeded();
        byte[] whole = Files.readAllBytes(model);
        Path out = folder.resolve("out.csv");
        for (int length : new int[] {0, 7, 100, whole.length - 1}) {
            Files.write(model, Arrays.copyOf(whole, length));
            Outcome.of("predict", model, DIABETES, "--out", out).failed(1, "model.safetensors");
        }
        Files.write(model, whole);
        Safetensors.Contents contents = Safetensors.load(model);

        var tensors = new LinkedHashMap<>(contents.tensors());
        tensors.put("weight", Tensor.zeros(DType.F64, 1, 9));
        Safetensors.save(model, tensors, contents.metadata());
        Outcome.of("predict", model, DIABETES, "--out", out).failed(1, "[1, 9]", "[1, 10]");

        tensors.put("weight", Tensor.full(DType.F64, Double.NaN, 1, 10));
        Safetensors.save(model, tensors, contents.metadata());
        Outcome.of("predict", model, DIABETES, "--out", out).failed(1, "weight holds NaN");

        Safetensors.save(model, contents.tensors(), Map.of());
        Outcome.of("predict", model, DIABETES, "--out", out).failed(1, "no model that fit saved");

        Outcome.of("predict", DIABETES, DIABETES, "--out", out).failed(1, "diabetes.csv");
        Outcome.of("predict", folder.resolve("none"), DIABETES, "--out", out).failed(1, "there is no such file");
        Outcome.of("predict", folder, DIABETES, "--out", out).failed(1, "it is a folder");
        onlyTheTableIsThere("model.safetensors");
    }
}
