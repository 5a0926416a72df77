package adjoint.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same bits from an interpreter, a scalar loop and vectors of every width, cold and hot, with one thread and
 * several: {@link Probe} says what it computed, in virtual machines that differ in these things.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = "adjoint.test.way", matches = "module-path-vector")
class DeterminismTest {
    @TempDir
    static Path folder;

    private static String expected;

    /** One thread, every loop interpreted: what all others are compared with. */
    private static synchronized String expected() throws Exception {
        if (expected == null) {
            expected = probe(1, 1, "-Dadjoint.tier=interpreted");
            assertThat(expected.lines().count()).isGreaterThan(150);
        }
        return expected;
    }

    @ParameterizedTest(name = "{0} threads, {1} rounds, {2}")
    @CsvSource({
        "1, 1, -Dadjoint.tier=scalar",
        "2, 1, -Dadjoint.tier=vector",
        "3, 1, -Dadjoint.tier=interpreted",
        "8, 1, -Dadjoint.tier=vector",
        "8, 12, -Xshare:auto", // as usual: first cold, then hot
        "2, 1, -Dadjoint.tier=vector -XX:MaxVectorSize=16",
        "2, 1, -Dadjoint.tier=vector -XX:MaxVectorSize=32",
        "2, 1, -Dadjoint.tier=vector -XX:MaxVectorSize=64",
        "2, 1, -Dadjoint.tier=scalar -XX:UseAVX=0", // vector classes take minutes without AVX
        "2, 1, -Dadjoint.tier=vector -XX:UseAVX=1",
        "2, 12, -XX:TieredStopAtLevel=1",
    })
    void sameBits(int threads, int rounds, String flags) throws Exception {
        assertThat(differences(expected(), probe(threads, rounds, flags.split(" "))))
                .isEmpty();
    }

    /** A checksum must tell bits apart, or the others say nothing. */
    @Test
    void noticesADifference() throws Exception {
        String other = expected().replaceFirst("TANH float32 ", "TANH float32 1");
        assertThat(differences(expected(), other)).hasSize(1);
        assertThat(expected().lines().distinct().count())
                .isEqualTo(expected().lines().count());
    }

    private static List<String> differences(String wanted, String found) {
        List<String> lines = new ArrayList<>(found.lines().toList());
        lines.removeAll(wanted.lines().toList());
        return lines;
    }

    private static String probe(int threads, int rounds, String... flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+IgnoreUnrecognizedVMOptions"); // those of another processor
        command.add("--add-modules");
        command.add("jdk.incubator.vector");
        command.addAll(List.of(flags));
        command.add("-cp");
        command.add("target/classes" + java.io.File.pathSeparator + "target/test-classes");
        command.add(Probe.class.getName());
        command.add(Integer.toString(threads));
        command.add(Integer.toString(rounds));
        Path out = Files.createTempFile(folder, "probe", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(Path.of(System.getProperty("basedir", ""))
                        .toAbsolutePath()
                        .toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return read(out);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains("warning"))
                .collect(java.util.stream.Collectors.joining("\n"));
    }
}
