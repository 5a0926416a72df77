package adjoint.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final Map<String, String> EXPECTED = new HashMap<>();

    /** One thread, every loop interpreted: what all others are compared with. */
    private static synchronized String expected(String scope) throws Exception {
        if (!EXPECTED.containsKey(scope)) {
            EXPECTED.put(scope, probe("1 1 " + scope, "-Dadjoint.tier=interpreted"));
            assertThat(EXPECTED.get(scope).lines().count()).isGreaterThan(150);
        }
        return EXPECTED.get(scope);
    }

    /** The probe's arguments, the number of threads and of rounds before all, and the virtual machine's. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "1 1, -Dadjoint.tier=scalar",
        "2 1, -Dadjoint.tier=vector",
        "3 1, -Dadjoint.tier=interpreted",
        "8 1, -Dadjoint.tier=vector",
        "8 6, -Xshare:auto", // as usual: first cold, then hot
        "2 1, -Dadjoint.tier=vector -XX:MaxVectorSize=16",
        "2 1, -Dadjoint.tier=vector -XX:MaxVectorSize=32",
        "2 1, -Dadjoint.tier=vector -XX:MaxVectorSize=64",
        "2 1 short, -Dadjoint.tier=scalar -XX:UseAVX=0", // without the instruction, an fma takes a microsecond
        "2 1, -Dadjoint.tier=vector -XX:UseAVX=1",
        "2 6, -XX:TieredStopAtLevel=1",
    })
    void sameBits(String arguments, String flags) throws Exception {
        String scope = arguments.endsWith("short") ? "short" : "";
        assertThat(differences(expected(scope), probe(arguments, flags.split(" "))))
                .isEmpty();
    }

    /** A checksum must tell bits apart, or the others say nothing. */
    @Test
    void noticesADifference() throws Exception {
        String other = expected("").replaceFirst("TANH float32 ", "TANH float32 1");
        assertThat(differences(expected(""), other)).hasSize(1);
        assertThat(expected("").lines().distinct().count())
                .isEqualTo(expected("").lines().count());
    }

    private static List<String> differences(String wanted, String found) {
        List<String> lines = new ArrayList<>(found.lines().toList());
        lines.removeAll(wanted.lines().toList());
        return lines;
    }

    private static String probe(String arguments, String... flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+IgnoreUnrecognizedVMOptions"); // those of another processor
        command.add("--add-modules");
        command.add("jdk.incubator.vector");
        command.addAll(List.of(flags));
        command.add("-cp");
        command.add("target/classes" + java.io.File.pathSeparator + "target/test-classes");
        command.add(Probe.class.getName());
        command.addAll(List.of(arguments.strip().split(" ")));
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
