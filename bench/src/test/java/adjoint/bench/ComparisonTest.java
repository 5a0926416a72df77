package adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.bench.work.Case;
import adjoint.bench.work.Works;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final Roof ROOF = new Roof(100e9, 50e9, new double[] {1e4, 1e8}, new double[] {100e9, 100e9});

    @TempDir
    Path folder;

    private final Comparison comparison = new Comparison(List.of("libtorch"), Map.of(2, ROOF), true);

    private static Measured measured(String name, double seconds) {
        return new Measured(name, new double[] {1e-3, 2e-3, 3e-3}, new double[] {seconds}, 64, 1e-7, true, "");
    }

    private static Row row(String name, double target, double seconds) {
        var row = new Row(new Case(Works.named(name), target), 2);
        row.add("libtorch", measured(name, seconds));
        return row;
    }

    @Test
    void rowsSayWhetherTargetsAreMet() {
        Row met = row("add-1e6", 1.5, 3e-3);
        met.addScalar(Measured.failed("add-1e6", "no time"));
        assertThat(met.isMet()).isTrue();
        assertThat(comparison.cells(met))
                .containsExactly(
                        "add-1e6",
                        "2",
                        "2.00 ms (1.50 ms – 2.50 ms)",
                        "3.00 ms (3.00 ms – 3.00 ms)",
                        "1.50",
                        "≥ 1.5",
                        "yes",
                        "120 µs",
                        "6.0 %",
                        "–");
        Row missed = row("add-1e6", 2, 3e-3);
        assertThat(comparison.cells(missed)).contains("≥ 2", "no");
        assertThat(comparison.missed(List.of(met, missed)).lines())
                .hasSize(3)
                .element(2)
                .isEqualTo("| add-1e6 | 2       | ≥ 2    | 1.50     | 2.00 ms | 120 µs | 6.0 %    |");
        assertThat(Comparison.score(List.of(met, missed), 2)).isEqualTo("Targets met with 2 threads: 1 of 2.");
        assertThat(Comparison.score(List.of(met, missed), 1)).isEmpty();
        Row free = row("add-1e6", Double.NaN, 3e-3);
        assertThat(free.isJudged()).isFalse();
        assertThat(comparison.cells(free)).contains("");
    }

    @Test
    void timesMayBePromised() {
        var one = new Case(Works.named("small-add-8-no-grad"), Double.NaN, 40e-9);
        var row = new Row(one, 2);
        assertThat(row.isJudged()).isFalse();
        row.add(Worker.ALONE, new Measured(one.name(), new double[] {41e-9}, new double[0], 64, Double.NaN, true, ""));
        assertThat(row.isJudged()).isTrue();
        assertThat(row.isMet()).isFalse();
        assertThat(comparison.cells(row)).contains("≤ 40 ns", "no");
        assertThat(comparison.json(List.of(row))).contains("\"peers\":{},", "\"target_ns\":40,\"met\":false}");
    }

    @Test
    void ratesArePartsOfThePeak() {
        assertThat(comparison.rates(List.of(row("add-1e6", 1, 3e-3))).lines())
                .element(2)
                .asString()
                .contains("0.50 GFLOP/s | 0.5 %", "6.00 GB/s | 6.0 %", "64");
    }

    @Test
    void scalarTimesStandBesideTheOthers() {
        Row row = row("exp-1e6", 1, 3e-3);
        assertThat(Comparison.scalars(List.of(row)).isEmpty()).isTrue();
        row.addScalar(measured("exp-1e6", 0));
        assertThat(Comparison.scalars(List.of(row)).lines())
                .element(2)
                .asString()
                .contains("exp-1e6", "2.00 ms", "× 1.00");
    }

    @Test
    void whatWentWrongIsSaid() {
        var row = new Row(new Case(Works.named("conv-backward"), 1), 2);
        row.add("libtorch", Measured.failed("conv-backward", "results differ"));
        assertThat(row.isRefused()).isTrue();
        assertThat(row.isUntouched()).isFalse();
        assertThat(row.isMeasured()).isFalse();
        assertThat(comparison.cells(row))
                .containsExactly("conv-backward", "2", "–", "–", "–", "≥ 1", "", "27.7 ms", "–", "–");
        assertThat(Comparison.remarks(List.of(row)))
                .containsExactly("- conv-backward (2): with libtorch: results differ");
        assertThat(comparison.json(List.of(row))).isEqualTo("{\"cases\":[\n\n]}\n");
    }

    @Test
    void jsonHoldsMedians() {
        assertThat(comparison.json(List.of(row("exp-1e6", 1, 3e-3))))
                .startsWith("{\"cases\":[\n{\"name\":\"exp-1e6\",\"threads\":2,\"ours_ns\":2000000.0,"
                        + "\"peers\":{\"libtorch\":{\"ns\":3000000.0,\"ratio\":1.5000}},\"limit_ns\":150000.0,"
                        + "\"target_ratio\":1,\"met\":true}\n]}");
    }

    @Test
    void linesOfWorkersAreReadBack() {
        var measured = new Measured("a", new double[] {1e-9, 0.25}, new double[0], Double.NaN, 1e-7, false, "so\n so");
        Measured read = Measured.parse(measured.line());
        assertThat(read.ours()).containsExactly(1e-9, 0.25);
        assertThat(read.theirs()).isEmpty();
        assertThat(read.bytes()).isNaN();
        assertThat(read.settled()).isFalse();
        assertThat(read.problem()).isEqualTo("so so");
        assertThat(Measured.parse("a library says hello")).isNull();
    }

    @Test
    void pageTellsWhatIsMissing() {
        Settings settings = Settings.of("exp-1e6", "--threads", "2", "--without-vectors");
        var page = new Page(settings, comparison, Map.of(2, ROOF));
        List<Row> rows = List.of(row("exp-1e6", 2, 3e-3));
        assertThat(page.text(rows, Map.of("libtorch", "2.10"), List.of(), 3))
                .contains("Cut off: 3 measurements are missing.", "libtorch: 2.10", "Missed:", "## Times, 2 threads")
                .doesNotContain("## Without the vector module");
        assertThat(page.text(rows, Map.of(), List.of("", "## memory"), 0))
                .doesNotContain("Cut off")
                .endsWith("\n\n## memory\n");
    }

    @Test
    void pictureIsDrawn() throws Exception {
        Path file = folder.resolve("ratios.png");
        RatioChart.save(
                List.of(row("exp-1e6", 1, 3e-3), row("sum-1e6", 1, 1e-4)), List.of("libtorch"), List.of(2, 1), file);
        assertThat(Files.readAllBytes(file)).startsWith((byte) 0x89, 'P', 'N', 'G');
    }

    @Test
    void speedIsReachedWhereStepsStayShort() {
        double[] ends = new double[1000];
        for (int i = 0; i < ends.length; i++) {
            // One early step is fast by chance.
            ends[i] = (i == 0 ? 0 : ends[i - 1]) + (i < 100 && i != 20 ? 5 : 1);
        }
        assertThat(WarmUp.reached(ends)).isBetween(ends[94], ends[101]);
    }
}
