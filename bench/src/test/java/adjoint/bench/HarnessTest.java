package adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HarnessTest {
    private static final Plan TINY = new Plan(0.01, 0.1, 0.001, 5, 1, 100);

    @Test
    void harnessCountsTimeAndBytesForEachCall() {
        Result result = new Harness(TINY).measure("array", () -> new byte[1000]);
        assertThat(result.wall().count()).isEqualTo(5);
        assertThat(result.wall().min())
                .isPositive()
                .isLessThanOrEqualTo(result.wall().median());
        assertThat(result.bytes()).isBetween(1000.0, 1100.0);
        assertThat(Report.table(List.of(result.withGoal(1))))
                .hasSize(3)
                .last()
                .asString()
                .contains("array", "≤ 1.00 s ✓");
    }

    @Test
    void spreadInterpolatesBetweenNeighbours() {
        var spread = new Spread(4, 1, 3, 2);
        assertThat(spread.median()).isEqualTo(2.5);
        assertThat(spread.at(0.25)).isEqualTo(1.75);
        assertThat(spread.min()).isEqualTo(1);
        assertThat(spread.max()).isEqualTo(4);
    }

    @Test
    void timesHaveThreeDigits() {
        assertThat(Report.time(1.2345)).isEqualTo("1.23 s");
        assertThat(Report.time(0.0999)).isEqualTo("99.9 ms");
        assertThat(Report.time(123.4e-6)).isEqualTo("123 µs");
        assertThat(Report.time(3e-10)).isEqualTo("0.30 ns");
    }

    @Test
    void levelIsJudgedByItsSpread() {
        assertThat(Result.level("heap", new Spread(100, 102), "bytes", 0.01).judged())
                .isGreaterThan(0.01);
        assertThat(Result.level("zero", new Spread(0, 0), "threads", 0.01).judged())
                .isZero();
    }

    /** What is measured is the right thing: the measured step learns, and the chains differentiate. */
    @Test
    void benchmarksComputeWhatTheySay() {
        var lesson = new RegressionStep.Scratch();
        double first = lesson.step(0.03).mean().item();
        for (int i = 0; i < 500; i++) {
            lesson.step(0.03);
        }
        assertThat(lesson.step(0.03).mean().item()).isLessThan(first / 100);
        assertThat(ScalarGraph.byLeaf(true).item()).isEqualTo(1001);
        assertThat(ScalarGraph.byNumber(true).item()).isBetween(1.105, 1.106);
        assertThat(CrudeTape.chain(1000)).containsExactly(1001);
    }
}
