package adjoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.tensor.Tensor;
import adjoint.types.DataException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(words);
    }

    @Test
    void numbersOfAnyKind() {
        double[] expected = {1, 2, 3};
        assertThat(Values.of("line", "y", new double[] {1, 2, 3})).containsExactly(expected);
        assertThat(Values.of("line", "y", new float[] {1, 2, 3})).containsExactly(expected);
        assertThat(Values.of("line", "y", new int[] {1, 2, 3})).containsExactly(expected);
        assertThat(Values.of("line", "y", new long[] {1, 2, 3})).containsExactly(expected);
        assertThat(Values.of("line", "y", List.of(1, 2.0, 3f))).containsExactly(expected);
    }

    @Test
    void tensors() {
        assertThat(Values.of("line", "y", Tensor.arange(3.0))).containsExactly(0, 1, 2);
        assertThat(Values.of("line", "y", Tensor.arange(3.0).reshape(3, 1))).containsExactly(0, 1, 2);
        assertThat(Values.of("line", "y", Tensor.arange(3.0).requiresGrad(true)))
                .containsExactly(0, 1, 2);
        assertThatThrownBy(() -> Plot.line(Tensor.zeros(2, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll("line: y", "[2, 3]", "reshape(-1)");
    }

    @Test
    void numbersAreCopied() {
        double[] y = {1, 2};
        Axes axes = Plot.line(y);
        y[0] = 99;
        assertThat(axes.series.getFirst().y).containsExactly(1, 2);
    }

    @Test
    void noNumbers() {
        refused(() -> Plot.line("abc"), "line: y", "java.lang.String", "double[]");
        refused(() -> Plot.line(null), "line: y is null");
        refused(() -> Plot.scatter(new double[2], new boolean[2]), "scatter: y", "boolean[]");
        refused(() -> Plot.line(Arrays.asList(1, null)), "element 1 of y is null");
        refused(() -> Plot.line(List.of("1")), "element 0 of y is a java.lang.String");
    }

    @Test
    void lengthsThatDoNotFit() {
        assertThatThrownBy(() -> Plot.line(new double[3], new float[4]))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll("line", "3", "4", "one x for each y");
    }

    @Test
    void nothingIsAddedByARefusedCall() {
        Axes axes = Plot.axes();
        assertThatThrownBy(() -> axes.scatter(new double[3], new double[4])).isInstanceOf(ShapeException.class);
        refused(() -> axes.hLine(Double.NaN), "hLine");
        assertThat(axes.series).isEmpty();
    }

    @Test
    void looksNeedSomethingDrawn() {
        refused(() -> Plot.axes().label("a"), "label", "nothing has been drawn");
        refused(() -> Plot.axes().dashed(), "dashed");
    }

    @Test
    void looksOutOfRange() {
        Axes axes = Plot.line(new double[] {1});
        refused(() -> axes.color("mauve"), "color(\"mauve\")", "#rrggbb", "orange");
        refused(() -> axes.width(0), "width(0.0)");
        refused(() -> axes.size(Double.NaN), "size(NaN)");
        refused(() -> axes.opacity(1.5), "opacity(1.5)");
        assertThat(axes.color("C1").series.getLast().color).isEqualTo(0xff7f0e);
        assertThat(axes.color("#0a0B0c").series.getLast().color).isEqualTo(0x0a0b0c);
        assertThat(axes.color("tab:red").series.getLast().color).isEqualTo(0xd62728);
    }

    @Test
    void limits() {
        refused(() -> Plot.axes().xLimits(1, 1), "xLimits(1.0, 1.0)");
        refused(() -> Plot.axes().yLimits(0, Double.NaN), "yLimits");
        refused(() -> Plot.axes().logY().yLimits(0, 1), "logarithmic", "positive");
        refused(() -> Plot.axes().yLimits(0, 1).logY(), "logY after yLimits");
    }

    @Test
    void functionsAndHistograms() {
        refused(() -> Plot.function(Math::sin, 1, 0), "function");
        refused(() -> Plot.histogram(new double[] {1}, 0), "0 bins");
        double[] values = {0, 0.1, 0.9, 1, 1, Double.NaN, Double.POSITIVE_INFINITY};
        Series bars = Plot.histogram(values, 2).series.getFirst();
        assertThat(bars.x).containsExactly(0, 0.5, 1);
        assertThat(bars.y).containsExactly(2, 3);
        assertThat(Plot.histogram(new double[] {7, 7}, 3).series.getFirst().y).containsExactly(0, 2, 0);
        assertThat(Plot.histogram(new double[0], 3).series.getFirst().y).containsExactly(0, 0, 0);
    }

    @Test
    void figures() {
        refused(() -> Figure.grid(0, 1), "grid(0, 1)");
        refused(() -> Figure.grid(100_000, 100_000), "at most 400");
        refused(() -> Figure.grid(1, 1).size(10, 10), "size(10, 10)");
        refused(() -> Figure.grid(1, 1).scale(0), "scale(0.0)");
        refused(() -> Figure.grid(1, 1).size(20_000, 20_000).toPng(), "too many");
        assertThatThrownBy(() -> Figure.grid(2, 3).at(2, 0))
                .isInstanceOf(IndexException.class)
                .hasMessageContainingAll("at(2, 0)", "2 × 3", "0 to 1");
    }

    @Test
    void defaultColoursGoRoundAndReferencesTakeNone() {
        Axes axes = Plot.axes();
        for (int i = 0; i < 11; i++) {
            axes.line(new double[] {i}).hLine(i);
        }
        assertThat(axes.series.get(2).color).isEqualTo(0xff7f0e);
        assertThat(axes.series.get(20).color).isEqualTo(axes.series.get(0).color);
    }
}
