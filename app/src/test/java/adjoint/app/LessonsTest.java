package adjoint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every lesson runs, with its own seed and another. With seed 0 the regressions' numbers are those that PyTorch 2.13
 * prints for the same program, with any other they lie where those of 200 seeds lie there.
 */
@ResourceLock(Resources.SYSTEM_OUT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LessonsTest {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d*)?(e[-+]\\d+)?");

    private final Map<Path, Class<?>> programs = new HashMap<>();
    private final Map<String, String> outputs = new HashMap<>();

    @TempDir
    static Path folder;

    Stream<Path> lessons() {
        return Home.children(Home.lessons()).stream()
                .filter(f -> f.getFileName().toString().matches("\\d.*"));
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void printsWhatItsTextsShow(Path lesson) throws IOException {
        List<String> printed =
                output(lesson, 0).lines().map(String::stripTrailing).toList();
        for (String text : List.of("README.md", "README.zh.md")) {
            List<String> shown = shown(lesson.resolve(text));
            assertThat(shown).as(lesson + "/" + text).isNotEmpty();
            assertThat(printed).as(lesson + "/" + text).containsAll(shown);
        }
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void drawsThePicturesThatItsTextsShow(Path lesson) throws IOException {
        String printed = output(lesson, 0);
        for (Path picture : Home.children(lesson)) {
            String name = picture.getFileName().toString();
            if (name.endsWith(".png")) {
                assertThat(printed).contains("picture: " + folder(lesson, 0).resolve(name) + "\n");
                var drawn = ImageIO.read(folder(lesson, 0).resolve(name).toFile());
                var committed = ImageIO.read(picture.toFile());
                assertThat(drawn.getWidth())
                        .as(name)
                        .isEqualTo(committed.getWidth())
                        .isGreaterThan(300);
                assertThat(drawn.getHeight()).as(name).isEqualTo(committed.getHeight());
                for (String text : List.of("README.md", "README.zh.md")) {
                    assertThat(lesson.resolve(text)).content().contains("](" + name + ")");
                }
            }
        }
        assertThat(printed.lines().filter(line -> line.startsWith("picture: ")))
                .allSatisfy(line -> assertThat(lesson.resolve(
                                Path.of(line.substring("picture: ".length())).getFileName()))
                        .exists());
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void computesAnewForAnotherSeed(Path lesson) throws IOException {
        for (long seed : new long[] {0, 5}) {
            assertThat(output(lesson, seed)).doesNotContain("NaN", "Infinity", "nan", "inf ");
        }
        assertThat(output(lesson, 5)).isNotEqualTo(output(lesson, 0));
    }

    @Test
    void tensorsPrintWhatPyTorchPrints() throws IOException {
        assertThat(output(lesson("tensors"), 0))
                .contains(
                        "tensor([ 0.,  1.,  2.,  3.,  4.,  5.,  6.,  7.,  8.,  9., 10., 11.])\n",
                        "tensor([[ 1.5410, -0.2934, -2.1788,  0.5684],\n        [-1.0845, -1.3986,  0.4033,  0.8380],\n",
                        "tensor([[ 0.,  1.,  2.,  3.],\n        [ 4.,  5., 17.,  7.],\n",
                        "tensor([[162754.7969, 162754.7969, 162754.7969, 162754.7969],\n",
                        "        [  2980.9580,   8103.0840,  22026.4648,  59874.1406]])\n",
                        "tensor([2.7183e+00, 7.3891e+00, 5.4598e+01, 2.9810e+03])\n",
                        "tensor([[False,  True, False,  True],\n",
                        "tensor(66.)\n",
                        "tensor([[0, 1],\n        [1, 2],\n        [2, 3]])\n",
                        "tensor([3.5000])\n",
                        "[3., 0., 1.],\n        [2., 0., 1.],\n        [4., 1., 0.],\n        [3., 0., 1.]], dtype=torch.float64)",
                        "[3., 1., 0.],\n        [2., 0., 1.],\n        [4., 0., 1.],\n        [3., 0., 1.]], dtype=torch.float64)",
                        "tensor([127500., 106000., 178100., 140000.], dtype=torch.float64)\n");
    }

    @Test
    void linearAlgebraPrintsWhatPyTorchPrints() throws IOException {
        assertThat(output(lesson("linear-algebra"), 0))
                .contains(
                        "tensor(5.), tensor(6.), tensor(1.5000), tensor(9.)\n",
                        "tensor([[ 0.,  1.,  4.],\n        [ 9., 16., 25.]])\n",
                        "tensor([[0.0000, 0.3333, 0.6667],\n        [0.2500, 0.3333, 0.4167]])\n",
                        "tensor([40., 45., 50., 55.])   [4]\n",
                        "        [0.2286, 0.2429, 0.2571, 0.2714]])\n",
                        "tensor([ 5., 14.])\n",
                        "tensor([ 14.,  38.,  62.,  86., 110.])\n",
                        "tensor([[ 3.,  3.,  3.,  3.],\n        [12., 12., 12., 12.]])\n",
                        "tensor(32.5268), tensor(30.7135)\n",
                        "tensor(44.3304) ≤ tensor(63.2403)\n");
        for (long seed : new long[] {0, 5}) {
            assertThat(numbers(output(lesson("linear-algebra"), seed), "cos θ = (\\S+)")[0])
                    .isBetween(-0.15, 0.15);
        }
    }

    @Test
    void gradientsComeToTheirLimits() throws IOException {
        for (long seed : new long[] {0, 5}) {
            String printed = output(lesson("gradients"), seed);
            assertThat(numbers(printed, "h=.*, numerical limit=(.*)"))
                    .containsExactly(2.3, 2.03, 2.003, 2.0003, 2.00003);
            assertThat(printed).contains("tensor(8.), tensor(5.)\n").doesNotContain(" false");
            double[] rules = numbers(printed, "\\S.{28}(\\s*\\S+\\.\\d{5}\\s+\\S+\\s+\\S+)");
            assertThat(rules).hasSize(27);
            for (int i = 0; i < rules.length; i += 3) {
                assertThat(rules[i]).isEqualTo(rules[i + 1]).isCloseTo(rules[i + 2], within(1.1e-5));
            }
            double[] errors = numbers(printed, "1e-\\d\\d .* (\\S+)");
            assertThat(errors).hasSize(8);
            assertThat(errors[2]).isLessThan(1e-9).isLessThan(errors[0]).isLessThan(errors[7]);
        }
    }

    @Test
    void autogradPrintsWhatPyTorchPrints() throws IOException {
        assertThat(output(lesson("autograd"), 0).lines().map(line -> line.replaceFirst("^.{40}", "")))
                .containsSubsequence(
                        "tensor([0., 1., 2., 3.])",
                        "null",
                        "tensor(28., grad_fn=<MulBackward0>)",
                        "tensor([ 0.,  4.,  8., 12.])",
                        "tensor([True, True, True, True])",
                        "tensor(6., grad_fn=<SumBackward0>)",
                        "tensor([1., 1., 1., 1.])",
                        "tensor([0., 1., 4., 9.], grad_fn=<MulBackward0>)",
                        "tensor([0., 2., 4., 6.])",
                        "tensor([0., 1., 4., 9.])",
                        "tensor([0., 1., 4., 9.])",
                        "tensor([True, True, True, True])",
                        "tensor([True, True, True, True])",
                        "tensor(1.5410, requires_grad=True)",
                        "tensor(1577.9800, grad_fn=<MulBackward0>)",
                        "tensor(1024.)",
                        "tensor(True)");
    }

    @Test
    void fromScratchLearnsWhatPyTorchLearns() throws IOException {
        String printed = output(lesson("linear-regression"), 0);
        assertThat(printed)
                .startsWith("features[0]: tensor([-1.1258, -1.1524])    label[0]: tensor([5.8655])\n")
                .contains("epoch 1, loss 0.039385\nepoch 2, loss 0.000143\nepoch 3, loss 0.000047\n");
        assertErrors(printed, -9.0599e-05, -1.0219e-03, 0.0008);
    }

    @Test
    void conciselyLearnsWhatPyTorchLearns() throws IOException {
        String printed = output(lesson("linear-regression-concise"), 0);
        assertThat(printed)
                .contains("tensor([-0.5725,  0.0793]), label tensor([2.7905])\n")
                .contains("epoch 1, loss 0.000241\nepoch 2, loss 0.000094\nepoch 3, loss 0.000093\n");
        assertErrors(printed, 0.0001, -0.0003, 0.0009);
    }

    /** To 2e-6, as they are differences of nearly equal float32 numbers, and to what four printed digits leave open. */
    private static void assertErrors(String printed, double... expected) {
        double[] errors = errors(printed);
        for (int i = 0; i < expected.length; i++) {
            boolean rounded = expected[i] == Math.rint(expected[i] * 1e4) / 1e4;
            assertThat(errors[i]).isCloseTo(expected[i], within(rounded ? 1e-9 : 2e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 123_456_789})
    void anySeedLearnsAsWell(long seed) throws IOException {
        String scratch = output(lesson("linear-regression"), seed);
        assertLosses(scratch, new double[][] {{.0203, .0700}, {.000074, .000393}, {.000046, .000056}});
        String concise = output(lesson("linear-regression-concise"), seed);
        assertLosses(concise, new double[][] {{.000143, .000674}, {.000092, .000111}, {.000092, .000112}});
        for (String printed : List.of(scratch, concise)) {
            assertThat(Arrays.stream(errors(printed)).map(Math::abs).max().orElseThrow())
                    .isLessThanOrEqualTo(0.002);
        }
    }

    private static void assertLosses(String printed, double[][] ranges) {
        double[] losses = numbers(printed, "epoch \\d, loss (.*)");
        for (int epoch = 0; epoch < ranges.length; epoch++) {
            // Of other seeds than those 200, a little more.
            double[] range = ranges[epoch];
            assertThat(losses[epoch]).isBetween(range[0] * 0.95, range[1] * 1.05);
        }
    }

    private static double[] errors(String printed) {
        double[] w = numbers(printed, "error of w: tensor\\((.*)\\)    .*");
        double[] b = numbers(printed, "error of w: .*    error of b: tensor\\((.*)\\)");
        return new double[] {w[0], w[1], b[0]};
    }

    /** All numbers in the groups of the lines that match. */
    private static double[] numbers(String printed, String line) {
        var pattern = Pattern.compile(line);
        return printed.lines()
                .map(pattern::matcher)
                .filter(m -> m.matches())
                .flatMap(m -> NUMBER.matcher(m.group(1)).results())
                .mapToDouble(found -> Double.parseDouble(found.group()))
                .toArray();
    }

    @Test
    void tellsDivergenceInWords() throws IOException {
        String printed = output(lesson("hyperparameters"), 0);
        double[] diverged = numbers(printed, "lr 2\\.0, batch size (\\d+): in step \\d+");
        assertThat(diverged).containsExactly(1, 10, 100, 1000);
        assertThat(printed).containsPattern("(?m)^lr 2\\.0 +diverged +diverged +diverged +diverged$");
    }

    @Test
    void newtonNeedsOneStepAndClimbs() throws IOException {
        String printed = output(lesson("newton"), 0);
        double[] one = numbers(printed, "Newton, step 1 +(\\S+) .*");
        double[] two = numbers(printed, "Newton, step 2 +(\\S+) .*");
        double[] sgd = numbers(printed, "SGD, step 300 +(\\S+) .*");
        assertThat(one[0]).isCloseTo(two[0], within(1e-10)).isLessThan(sgd[0]);
        double[] walk = numbers(printed, "Newton  +(.*)");
        assertThat(walk[0]).isEqualTo(0.3);
        assertThat(walk[walk.length - 2]).as("where the maximum is").isZero();
        double[] ends = numbers(printed, "  (?:minimum|maximum|saddle) +(\\d+)");
        assertThat(ends).hasSize(3).doesNotContain(0);
        assertThat(Arrays.stream(ends).sum()).isEqualTo(400);
        double[] ratios = numbers(printed, " +\\d+ +\\S+ µs +\\S+ µs +(\\S+)x +\\d+");
        assertThat(ratios).hasSizeGreaterThan(5);
        assertThat(ratios[ratios.length - 1]).isGreaterThan(ratios[0]);
    }

    // Running

    private Path lesson(String name) {
        return lessons()
                .filter(l ->
                        l.getFileName().toString().replaceFirst("^\\d+-", "").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Path folder(Path lesson, long seed) {
        return folder.resolve(lesson.getFileName() + "-" + seed);
    }

    /** What the lesson prints; it is run once a seed. */
    private String output(Path lesson, long seed) throws IOException {
        Path out = folder(lesson, seed);
        if (!outputs.containsKey(out.toString())) {
            Files.createDirectories(out);
            Path source = Home.children(lesson).stream()
                    .filter(f -> f.toString().endsWith(".java"))
                    .findFirst()
                    .orElseThrow();
            Class<?> program = programs.computeIfAbsent(source, SourceProgram::compile);
            var bytes = new ByteArrayOutputStream();
            PrintStream before = System.out;
            try (var printer = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
                System.setOut(printer);
                assertThat(UserProgram.run(program, source, "--seed", Long.toString(seed), "--out", out.toString()))
                        .isZero();
            } finally {
                System.setOut(before);
            }
            outputs.put(out.toString(), bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
        }
        return outputs.get(out.toString());
    }

    /** The lines of a text's blocks that are marked as output. */
    private static List<String> shown(Path text) throws IOException {
        String blocks = Pattern.compile("^```text\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(text).replace("\r\n", "\n"))
                .results()
                .map(block -> block.group(1))
                .reduce("", String::concat);
        return blocks.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
