package adjoint.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {
    private static Ticks linear(double low, double high) {
        return Ticks.of(new Scale(low, high, false), 9);
    }

    private static Ticks log(double low, double high) {
        return Ticks.of(new Scale(low, high, true), 9);
    }

    @Test
    void roundNumbersWithAsManyDecimalsAsTheyNeed() {
        assertThat(linear(-0.05, 1.05).labels()).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(linear(0, 10).labels()).containsExactly("0", "2", "4", "6", "8", "10");
        assertThat(linear(-3.4, 3.4).labels()).containsExactly("−3", "−2", "−1", "0", "1", "2", "3");
        assertThat(linear(0, 2).labels())
                .containsExactly("0.00", "0.25", "0.50", "0.75", "1.00", "1.25", "1.50", "1.75", "2.00");
    }

    @Test
    void valuesAreTheNumbersThatLabelsSay() {
        assertThat(linear(0, 0.9).major()).containsExactly(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
    }

    @Test
    void reversedAxisHasTheSameTicks() {
        assertThat(linear(10, 0).major()).containsExactly(linear(0, 10).major());
    }

    @Test
    void largeAndSmallNumbersShareAPowerOfTen() {
        Ticks large = linear(0, 3e7);
        assertThat(large.common()).isEqualTo("×10⁷");
        assertThat(large.labels()).contains("0.0", "1.0", "3.0");
        Ticks small = linear(-1e-7, 5e-7);
        assertThat(small.common()).isEqualTo("×10⁻⁷");
        assertThat(small.labels()).contains("−1", "0", "5");
    }

    @Test
    void aCommonOffsetIsSplitOff() {
        Ticks ticks = linear(1_000_000.001, 1_000_000.004);
        assertThat(ticks.common()).isEqualTo("+1000000");
        assertThat(ticks.labels()).contains("0.0010", "0.0040");
        assertThat(linear(-20_500.2, -20_500.1).common()).isEqualTo("−20500");
        assertThat(linear(1990, 2026).common()).isEmpty();
        assertThat(linear(0.95, 1.05).common()).isEmpty();
    }

    @Test
    void powersOfTenOnALogarithmicAxis() {
        Ticks ticks = log(2e-4, 2);
        assertThat(ticks.labels()).containsExactly("10⁻³", "10⁻²", "10⁻¹", "10⁰");
        assertThat(ticks.major()).containsExactly(1e-3, 1e-2, 1e-1, 1);
        assertThat(ticks.minor()).contains(2e-4, 9e-4, 0.5, 2).doesNotContain(1e-4, 3);
    }

    @Test
    void manyDecadesAreThinnedOut() {
        Ticks ticks = log(1e-30, 1e30);
        assertThat(ticks.major().length).isBetween(4, 10);
        assertThat(ticks.labels()).contains("10⁰");
        assertThat(ticks.minor()).hasSizeGreaterThan(20);
    }

    @Test
    void withinADecadeMultiplesAreLabelled() {
        assertThat(log(2, 50).labels())
                .containsExactly("2×10⁰", "3×10⁰", "4×10⁰", "6×10⁰", "10¹", "2×10¹", "3×10¹", "4×10¹");
        assertThat(log(0.5, 0.9).labels()).contains("0.5", "0.6", "0.9");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, false",
        "-1e308, 1.7e308, false",
        "1e-320, 3e-320, false",
        "5e-324, 1e-323, false",
        "1e15, 1.0000000001e15, false",
        "-1e-300, 1e-300, false",
        "0.1, 0.10000001, false",
        "1e-300, 1e300, true",
        "1e-308, 1e308, true",
        "1, 1.0001, true",
        "9, 11, true",
        "1e5, 1.5e5, true",
        "3e-7, 4e-7, true",
        "99, 101, false"
    })
    void anyRangeGetsAFewTicksInsideOfIt(double low, double high, boolean log) {
        var scale = new Scale(low, high, log);
        for (int most = 1; most <= 9; most++) {
            Ticks ticks = Ticks.of(scale, most);
            assertThat(ticks.major().length).as("at most %d", most).isBetween(0, 12);
            assertThat(ticks.labels()).hasSameSizeAs(ticks.major());
            for (double v : ticks.major()) {
                assertThat(scale.unit(v)).isBetween(-1e-6, 1 + 1e-6);
            }
            assertThat(ticks.labels())
                    .noneMatch(text -> text.contains("E") || text.contains("NaN") || text.contains("-"));
        }
        assertThat(Ticks.of(scale, 9).major().length).isGreaterThanOrEqualTo(2);
    }

    @Test
    void numbersAlone() {
        assertThat(Ticks.number(0)).isEqualTo("0");
        assertThat(Ticks.number(-1500)).isEqualTo("−1500");
        assertThat(Ticks.number(1.5e-7)).isEqualTo("1.5×10⁻⁷");
        assertThat(Ticks.superscript(-120)).isEqualTo("⁻¹²⁰");
    }
}
