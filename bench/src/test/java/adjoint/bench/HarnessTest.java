package adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.bench.work.Cost;
import adjoint.bench.work.Task;
import adjoint.types.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

class HarnessTest {
    private static Task making(int bytes, int[] calls) {
        return new Task() {
            @Override
            public Object run() {
                calls[0]++;
                return new byte[bytes];
            }

            @Override
            public List<double[]> numbers() {
                return List.of();
            }
        };
    }

    @Test
    void samplesAreTakenByTurnsAndForEachCall() {
        int[] some = {0};
        int[] more = {0};
        var times = new Harness(Plan.QUICK).byTurns(making(1000, some), making(100_000, more));
        assertThat(times).hasSize(2);
        for (var one : times) {
            assertThat(one.seconds()).hasSize(Plan.QUICK.samples);
            for (double seconds : one.seconds()) {
                assertThat(seconds).isBetween(1e-10, 1e-2);
            }
        }
        assertThat(times[0].bytes()).isBetween(1000.0, 1100.0);
        assertThat(times[1].bytes()).isBetween(100_000.0, 100_100.0);
        // What is quick is called more often, so that a sample lasts.
        assertThat(some[0]).isGreaterThan(more[0]);
        assertThat(more[0]).isPositive();
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
        assertThat(Report.section(List.of(
                        Result.time("step", new Spread(1), null).withGoal(2).withNote("of ten"))))
                .hasSize(5)
                .element(2)
                .asString()
                .contains("step", "≤ 2.00 s ✓");
    }

    @Test
    void roofIsTheLowerOfTwo() {
        var roof = new Roof(100e9, 50e9, new double[] {1e4, 1e6}, new double[] {200e9, 20e9});
        assertThat(roof.seconds(new Cost(1e9, 1e4, DType.F32))).isEqualTo(0.01);
        assertThat(roof.seconds(new Cost(1e9, 1e4, DType.F64))).isEqualTo(0.02);
        assertThat(roof.seconds(new Cost(1, 1e9, DType.F32))).isEqualTo(0.05);
        // Halfway between two levels of the memory, by the logarithm of the size.
        assertThat(roof.seconds(new Cost(1, 1e5, DType.F32))).isEqualTo(1e5 / 110e9);
    }
}
