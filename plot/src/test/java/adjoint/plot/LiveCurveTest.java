package adjoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.types.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCurveTest {
    @Test
    void collectsWithoutADisplayAndSaves(@TempDir Path folder) throws Exception {
        var template = Plot.axes().title("Training").logY();
        template.figure().size(300, 200).scale(1);
        Path file = folder.resolve("loss.png");
        try (var live = LiveCurve.open(template)) {
            for (int i = 0; i < 100; i++) {
                live.add("train", i, Math.exp(-i / 10.0));
                live.add("test", i, Math.exp(-i / 20.0));
            }
            live.save(file);
        }
        var image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(300);
        assertThat(PictureTest.where(image, 0x1f77b4)).isNotNull();
        assertThat(PictureTest.where(image, 0xff7f0e)).isNotNull();
    }

    @Test
    void whatWasCollectedIsOrdinaryAxes() {
        var live = LiveCurve.open("t");
        live.add(1, 10);
        live.add(2, Double.NaN);
        live.add("other", 3, 30);
        live.close();
        live.add(4, 40);
        Axes axes = live.axes().hLine(5);
        assertThat(axes.title).isEqualTo("t");
        assertThat(axes.series).hasSize(3);
        assertThat(axes.series.get(0).x).containsExactly(1, 2, 4);
        assertThat(axes.series.get(0).y).containsExactly(10, Double.NaN, 40);
        assertThat(axes.series.get(0).label).isEmpty();
        assertThat(axes.series.get(1).label).isEqualTo("other");
        assertThat(axes.figure().at(0, 0)).isSameAs(axes);
        assertThat(live.axes().series).as("the snapshot was a copy").hasSize(2);
        assertThatThrownBy(() -> LiveCurve.open((Axes) null)).isInstanceOf(DataException.class);
    }

    @Test
    void memoryIsBoundedAndSpikesStay() {
        var points = new LiveCurve.Points();
        int n = 1_000_000;
        for (int i = 0; i < n; i++) {
            points.add(i, i == 77_777 ? 9 : i == 500_001 ? -9 : Math.sin(i));
        }
        double[] x = points.xs();
        assertThat(x.length).isLessThanOrEqualTo(LiveCurve.Points.MOST);
        assertThat(x).isSorted().doesNotHaveDuplicates();
        assertThat(x[x.length - 1]).isEqualTo(n - 1);
        assertThat(points.ys()).contains(9, -9);
    }

    @Test
    void manyThreadsLoseNothing() throws InterruptedException {
        var live = LiveCurve.open("t");
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            String name = "series " + t % 2;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 1000; i++) {
                    live.add(name, i, i);
                    if (i % 250 == 0) {
                        live.axes();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(live.axes().series)
                .hasSize(2)
                .allSatisfy(s -> assertThat(s.x).hasSize(4000));
    }

    @Test
    void noThreadWithoutAWindow() {
        LiveCurve.open("t").add(1, 1);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("adjoint-live-curve"));
    }
}
