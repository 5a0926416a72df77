package adjoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
    @Test
    void fivePercentOnEitherSide() {
        Scale scale = Scale.fit(0, 10, false);
        assertThat(scale.low()).isEqualTo(-0.5, within(1e-12));
        assertThat(scale.high()).isEqualTo(10.5, within(1e-12));
        Scale log = Scale.fit(1, 100, true);
        assertThat(Math.log10(log.low())).isEqualTo(-0.1, within(1e-9));
        assertThat(Math.log10(log.high())).isEqualTo(2.1, within(1e-9));
    }

    @Test
    void barsStandOnTheAxis() {
        assertThat(Scale.fitBars(0, 10).low()).isZero();
        assertThat(Scale.fitBars(3, 10).low()).isZero();
        assertThat(Scale.fitBars(-3, 10).low()).isLessThan(-3);
    }

    @Test
    void nothingToShow() {
        double none = Double.POSITIVE_INFINITY;
        assertThat(Scale.fit(none, -none, false)).isEqualTo(new Scale(0, 1, false));
        assertThat(Scale.fit(none, -none, true)).isEqualTo(new Scale(1, 10, true));
    }

    @ParameterizedTest
    @CsvSource({"0", "5", "-3", "1e300", "1.7976931348623157e308", "-1e-300", "4.9e-324", "1e-310"})
    void aConstantLiesInTheMiddle(double v) {
        Scale scale = Scale.fit(v, v, false);
        assertThat(scale.low()).isFinite().isLessThan(scale.high());
        assertThat(scale.high()).isFinite();
        assertThat(scale.unit(v)).isBetween(0.3, 1.0);
        if (v > 0) {
            Scale log = Scale.fit(v, v, true);
            assertThat(log.low()).isPositive().isLessThan(log.high());
            assertThat(log.high()).isFinite();
        }
    }

    @Test
    void wholeRangeOfDoubles() {
        Scale scale = Scale.fit(-Double.MAX_VALUE, Double.MAX_VALUE, false);
        assertThat(scale.unit(0)).isEqualTo(0.5, within(1e-12));
        assertThat(scale.unit(-Double.MAX_VALUE)).isBetween(0.0, 0.05);
        assertThat(scale.unit(Double.MAX_VALUE)).isBetween(0.95, 1.0);
    }

    @Test
    void whatCannotBeDrawnIsAGap() {
        var linear = new Scale(0, 1, false);
        assertThat(linear.unit(Double.NaN)).isNaN();
        assertThat(linear.unit(Double.POSITIVE_INFINITY)).isNaN();
        assertThat(linear.unit(-1)).isEqualTo(-1);
        var log = new Scale(1, 100, true);
        assertThat(log.unit(0)).isNaN();
        assertThat(log.unit(-5)).isNaN();
        assertThat(log.unit(10)).isEqualTo(0.5);
    }

    @Test
    void farAwayPointsStayInReachOfTheRasteriser() {
        assertThat(new Scale(0, 1e-200, false).unit(1e200)).isEqualTo(1000);
        assertThat(new Scale(1, 0, false).unit(0.25)).isEqualTo(0.75);
    }
}
