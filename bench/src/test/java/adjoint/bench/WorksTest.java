package adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.bench.work.Case;
import adjoint.bench.work.RegressionStep;
import adjoint.bench.work.Task;
import adjoint.bench.work.Work;
import adjoint.bench.work.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorksTest {
    /** Of what is larger the peers tell whether it is right. */
    private static final double SMALL = 5e6;

    @Test
    void namesAreUniqueAndEasyToType() {
        List<String> names = Works.all().stream().map(Case::name).toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]+"));
        for (Case c : Works.all()) {
            assertThat(Works.named(c.name())).isEqualTo(c.work());
        }
    }

    @Test
    void smallWorkGivesFiniteNumbersAgainAndAgain() {
        for (Case c : Works.all()) {
            Work work = c.work();
            if (work.cost().flops() > SMALL || c.name().startsWith("lstm")) {
                continue;
            }
            try (Task task = work.ours(work.inputs())) {
                assertThat(task.run()).as(c.name()).isNotNull();
                List<double[]> numbers = task.numbers();
                assertThat(numbers).as(c.name()).isNotEmpty();
                for (double[] one : numbers) {
                    assertThat(one).as(c.name()).isNotEmpty();
                    for (double number : one) {
                        assertThat(number).as(c.name()).isFinite();
                    }
                }
            }
        }
    }

    @Test
    void peersAgreeOrAreRefused() {
        var peer = new CrudePeer();
        for (String name : List.of("regression-scratch", "scalars-leaf-backward")) {
            Work work = Works.named(name);
            Task theirs = peer.prepare(work, work.inputs());
            double difference = Agreement.difference(work.ours(work.inputs()).numbers(), theirs.numbers());
            assertThat(difference).as(name).isLessThan(work.tolerance());
        }
        Work work = Works.named("regression-scratch");
        Task two = peer.prepare(work, work.inputs());
        two.run();
        assertThat(Agreement.difference(work.ours(work.inputs()).numbers(), two.numbers()))
                .as("the second step beside the first")
                .isGreaterThan(work.tolerance());
        assertThat(peer.prepare(new RegressionStep(RegressionStep.Style.LAYERS), work.inputs()))
                .isNull();
    }

    @Test
    void differencesArePartsOfTheLargestNumber() {
        assertThat(Agreement.difference(List.of(new double[] {1, 100}), List.of(new double[] {2, 100})))
                .isEqualTo(0.01);
        assertThat(Agreement.difference(List.of(new double[] {0}), List.of(new double[] {0})))
                .isZero();
        assertThat(Agreement.difference(List.of(new double[] {1, Double.NaN}), List.of(new double[] {1, 1})))
                .isNaN();
        assertThat(Agreement.difference(List.of(new double[1]), List.of(new double[2])))
                .isInfinite();
        assertThat(Agreement.difference(List.of(), List.of(new double[2]))).isInfinite();
    }

    @Test
    void readmeListsThem() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(String.join("\n", Main.list(Works.all())));
    }
}
