package adjoint.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PyTorch 2.13's values, types, gradients and gradients of gradients, group by group. A case that needs something that
 * does not exist yet is passed over; so that this hides nothing, a number of each group's cases must pass. Raise it
 * when operations are added.
 */
class GoldenTest {
    /** Cases where this library differs on purpose, and why. One that agrees after all fails the test. */
    private static final Map<String, String> DELIBERATE = Map.of(
            "shape/strides/x[::2]", "the stride of a dimension of size 1 is never used; the row-major one is given");

    /**
     * What became of a group's cases.
     *
     * @param unsupported how many cases each missing thing holds up
     */
    record Outcome(int passed, Map<String, Integer> unsupported, List<String> wrong) {}

    @ParameterizedTest
    @CsvSource({
        "binary, 219",
        "unary, 128",
        "reduce, 315",
        "shape, 108",
        "matmul, 42",
        "index, 86",
        "graph, 28",
        "dtype, 89",
        "errors, 61",
    })
    void agreesWithPyTorch(String group, int atLeast) {
        Outcome outcome = run(group);
        assertThat(outcome.wrong()).isEmpty();
        assertThat(outcome.passed()).isGreaterThanOrEqualTo(atLeast);
    }

    static Outcome run(String group) {
        int passed = 0;
        Map<String, Integer> unsupported = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> json : Json.lines(GoldenTest.class, "/golden/" + group + ".jsonl.gz")) {
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
