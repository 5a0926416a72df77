package adjoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FontsTest {
    private static final Font BASE = Fonts.regular(20);

    @AfterEach
    void theMachinesFontsAgain() {
        Fonts.install(null);
    }

    @Test
    void bundledFontsAreDejaVu() {
        assertThat(BASE.getFontName()).isEqualTo("DejaVu Sans");
        assertThat(Fonts.bold(12).getFontName()).isEqualTo("DejaVu Sans Bold");
        assertThat(BASE.canDisplayUpTo("aŷλ−×⁰¹²³⁴⁵⁶⁷⁸⁹⁻≤")).isEqualTo(-1);
        assertThat(BASE.canDisplay('中')).isFalse();
        assertThat(Fonts.class.getResource("fonts/LICENSE-DejaVu.txt")).isNotNull();
    }

    @Test
    void charactersFallBackOneByOne() throws Exception {
        Font tiny = TinyFont.of('中');
        assertThat(tiny.canDisplay('中')).isTrue();
        Fonts.install(List.of(tiny));
        Fonts.Line line = Fonts.line("loss 中中 (b)", BASE);
        assertThat(line.runs()).extracting(Fonts.Run::text).containsExactly("loss ", "中中", " (b)");
        assertThat(line.runs().get(1).font().getFontName()).isEqualTo("Tiny");
        double before = Fonts.line("loss ", BASE).width();
        assertThat(line.runs().get(1).x()).isEqualTo(before);
        assertThat(line.runs().get(2).x()).isEqualTo(before + 2 * 20, within(1e-3));
        assertThat(line.width())
                .isEqualTo(before + 40 + Fonts.line(" (b)", BASE).width(), within(1e-3));
    }

    @Test
    void everyTextOfAChartFallsBack() throws Exception {
        Fonts.install(List.of(TinyFont.of('中')));
        var err = captured(() -> {
            for (String where : List.of("title", "x", "y", "legend", "figure")) {
                Axes axes = Plot.line(new double[] {1, 2}).noGrid();
                switch (where) {
                    case "title" -> axes.title("中中中中");
                    case "x" -> axes.xLabel("中中中中");
                    case "y" -> axes.yLabel("中中中中");
                    case "legend" -> axes.label("中中中中");
                    default -> axes.figure().title("中中中中");
                }
                // Four touching squares are one block of ink that no letter of another font makes.
                assertThat(widestBar(axes)).as(where).isGreaterThan(90);
                assertThat(axes.figure().toSvg()).as(where).contains("Z M");
            }
        });
        assertThat(err).isEmpty();
    }

    /** The longest side of a block of ink that is at least 20 pixels thick. */
    private static int widestBar(Axes axes) throws Exception {
        var image = PictureTest.image(axes);
        int best = 0;
        for (int turn = 0; turn < 2; turn++) {
            int lines = turn == 0 ? image.getHeight() : image.getWidth();
            int length = turn == 0 ? image.getWidth() : image.getHeight();
            int[] runs = new int[lines];
            for (int i = 0; i < lines; i++) {
                int run = 0;
                for (int j = 0; j < length; j++) {
                    int rgb = turn == 0 ? image.getRGB(j, i) : image.getRGB(i, j);
                    run = (rgb & 0xff) < 64 ? run + 1 : 0;
                    // The frame's sides are longer than any text here.
                    runs[i] = run < 400 ? Math.max(runs[i], run) : 0;
                }
            }
            for (int i = 0; i + 20 <= lines; i++) {
                int least = Integer.MAX_VALUE;
                for (int k = 0; k < 20; k++) {
                    least = Math.min(least, runs[i + k]);
                }
                best = Math.max(best, least);
            }
        }
        return best;
    }

    @Test
    void withoutAFontOneLineSaysWhatToInstall() {
        Fonts.install(List.of());
        String err = captured(() -> {
            Plot.line(new double[] {1, 2}).title("误差").xLabel("周期").figure().toPng();
            Plot.line(new double[] {1, 2}).title("误差").figure().toSvg();
        });
        assertThat(err.strip().lines()).hasSize(1);
        assertThat(err).contains("U+", "install");
    }

    @Test
    void adviceFitsTheSystem() {
        assertThat(Fonts.advice('中', "Linux")).contains("U+4E2D", "apt install fonts-noto-cjk", "dnf install");
        assertThat(Fonts.advice('中', "Windows 11")).contains("YaHei");
        assertThat(Fonts.advice('中', "Mac OS X")).contains("PingFang");
    }

    @Test
    void foldersWithoutChineseFonts(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("msyh.ttc"), "not a font");
        Files.writeString(folder.resolve("other.ttf"), "not looked at");
        assertThat(FontFiles.chinese(List.of(folder, folder.resolve("missing"))))
                .isEmpty();
    }

    private static String captured(ThrowingRunnable work) {
        PrintStream before = System.err;
        var bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }
}
