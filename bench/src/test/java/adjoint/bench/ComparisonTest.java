package adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.bench.work.Case;
import adjoint.bench.work.Works;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final Roof ROOF = new Roof(100e9, 50e9, new double[] {1e4, 1e8}, new double[] {100e9, 100e9});

    @TempDir
    Path folder;

    private static Row row(String name, double target, double seconds) {
        var row = new Row(new Case(Works.named(name), target));
        row.add(
                "libtorch",
                new Measured(name, new double[] {1e-3, 2e-3, 3e-3}, new double[] {seconds}, 64, 1e-7, true, ""));
        return row;
    }

    private final Comparison comparison = new Comparison(List.of("libtorch"), ROOF, 2);

    @Test
    void rowsSayWhetherTargetsAreMet() {
        Row met = row("add-1e6", 1.5, 3e-3);
        assertThat(met.isMet()).isTrue();
        assertThat(comparison.cells(met))
                .containsExactly(
                        "add-1e6",
                        "2.00 ms (1.50 ms – 2.50 ms)",
                        "3.00 ms (3.00 ms – 3.00 ms)",
                        "1.50",
                        "≥ 1.5 ✓",
                        "6.0 %",
                        "64");
        Row missed = row("add-1e6", 2, 3e-3);
        assertThat(comparison.cells(missed)).contains("≥ 2 ✗");
        assertThat(Comparison.remarks(List.of(met, missed))).containsExactly("Targets met: 1 of 2.");
        Row free = row("add-1e6", Double.NaN, 3e-3);
        assertThat(free.isJudged()).isFalse();
        assertThat(comparison.cells(free)).contains("");
    }

    @Test
    void whatWentWrongIsSaid() {
        var row = new Row(new Case(Works.named("conv-backward"), 1));
        row.add("libtorch", Measured.failed("conv-backward", "results differ"));
        assertThat(row.isRefused()).isTrue();
        assertThat(row.isUntouched()).isFalse();
        assertThat(row.isMeasured()).isFalse();
        assertThat(comparison.cells(row)).containsExactly("conv-backward", "–", "–", "–", "≥ 1", "–", "–");
        assertThat(Comparison.remarks(List.of(row))).containsExactly("- conv-backward: with libtorch: results differ");
        assertThat(comparison.json(List.of(row))).isEqualTo("{\"cases\":[\n\n]}\n");
    }

    @Test
    void jsonHoldsMedians() {
        assertThat(comparison.json(List.of(row("exp-1e6", 1, 3e-3)))).isEqualTo("""
                        {"cases":[
                        {"name":"exp-1e6","threads":2,"ours_ns":2000000.0,"peers":{"libtorch":{"ns":3000000.0,"ratio":1.5000}}}
                        ]}
                        """);
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
    void pictureIsDrawn() throws Exception {
        Path file = folder.resolve("ratios.png");
        RatioChart.save(List.of(row("exp-1e6", 1, 3e-3), row("sum-1e6", 1, 1e-4)), List.of("libtorch"), 1, file);
        assertThat(Files.readAllBytes(file)).startsWith((byte) 0x89, 'P', 'N', 'G');
    }
}
