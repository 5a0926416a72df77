package adjoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adjoint.tensor.Tensor;
import adjoint.types.DataException;
import adjoint.types.ShapeException;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Arrows, areas, texts, contour lines; axes of equal units, and none. */
class DrawingTest {
    private static final int BLUE = 0x1f77b4;
    private static final int WHITE = 0xffffff;
    private static final int INK = 0x1a1a1a;

    private static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(words);
    }

    /** The unit square with nothing around it. */
    private static Axes bare() {
        return Plot.axes().xLimits(0, 1).yLimits(0, 1).noAxes();
    }

    private static Rectangle where(Axes axes, int rgb) throws IOException {
        return PictureTest.where(PictureTest.image(axes), rgb);
    }

    @Test
    void anArrowGoesFromItsStartToItsTip() throws IOException {
        Rectangle square = where(bare().fill(new int[] {0, 1, 1, 0}, new int[] {0, 0, 1, 1}), BLUE);
        Rectangle arrow = where(bare().arrow(0.25, 0.5, 0.5, 0), BLUE);
        assertThat(arrow.x - square.x).isCloseTo(square.width / 4, within(3));
        assertThat(arrow.width).isCloseTo(square.width / 2, within(6));
        assertThat(arrow.getCenterY()).isCloseTo(square.getCenterY(), within(3.0));
        assertThat(arrow.height).as("its head").isBetween(8, 30);
        assertThat(where(bare().arrow(0.5, 0.5, 0, 0), BLUE)).as("no length").isNull();
    }

    @Test
    void manyArrowsHaveOneColour() throws IOException {
        double[] x = {0.2, 0.8};
        double[] up = {0.1, 0.1};
        Rectangle both = where(bare().arrows(x, x, new double[2], up), BLUE);
        assertThat(both.width).isGreaterThan(600);
        assertThatThrownBy(() -> Plot.axes().arrows(x, x, x, new double[3]))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll("arrows", "2, 2, 2 and 3");
        refused(() -> Plot.axes().arrow(0, 0, Double.NaN, 1), "arrow", "not finite");
    }

    @Test
    void anAreaIsFilledToItsCorners() throws IOException {
        BufferedImage image = PictureTest.image(bare().fill(new double[] {0, 1, 0}, new double[] {0, 0, 1}));
        Rectangle triangle = PictureTest.where(image, BLUE);
        int left = triangle.x + triangle.width / 4;
        int right = triangle.x + 3 * triangle.width / 4;
        int lower = triangle.y + 3 * triangle.height / 4 - 5;
        int upper = triangle.y + triangle.height / 4;
        assertThat(image.getRGB(left, lower) & 0xffffff).isEqualTo(BLUE);
        assertThat(image.getRGB(right, upper) & 0xffffff).isEqualTo(WHITE);
        assertThatThrownBy(() -> Plot.axes().fill(new double[2], new double[3])).isInstanceOf(ShapeException.class);
    }

    @Test
    void textsStandWhereTheyArePlaced() throws IOException {
        Rectangle middle = where(bare().text("HH", 0.5, 0.5), INK);
        Rectangle above = where(bare().text("HH", 0.5, 0.5, Placement.ABOVE), INK);
        Rectangle below = where(bare().text("HH", 0.5, 0.5, Placement.BELOW), INK);
        Rectangle left = where(bare().text("HH", 0.5, 0.5, Placement.LEFT), INK);
        Rectangle right = where(bare().text("HH", 0.5, 0.5, Placement.RIGHT), INK);
        assertThat(above.y + above.height).isLessThan((int) middle.getCenterY());
        assertThat(below.y).isGreaterThan((int) middle.getCenterY());
        assertThat(above.getCenterX()).isCloseTo(middle.getCenterX(), within(1.0));
        assertThat(left.x + left.width).isLessThan((int) middle.getCenterX());
        assertThat(right.x).isGreaterThan((int) middle.getCenterX());
        Rectangle large = where(bare().text("HH\nHH", 0.5, 0.5).size(20), INK);
        assertThat(large.width).isCloseTo(2 * middle.width, within(6));
        assertThat(large.getCenterY()).as("two lines").isCloseTo(middle.getCenterY(), within(4.0));
        assertThat(where(bare().text("HH", 0.5, 0.5).color("blue"), BLUE)).isNotNull();
        assertThat(where(bare().text("HH", 2, 0.5), INK)).as("outside").isNull();
    }

    @Test
    void textsTakeNoColourOfTheCycleAndNoLegend() {
        Axes axes = Plot.axes().text("a", 0, 0).line(new double[] {1});
        assertThat(axes.series.getLast().color).isEqualTo(BLUE);
        refused(() -> Plot.axes().text("a", 0, 0).label("b"), "label", "legend");
        refused(() -> Plot.axes().text("a", Double.NaN, 0), "text");
    }

    private static Tensor cone(Tensor x, Tensor y) {
        var grid = Tensor.meshgrid(y, x);
        return grid.get(0).square().add(grid.get(1).square()).sqrt();
    }

    @Test
    void contoursOfACone() {
        Tensor x = Tensor.arange(-2, 2.01, 0.1);
        Tensor y = Tensor.arange(-1, 3.01, 0.1);
        var contours = Contours.of(x.toDoubles(), y.toDoubles(), cone(x, y));
        Contours.Line circle = contours.at(0.77);
        int n = circle.x().length;
        assertThat(n).isGreaterThan(40);
        for (int i = 0; i < n; i++) {
            assertThat(Math.hypot(circle.x()[i], circle.y()[i])).isCloseTo(0.77, within(2e-3));
        }
        assertThat(circle.x()[n - 1]).as("closed").isEqualTo(circle.x()[0]);
        assertThat(contours.at(9).x()).isEmpty();
        Contours.Line open = contours.at(1.5);
        assertThat(Arrays.stream(open.x()).filter(Double::isNaN).count())
                .as("one arc")
                .isZero();
        assertThat(open.y()[0]).isEqualTo(-1, within(1e-6));
        assertThat(open.y()[open.y().length - 1]).isEqualTo(-1, within(1e-6));
    }

    @Test
    void contoursAtASaddleAndBesideGaps() {
        double[] two = {0, 1};
        Contours.Line saddle = Contours.of(two, two, Tensor.of(new double[][] {{1, 0}, {0, 1}}))
                .at(0.6);
        assertThat(Arrays.stream(saddle.x()).filter(Double::isNaN).count())
                .as("two lines, each around a high corner")
                .isEqualTo(1);
        assertThat(Math.abs(saddle.x()[0] - saddle.x()[1])).isEqualTo(0.4, within(1e-6));
        double[][] gap = {{0, 1, 0}, {0, 1, Double.NaN}};
        Contours.Line beside =
                Contours.of(new double[] {0, 1, 2}, two, Tensor.of(gap)).at(0.5);
        assertThat(beside.x()).containsExactly(0.5, 0.5);
    }

    @Test
    void contoursChooseRoundLevels() {
        Tensor x = Tensor.arange(0, 1.01, 0.25);
        Axes axes = Plot.axes().contour(x, x, cone(x, x));
        assertThat(axes.series).hasSizeBetween(5, 11);
        assertThat(axes.color("red").series).allMatch(s -> s.color == 0xd62728);
        Axes three = Plot.axes().contour(x, x, cone(x, x), 0.2, 0.4, 0.6);
        assertThat(three.series).hasSize(3).extracting(s -> s.color).doesNotHaveDuplicates();
        assertThat(Plot.axes().contour(x, x, Tensor.ones(5, 5)).figure().toPng())
                .isNotEmpty();
        assertThatThrownBy(() -> Plot.axes().contour(x, x, Tensor.ones(4, 5)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll("[4, 5]", "[5, 5]");
        refused(() -> Plot.axes().contour(x, x, Tensor.ones(5, 5), Double.NaN), "contour");
    }

    @Test
    void looksSpeakOfTheLastCallOnly() {
        Tensor x = Tensor.arange(0, 1.01, 0.25);
        Axes axes = Plot.axes().line(new double[] {1}).contour(x, x, cone(x, x)).hLine(1);
        axes.color("red");
        assertThat(axes.series.stream().filter(s -> s.color == 0xd62728)).hasSize(1);
        assertThat(axes.series.getFirst().color).isEqualTo(BLUE);
    }

    @Test
    void equalAxesMakeSquaresOfSquares() throws IOException {
        for (double height : new double[] {1, 0.2, 5}) {
            Axes axes = Plot.axes()
                    .fill(new double[] {0, 1, 1, 0}, new double[] {0, 0, 1, 1})
                    .xLimits(-1, 2)
                    .yLimits(-height, 1 + height)
                    .equalAxes();
            Rectangle square = where(axes, BLUE);
            assertThat(square.width).isCloseTo(square.height, within(4));
        }
        refused(() -> Plot.axes().logX().equalAxes(), "equalAxes", "logarithmic");
        refused(() -> Plot.axes().equalAxes().logY(), "logY", "logarithmic");
    }

    @Test
    void noAxesLeaveNothing() throws IOException {
        Axes axes = Plot.axes().xLabel("x").yLabel("y").noAxes();
        assertThat(where(axes, INK)).isNull();
        assertThat(where(axes, 0xe6e6e6)).isNull();
        assertThat(where(axes.title("T"), INK)).as("but the title").isNotNull();
    }

    @Test
    void vectorFilesHaveThemToo() {
        Axes axes = bare().text("a", 0.5, 0.5).arrow(0, 0, 1, 1).fill(new int[] {0, 1, 1}, new int[] {0, 0, 1});
        assertThat(axes.figure().toSvg()).contains("<svg").doesNotContain("NaN", "<text");
        assertThat(axes.figure().copy().toPng()).isEqualTo(axes.figure().toPng());
    }
}
