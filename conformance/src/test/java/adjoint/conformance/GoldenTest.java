package adjoint.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PyTorch 2.13's values, types, gradients and gradients of gradients, group by group: every case, but for those listed. */
class GoldenTest {
    @ParameterizedTest
    @FieldSource("adjoint.conformance.Cases#GROUPS")
    void everyCaseAgreesWithPyTorch(String group) {
        Outcome outcome = Outcome.of(group, Cases.own().of(group));
        assertThat(outcome.wrong()).isEmpty();
        assertThat(outcome.unsupported()).isEmpty();
        assertThat(outcome.passed()).isPositive();
    }

    @Test
    void fewCasesAreListedAsDifferent() {
        assertThat(Cases.deliberate())
                .hasSizeLessThan(20)
                .allSatisfy((_, reason) -> assertThat(reason).isNotBlank());
    }

    /** The runner itself: it must see a wrong value, type, shape, gradient and second gradient. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [12.25]     | [12.26]     | value: 12.25, not 12.26
            out64       | out32       | value: dtype is float64, not float32
            "shape":[1],"dtype":"out64" | "shape":[1,1],"dtype":"out64" | value: shape is [1], not [1, 1]
            [7.0]       | [7.1]       | gradient of x: 7.0, not 7.1
            [4.0]       | [4.1]       | second gradient of x: 4.0, not 4.1
            [14.0]      | ["NaN"]     | second gradient of grad_out 0: 14.0, not NaN
            """)
    void noticesADifference(String right, String wrong, String message) {
        String json = """
                {"id":"runner","code":"x * x","args":{"x":{"shape":[1],"dtype":"float64","data":[3.5]}},
                "out":[{"shape":[1],"dtype":"out64","data":[12.25]}],
                "grad_out":[{"shape":[1],"dtype":"float64","data":[1.0]}],
                "grads":{"x":{"shape":[1],"dtype":"float64","data":[7.0]}},
                "second":{"const":{"x":{"shape":[1],"dtype":"float64","data":[2.0]}},
                "grads":{"x":{"shape":[1],"dtype":"float64","data":[4.0]}},
                "grad_out_grads":[{"shape":[1],"dtype":"float64","data":[14.0]}]}}""";
        new GoldenCase(Json.object(json.replace("out64", "float64"))).check();
        assertThat(json).contains(right);
        String changed = json.replace(right, wrong).replace("out64", "float64").replace("out32", "float32");
        assertThatThrownBy(() -> new GoldenCase(Json.object(changed)).check())
                .isInstanceOf(GoldenCase.Disagreement.class)
                .hasMessageStartingWith(message);
    }

    /** Nor may it take what it cannot judge for right. */
    @ParameterizedTest
    @ValueSource(
            strings = {"torch.nothing(x)", "x.sum(dim=0, other=1)", "-\"a\"", "x.nothing", "torch.sub(x, x, beta=2)"})
    void doesNotPassWhatItDoesNotKnow(String code) {
        var example =
                new GoldenCase(Map.of("id", "runner", "code", "x = torch.ones(2)\ny = " + code, "vars", Map.of()));
        assertThatThrownBy(example::check).isInstanceOf(Unsupported.class);
    }

    /** A result given by its sums: each of them, the ends, the type and the gradient are looked at. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "shape":[1]  | "shape":[2]  | value: shape
            "sum":3.5    | "sum":3.6    | value: sum is
            "cos_sum"    | "none"       | value: sum with
            "first":[3.5 | "first":[3.4 | value at 0
            "last":[3.5  | "last":[3.4  | value at -1
            0.5]         | 0.4]         | gradient of y at 0
            """)
    void noticesADifferenceInSums(String right, String wrong, String message) {
        String json = """
                {"id":"runner","group":"sized","op":"sized","dtype":"float64","code":"x[:1] + y[:1]","n":2,
                "out":{"shape":[1],"dtype":"float64","sum":3.5,"abs_sum":3.5,"cos_sum":3.5,"none":9,
                "first":[3.5],"last":[3.5]},
                "grads":{"y":{"shape":[2],"dtype":"float64","sum":0.5,"abs_sum":0.5,"cos_sum":0.5,
                "first":[0.5],"last":[0]}}}""";
        new GoldenCase(Json.object(json)).check();
        assertThat(json).contains(right);
        String changed = json.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
        String other = wrong.equals("\"none\"") ? changed.replaceFirst("\"none\":9", "\"cos_sum\":9") : changed;
        assertThatThrownBy(() -> new GoldenCase(Json.object(other)).check())
                .isInstanceOf(GoldenCase.Disagreement.class)
                .hasMessageStartingWith(message);
    }

    /** A regression on data that another case of its family gives, in an order given there. */
    @Test
    void followsARegression(@TempDir Path folder) throws IOException {
        double[][] x = {{1, 0}, {0, 1}, {1, 1}, {2, -1}};
        double[] y = {2, 3, 4, 1};
        int[] order = {2, 0, 3, 1};
        double[] p = {0.5, -0.5, 0};
        List<List<Double>> steps = new ArrayList<>();
        for (int from = 0; from < 4; from += 2) {
            double loss = 0;
            double[] slope = new double[3];
            for (int i = from; i < from + 2; i++) {
                double[] row = {x[order[i]][0], x[order[i]][1], 1};
                double error = row[0] * p[0] + row[1] * p[1] + p[2] - y[order[i]];
                loss += error * error / 2;
                for (int k = 0; k < 3; k++) {
                    slope[k] += error * row[k];
                }
            }
            for (int k = 0; k < 3; k++) {
                p[k] -= 0.1 * slope[k] / 2;
            }
            steps.add(List.of(loss, slope[0], slope[1], slope[2], p[0], p[1], p[2]));
        }
        double epoch = 0;
        for (int i = 0; i < 4; i++) {
            epoch += Math.pow(x[i][0] * p[0] + x[i][1] * p[1] + p[2] - y[i], 2) / 8;
        }
        String data = """
                {"id":"d2l/linreg/data","group":"d2l","op":"data","features":[[1.0,0.0],[0.0,1.0],[1.0,1.0],[2.0,-1.0]],
                "labels":[2.0,3.0,4.0,1.0],"order":[2,0,3,1]}""".replace("\n", "");
        String scratch = """
                {"id":"d2l/linreg/scratch","group":"d2l","op":"linreg_scratch","dtype":"float64","w0":[[0.5],[-0.5]],
                "b0":[0.0],"lr":0.1,"batch":2,"steps":%s,"epoch_loss":[%s],
                "step_fields":["loss","dw0","dw1","db","w0","w1","b"]}""".formatted(steps, epoch).replace("\n", "");
        Files.writeString(folder.resolve("d2l.jsonl"), data + "\n" + scratch + "\n");
        assertThat(Main.run(folder.toString())).isZero();
        String wrong = scratch.replace("\"lr\":0.1", "\"lr\":0.2");
        Files.writeString(folder.resolve("d2l.jsonl"), data + "\n" + wrong + "\n");
        assertThat(Main.run(folder.toString())).isEqualTo(1);
        Files.writeString(folder.resolve("d2l.jsonl"), scratch + "\n");
        assertThat(Outcome.of("d2l", Cases.in(folder).of("d2l")).missing()).isEqualTo(1);
    }

    /** The evaluator's own stumbling is a gap; the library's errors are failures. */
    @Test
    void tellsGapsFromFailures() {
        var gap = new GoldenCase(Map.of("id", "gap", "code", "a, b = 1\n", "vars", Map.of()));
        var wrong = new GoldenCase(Map.of("id", "wrong", "code", "torch.ones(2) + torch.ones(3)", "vars", Map.of()));
        Outcome outcome = Outcome.of("runner", List.of(gap, wrong));
        assertThat(outcome.missing()).isEqualTo(1);
        assertThat(outcome.wrong()).singleElement().asString().contains("wrong");
    }

    @Test
    void refusesWhatItCannotRead(@TempDir Path folder) throws IOException {
        String gone = folder.resolve("gone").toString();
        assertThatThrownBy(() -> Main.run(gone)).hasMessageContaining("there is no such folder");
        String here = folder.toString();
        assertThatThrownBy(() -> Main.run(here)).hasMessageContaining("no .jsonl file");
        assertThatThrownBy(() -> Main.run("--group", "nothing")).hasMessageContaining("The groups are activation");
        Files.writeString(folder.resolve("mine.jsonl"), "{\"id\":\"a\",\"code\":\"x = 1\",\"vars\":{\"x\":1}}\n{\n");
        assertThatThrownBy(() -> Main.run(here)).hasMessageContaining("mine.jsonl, line 2");
        Files.writeString(folder.resolve("mine.jsonl"), "{\"id\":\"a\",\"code\":\"x = 1\",\"vars\":{\"x\":1}}\n");
        assertThat(Main.run(here)).isZero();
        Files.writeString(folder.resolve("mine.jsonl"), "{\"id\":\"a\",\"code\":\"x = 1\",\"vars\":{\"x\":2}}\n");
        assertThat(Main.run(here)).isEqualTo(1);
    }
}
