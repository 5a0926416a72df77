package adjoint.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What depends on how a JVM was started. */
class OtherJvmTest {
    @TempDir
    Path folder;

    /** Chinese texts, saved; run in JVMs of several locales. */
    static final class Chinese {
        private Chinese() {}

        static Axes chart() {
            return Plot.line(new double[] {3, 2, 1})
                    .label("训练损失")
                    .title("线性回归")
                    .xLabel("周期")
                    .yLabel("均方误差");
        }

        public static void main(String[] args) {
            chart().save(args[0]);
        }
    }

    /** Everything short of drawing. */
    static final class NoDrawing {
        private NoDrawing() {}

        public static void main(String[] args) {
            Chinese.chart().logY();
            Figure.grid(2, 2).at(1, 1).scatter(new double[] {1}, new double[] {2});
            try (var live = LiveCurve.open("t")) {
                live.add(1, 2);
            }
        }
    }

    @Test
    void theSamePictureInEveryLocale() throws Exception {
        Path png = folder.resolve("c.png");
        run(Map.of("LC_ALL", "C", "LANG", "C"), List.of(), Chinese.class, png.toString());
        assertThat(Files.readAllBytes(png)).isEqualTo(Chinese.chart().figure().toPng());
    }

    @Test
    void awtIsNotLoadedBeforeSomethingIsDrawn() throws Exception {
        String log = run(Map.of(), List.of("-Xlog:class+load"), NoDrawing.class);
        assertThat(log).contains("adjoint.plot.LiveCurve");
        assertThat(log.lines()
                        .filter(l ->
                                l.contains(" java.awt.") || l.contains(" org.jfree.") || l.contains(" javax.swing.")))
                .isEmpty();
    }

    private String run(Map<String, String> environment, List<String> options, Class<?> main, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-Djava.awt.headless=true", "-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** The places of our classes and of the libraries', whatever path this JVM found them on. */
    private static String classPath() throws Exception {
        List<String> places = new ArrayList<>();
        for (Class<?> c : List.of(
                OtherJvmTest.class,
                Plot.class,
                adjoint.types.DataException.class,
                XYPlot.class,
                de.erichseifert.vectorgraphics2d.VectorGraphics2D.class)) {
            places.add(Path.of(c.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        // With tests patched into the module, their classes lie beside those that the module names.
        Path classes = Path.of(Plot.class.getResource("Plot.class").toURI())
                .getParent()
                .getParent()
                .getParent();
        Path tests = Path.of(
                        OtherJvmTest.class.getResource("OtherJvmTest.class").toURI())
                .getParent()
                .getParent()
                .getParent();
        return String.join(
                File.pathSeparator,
                Stream.concat(Stream.of(tests.toString(), classes.toString()), places.stream())
                        .distinct()
                        .toList());
    }
}
