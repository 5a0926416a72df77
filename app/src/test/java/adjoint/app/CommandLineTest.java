package adjoint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import adjoint.types.DataException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @TempDir
    Path folder;

    @Test
    void helpAndVersion() {
        assertThat(Outcome.of("--help").succeeded().out())
                .contains("lesson", "run", "fit", "predict", "conform", "bench");
        assertThat(Outcome.of("--version").succeeded().out())
                .startsWith("adjoint ")
                .contains("Java 25");
        for (String command : new String[] {"lesson", "run", "fit", "predict", "conform", "bench"}) {
            assertThat(Outcome.of(command, "--help").succeeded().out()).contains("Usage: adjoint " + command);
        }
    }

    @Test
    void wrongCommands() {
        Outcome bare = Outcome.of();
        assertThat(bare.code()).isEqualTo(2);
        assertThat(bare.out()).isEmpty();
        assertThat(bare.err()).isEqualTo(Outcome.of("--help").out());
        Outcome.of("fti").failed(2, "there is no command fti. Did you mean fit?", "lesson, run, fit, predict");
        Outcome.of("nonsense").failed(2, "there is no command nonsense. The commands are lesson");
        Outcome.of("--frob").failed(2, "there is no option --frob.");
        Outcome.of("predict", "a", "b", "c").failed(2, "c is one name too many");
    }

    /** Tests run in the module's own folder, where no modules for contributors lie: as in an unpacked zip. */
    @Test
    void comparingAndMeasuringNeedTheSources() {
        Outcome.of("conform").failed(1, "the reference cases are not in this copy", "Clone the repository");
        Outcome.of("conform", "a", "b").failed(2, "b is one name too many");
        Outcome.of("bench").failed(1, "the benchmarks are not in this copy", "Clone the repository");
        Outcome.of("bench", "--frob").failed(2, "there is no option --frob.");
    }

    @Test
    void processes() throws IOException, InterruptedException {
        Path program = Files.writeString(folder.resolve("My.java"), """
                import module adjoint;

                void main(String[] args) {
                    IO.println(Tensor.of(1, 2).add(1) + args[0]);
                    System.exit(args.length);
                }
                """);
        Outcome own = Outcome.ofProcess(folder, "run", program, "é", "城");
        assertThat(own.out().strip()).isEqualTo("tensor([2, 3])é");
        assertThat(own.code()).isEqualTo(2);

        Outcome absent = Outcome.ofProcess(folder, "fit", folder.resolve("城.csv"), "--target", "y");
        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.err()).contains("城.csv: there is no such file");

        Outcome usage = Outcome.ofProcess(folder, "predict");
        assertThat(usage.code()).isEqualTo(2);
        assertThat(usage.out()).isEmpty();

        Path csv = Files.writeString(folder.resolve("t.csv"), "a,y\n1,2\n2,4\n3,6\n4,8.5\n");
        Outcome quiet = Outcome.ofProcess(folder, "fit", csv, "--target", "y", "--test", 0, "--batch", 4);
        assertThat(quiet.code()).isZero();
        assertThat(quiet.out()).doesNotContain("\r", "%");
        assertThat(quiet.number("a")).isBetween(2.14, 2.16);
    }

    @Test
    void reasonsAreWords() {
        String path = folder.resolve("x").toString();
        var denied = new AccessDeniedException(path);
        assertThat(Reason.of(denied)).isEqualTo("you have no permission");
        assertThat(Reason.inWords(new DataException("write x: " + denied + ". Check it.", denied)))
                .isEqualTo("write x: you have no permission. Check it.");
        assertThat(Reason.of(new FileSystemException(path, null, "Disk full"))).isEqualTo("Disk full");
        assertThat(Reason.of(new FileSystemException(path))).doesNotContain(path, "Exception");
        assertThat(Reason.of(new MalformedInputException(1))).isEqualTo("it is not UTF-8");
        assertThat(Reason.of(new IOException())).doesNotContain("null", "Exception");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -1.5, 0.0114, 2859.6963, 1e-12, 1e12, 123456.789, 0.1})
    void plainNumbersReadBack(double value) {
        assertThat(Double.parseDouble(Report.plain(value))).isCloseTo(value, withinPercentage(1e-3));
    }

    @Test
    void columnsCountWideCharacters() {
        assertThat(Report.columns(List.of(List.of("城区", "1"), List.of("abc", "23"))))
                .isEqualTo("城区   1\nabc   23\n");
    }
}
