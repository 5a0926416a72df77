package adjoint.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PictureTest {
    private static final int BLUE = 0x1f77b4;
    private static final int ORANGE = 0xff7f0e;

    static BufferedImage image(Axes axes) throws IOException {
        return image(axes.figure());
    }

    private static BufferedImage image(Figure figure) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(figure.toPng()));
    }

    /** The smallest rectangle around all pixels of exactly that colour; null if there are none. */
    static Rectangle where(BufferedImage image, int rgb) {
        int width = image.getWidth();
        int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        int left = width;
        int right = -1;
        int top = -1;
        int bottom = -1;
        for (int i = 0; i < pixels.length; i++) {
            if ((pixels[i] & 0xffffff) == rgb) {
                left = Math.min(left, i % width);
                right = Math.max(right, i % width);
                top = top < 0 ? i / width : top;
                bottom = i / width;
            }
        }
        return right < 0 ? null : new Rectangle(left, top, right - left + 1, bottom - top + 1);
    }

    private static Axes falling() {
        return Plot.line(new double[] {3, 2, 1});
    }

    @Test
    void sizeAndScale() throws IOException {
        assertThat(image(falling()))
                .extracting(BufferedImage::getWidth, BufferedImage::getHeight)
                .containsExactly(1280, 960);
        BufferedImage small = image(falling().figure().size(300, 200).scale(1.5));
        assertThat(small.getWidth()).isEqualTo(450);
        assertThat(small.getHeight()).isEqualTo(300);
        assertThat(small.getRGB(0, 0)).isEqualTo(0xffffffff);
    }

    @Test
    void aLineGoesWhereItsNumbersSay() throws IOException {
        BufferedImage image =
                image(Plot.line(new double[] {0, 1}).xLimits(0, 1).yLimits(0, 1).noGrid());
        Rectangle frame = where(image, 0x1a1a1a);
        // From the lower left to the upper right corner: the middle of the frame is on the line.
        Rectangle line = where(image, BLUE);
        assertThat(line.getCenterX()).isBetween(frame.getCenterX(), frame.getCenterX() + 40);
        assertThat(image.getRGB((int) line.getCenterX(), (int) line.getCenterY()) & 0xffffff)
                .isEqualTo(BLUE);
        int quarterX = (int) (line.x + 0.25 * line.width);
        assertThat(image.getRGB(quarterX, (int) (line.y + 0.75 * line.height)) & 0xffffff)
                .isEqualTo(BLUE);
        assertThat(image.getRGB(quarterX, (int) (line.y + 0.25 * line.height)) & 0xffffff)
                .isEqualTo(0xffffff);
    }

    @Test
    void gapsAreLeftEmpty() throws IOException {
        double[] y = {1, 1, Double.NaN, 1, 1};
        BufferedImage image = image(Plot.line(y).noGrid());
        Rectangle line = where(image, BLUE);
        assertThat(image.getRGB((int) line.getCenterX(), (int) line.getCenterY()) & 0xffffff)
                .isEqualTo(0xffffff);
        assertThat(image.getRGB(line.x + line.width / 8, (int) line.getCenterY()) & 0xffffff)
                .isEqualTo(BLUE);
    }

    @Test
    void titleAxisNamesAndOffsetsLeaveInk() throws IOException {
        Rectangle bare = where(image(falling()), 0x1a1a1a);
        Rectangle named = where(image(falling().title("T").xLabel("x").yLabel("y")), 0x1a1a1a);
        assertThat(named.y).as("the title needs room above").isLessThan(80);
        assertThat(bare).isNotEqualTo(named);
        BufferedImage with = image(falling().yLabel("loss"));
        assertThat(dark(with, new Rectangle(0, 380, 50, 200))).isGreaterThan(50);
        BufferedImage without = image(falling().noGrid());
        assertThat(dark(without, new Rectangle(0, 380, 20, 60))).isZero();
    }

    private static int dark(BufferedImage image, Rectangle area) {
        int n = 0;
        for (int y = area.y; y < area.y + area.height; y++) {
            for (int x = area.x; x < area.x + area.width; x++) {
                n += (image.getRGB(x, y) & 0xff) < 128 ? 1 : 0;
            }
        }
        return n;
    }

    @Test
    void theLegendAvoidsTheData() throws IOException {
        Axes falling = falling().label("a").noGrid();
        assertThat(legend(falling)).as("upper right is free").isGreaterThan(640);
        Axes rising = Plot.line(new double[] {1, 2, 3}).label("a").noGrid();
        assertThat(legend(rising)).as("upper left is free").isBetween(0, 300);
        assertThat(legend(rising.noLegend())).isEqualTo(-1);
        assertThat(legend(falling().noGrid())).as("nothing has a name").isEqualTo(-1);
    }

    /** Where the upper edge of the legend's frame begins, or -1. */
    private static int legend(Axes axes) throws IOException {
        BufferedImage image = image(axes);
        for (int y = 0; y < image.getHeight(); y++) {
            int run = 0;
            for (int x = 0; x < image.getWidth(); x++) {
                run = (image.getRGB(x, y) & 0xffffff) == 0xcccccc ? run + 1 : 0;
                if (run == 40) {
                    return x - run;
                }
            }
        }
        return -1;
    }

    @Test
    void eachSeriesHasItsColour() throws IOException {
        BufferedImage image =
                image(falling().line(new double[] {1, 2, 4}).dashed().hLine(2).vLine(1));
        assertThat(where(image, BLUE)).isNotNull();
        assertThat(where(image, ORANGE)).isNotNull();
        assertThat(where(image, 0x7f7f7f)).isNotNull();
    }

    @Test
    void subPlotsAreInLine() throws IOException {
        Figure figure = Figure.grid(2, 2);
        figure.at(0, 0).scatter(new double[] {1, 2}, new double[] {1e-3, 2e-3}).title("long labels");
        figure.at(1, 0).scatter(new double[] {1, 2}, new double[] {1, 2}).color("C1");
        figure.at(1, 1).histogram(new double[] {1, 2, 2}, 2).color("C2");
        BufferedImage image = image(figure);
        assertThat(where(image, ORANGE).x).isEqualTo(where(image, BLUE).x);
        assertThat(where(image, ORANGE).y).isGreaterThan(where(image, BLUE).y + 300);
        assertThat(where(image, 0x2ca02c).x).isGreaterThan(where(image, BLUE).x + 400);
    }

    @Test
    void barsStandOnTheirAxis() throws IOException {
        BufferedImage image = image(Plot.histogram(new double[] {0, 1, 1, 1}, 2).noGrid());
        Rectangle bars = where(image, BLUE);
        int left = bars.x + bars.width / 4;
        int right = bars.x + 3 * bars.width / 4;
        int upper = bars.y + bars.height / 3;
        assertThat(image.getRGB(left, upper) & 0xffffff).isEqualTo(0xffffff);
        assertThat(image.getRGB(right, upper) & 0xffffff).isEqualTo(BLUE);
        assertThat(image.getRGB(left, bars.y + bars.height - 5) & 0xffffff).isEqualTo(BLUE);
    }

    @Test
    void thinningLosesNoSpike() throws IOException {
        var y = new double[200_000];
        var x = new double[y.length];
        var random = new Random(1);
        for (int i = 0; i < y.length; i++) {
            x[i] = i;
            y[i] = random.nextDouble();
        }
        y[123_456] = 50;
        y[150_000] = Double.NaN;
        UnitData thin = UnitData.of(
                Plot.line(x, y).series.getFirst(), Scale.fit(0, y.length, false), Scale.fit(0, 50, false), 500);
        assertThat(thin.x.length).isBetween(1000, 3000);
        assertThat(Arrays.stream(thin.y).max().getAsDouble()).isGreaterThan(0.9);
        assertThat(thin.y[0]).isEqualTo(Scale.fit(0, 50, false).unit(y[0]));
        assertThat(thin.x[thin.x.length - 1])
                .isEqualTo(Scale.fit(0, y.length, false).unit(y.length - 1.0));
        assertThat(thin.x).isSorted();
    }

    static Stream<double[]> oddData() {
        double nan = Double.NaN;
        double inf = Double.POSITIVE_INFINITY;
        return Stream.of(
                new double[] {},
                new double[] {5},
                new double[] {0},
                new double[] {nan},
                new double[] {3, 3, 3},
                new double[] {nan, inf, -inf},
                new double[] {-1, -10, 0},
                new double[] {1e-320, 2e-320},
                new double[] {-1.7e308, 1.7e308},
                new double[] {1e-300, 1e300},
                new double[] {1, nan, 3, inf, 2},
                new double[] {1e15, 1e15 + 1},
                new double[] {Double.MIN_VALUE, Double.MAX_VALUE});
    }

    @ParameterizedTest
    @MethodSource("oddData")
    void nothingIsTooOddToDraw(double[] y) {
        for (int logs = 0; logs < 4; logs++) {
            Figure figure = Figure.grid(1, 3).size(600, 200).scale(1);
            double[] x = y.clone();
            figure.at(0, 0).line(y).label("line").markers();
            figure.at(0, 1).scatter(x, y).label("points");
            figure.at(0, 2).histogram(y, 3).label("bars");
            for (int i = 0; i < 3; i++) {
                if ((logs & 1) != 0) {
                    figure.at(0, i).logX();
                }
                if ((logs & 2) != 0) {
                    figure.at(0, i).logY();
                }
            }
            assertThat(figure.toPng()).hasSizeGreaterThan(1000);
            if (logs % 3 == 0) {
                assertThat(figure.toSvg()).doesNotContain("NaN", "Infinity", "∞", "�");
            }
        }
    }

    @Test
    void verySmallFigures() {
        assertThat(falling()
                        .title("A long title")
                        .xLabel("x")
                        .label("l")
                        .figure()
                        .size(50, 50)
                        .toPng())
                .isNotEmpty();
        assertThat(Figure.grid(5, 5).size(100, 100).toPng()).isNotEmpty();
    }

    @Test
    void sameNumbersSameBytes() {
        assertThat(falling().label("a").figure().toPng())
                .isEqualTo(falling().label("a").figure().toPng());
        assertThat(falling().label("a").figure().toSvg())
                .isEqualTo(falling().label("a").figure().toSvg());
    }
}
