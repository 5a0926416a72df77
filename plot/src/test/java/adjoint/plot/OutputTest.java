package adjoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.types.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
    @TempDir
    Path folder;

    private static Axes chart() {
        return Plot.line(new double[] {1, 2, 3});
    }

    @Test
    void theEndingSaysTheFormat() throws IOException {
        chart().save(folder.resolve("a.png")).save(folder.resolve("b.SVG")).save(folder + "/c.png");
        assertThat(ImageIO.read(folder.resolve("a.png").toFile()).getWidth()).isEqualTo(1280);
        assertThat(Files.readString(folder.resolve("b.SVG")))
                .startsWith("<?xml")
                .contains("<svg");
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("a.png", "b.SVG", "c.png");
        }
    }

    @Test
    void resolutionIsWrittenDown() throws IOException {
        byte[] png = chart().figure().toPng();
        String text = new String(png, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("pHYs") + 4;
        int perMetre = ((png[at] & 255) << 24)
                | ((png[at + 1] & 255) << 16)
                | ((png[at + 2] & 255) << 8)
                | (png[at + 3] & 255);
        assertThat(perMetre).as("200 pixels an inch").isBetween(7873, 7875);
    }

    @Test
    void aFileThatIsThereIsReplaced() throws IOException {
        Path file = folder.resolve("a.svg");
        Files.writeString(file, "old");
        chart().save(file);
        assertThat(Files.readString(file)).contains("<svg");
    }

    @Test
    void unknownEndings() {
        for (String name : new String[] {"a.jpg", "a", "a.", "png"}) {
            assertThatThrownBy(() -> chart().save(folder.resolve(name)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll(name, ".png or .svg");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void placesThatCannotBeWritten() throws IOException {
        assertThatThrownBy(() -> chart().save(folder.resolve("no/such/a.png")))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("no folder", "Create it");
        Files.createDirectory(folder.resolve("d.png"));
        assertThatThrownBy(() -> chart().save(folder.resolve("d.png")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is a folder");
        assertThatThrownBy(() -> chart().save("a\0.png"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no file name");
        Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> chart().save(folder.resolve("file/a.png"))).isInstanceOf(DataException.class);
    }

    @Test
    void showWithoutADisplayWritesAFileAndSaysWhere() {
        PrintStream before = System.out;
        var bytes = new ByteArrayOutputStream();
        System.setProperty("adjoint.plot.dir", folder.toString());
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            chart().show();
            Figure.grid(1, 2).show();
        } finally {
            System.setOut(before);
            System.clearProperty("adjoint.plot.dir");
        }
        var lines = bytes.toString(StandardCharsets.UTF_8).strip().lines().toList();
        assertThat(lines).hasSize(2).doesNotHaveDuplicates();
        for (String line : lines) {
            assertThat(Path.of(line.substring(line.lastIndexOf(" in ") + 4)))
                    .isNotEmptyFile()
                    .hasParent(folder);
        }
    }

    @Test
    void displaysThatAreNotThere() {
        assertThat(Display.reachable(null)).isFalse();
        assertThat(Display.reachable("")).isFalse();
        assertThat(Display.reachable("nonsense")).isFalse();
        assertThat(Display.reachable(":9973")).isFalse();
        assertThat(Display.reachable("localhost:59999")).isFalse();
    }
}
