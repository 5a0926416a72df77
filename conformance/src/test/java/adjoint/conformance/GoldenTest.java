package adjoint.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PyTorch 2.13's values, types, gradients and gradients of gradients, group by group. A case that needs something that
 * does not exist yet is passed over; so that this hides nothing, a number of each group's cases must pass. Raise it
 * when operations are added.
 */
class GoldenTest {
    /** Cases where this library differs on purpose, and why. One that agrees after all fails the test. */
    private static final Map<String, String> DELIBERATE = Map.of(
            "unary/torch.logit/006/float32", "PyTorch's derivative at −0 depends on the element's place in memory",
            "shape/strides/x[::2]", "the stride of a dimension of size 1 is never used; the row-major one is given",
            "graph/higher_order_x4", "the fifth derivative of x⁴ is 0 there and here; here it still has a graph");

    /**
     * What became of a group's cases.
     *
     * @param unsupported how many cases each missing thing holds up
     */
    record Outcome(int passed, Map<String, Integer> unsupported, List<String> wrong) {}

    @ParameterizedTest
    @CsvSource({
        "binary, 339",
        "unary, 295",
        "reduce, 751",
        "shape, 108",
        "matmul, 114",
        "index, 90",
        "graph, 29",
        "dtype, 103",
        "errors, 75",
    })
    void agreesWithPyTorch(String group, int atLeast) {
        Outcome outcome = run(group);
        assertThat(outcome.wrong()).isEmpty();
        assertThat(outcome.passed()).isGreaterThanOrEqualTo(atLeast);
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
            strings = {
                "torch.nothing(x)",
                "x.sum(dim=0, other=1)",
                "x << 1",
                "[y for y in x]",
                "torch.add(x, x, alpha=2)"
            })
    void doesNotPassWhatItDoesNotKnow(String code) {
        var example =
                new GoldenCase(Map.of("id", "runner", "code", "x = torch.ones(2)\ny = " + code, "vars", Map.of()));
        assertThatThrownBy(example::check).isInstanceOf(Unsupported.class);
    }

    static Outcome run(String group) {
        int passed = 0;
        Map<String, Integer> unsupported = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> json :
                Json.lines(GoldenTest.class, "/adjoint/conformance/cases/" + group + ".jsonl.gz")) {
            var example = new GoldenCase(json);
            try {
                example.check();
                passed++;
                if (DELIBERATE.containsKey(example.id())) {
                    wrong.add(example + "   agrees, but is listed as a deliberate difference");
                }
            } catch (Unsupported e) {
                unsupported.merge(e.getMessage(), 1, Integer::sum);
            } catch (RuntimeException | StackOverflowError e) {
                if (!DELIBERATE.containsKey(example.id())) {
                    wrong.add(example + "   " + (e instanceof GoldenCase.Disagreement ? e.getMessage() : e));
                }
            }
        }
        return new Outcome(passed, unsupported, wrong);
    }
}
