package adjoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README shows below {@code ./adjoint fit} is what it prints. */
class ReadmeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh.md"})
    void fitPrintsWhatTheReadmeShows(String name) throws IOException {
        Path root = Home.lessons().getParent();
        Path data = root.resolve("lessons").resolve("data").resolve("diabetes.csv");
        Path model = folder.resolve("model.safetensors");
        String printed = Outcome.of("fit", data, "--target", "target", "--save", model)
                .succeeded()
                .out()
                .replace(data.toString(), "lessons/data/diabetes.csv")
                .replace(model.toString(), "model.safetensors");
        assertThat(lines(Files.readString(root.resolve(name))))
                .contains(
                        "\n./adjoint fit lessons/data/diabetes.csv --target target --save model.safetensors\n```\n```\n"
                                + lines(printed)
                                + "```\n");
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n");
    }
}
