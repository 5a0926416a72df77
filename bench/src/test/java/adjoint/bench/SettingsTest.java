package adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.Adjoint;
import adjoint.bench.work.Case;
import adjoint.types.DataException;
import adjoint.types.ValueException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    Path folder;

    private static List<String> cases(String filter) {
        return Settings.of(filter).cases().stream().map(Case::name).toList();
    }

    @Test
    void filterIsANameOrAPartOfNames() {
        assertThat(cases("add-1e6")).containsExactly("add-1e6");
        assertThat(cases("gelu-1e6")).containsExactly("gelu-1e6");
        assertThat(cases("1E6")).contains("add-1e6", "add-in-place-1e6", "gelu-1e6-backward", "sum-1e6");
        assertThat(cases("softmax,conv-backward")).containsExactly("softmax", "conv-backward");
        Settings cold = Settings.of("cold");
        assertThat(cold.cases()).isEmpty();
        assertThat(cold.programs()).hasSize(1);
        Settings all = Settings.of();
        assertThat(all.cases()).hasSizeGreaterThan(50);
        assertThat(all.programs())
                .extracting(Benchmark::name)
                .contains("cold-start", "warm-up", "lesson-time", "memory", "steadiness");
        assertThat(all.peers()).isEmpty();
        assertThat(all.threads()).containsExactly(Adjoint.threads());
        assertThat(all.isScalarToo()).isFalse();
    }

    @Test
    void optionsAreRead() {
        Path json = folder.resolve("a.json");
        Settings s = Settings.of(
                ("--peers djl,crude,djl --threads 3,1,3 exp --quick --without-vectors --json " + json).split(" "));
        assertThat(s.peers()).containsExactly("djl", "crude");
        assertThat(s.threads()).containsExactly(3, 1);
        assertThat(s.isScalarToo()).isTrue();
        assertThat(s.plan()).isEqualTo(Plan.QUICK);
        assertThat(s.json()).isEqualTo(json);
        assertThat(s.commandLine())
                .isEqualTo("--peers djl,crude,djl --threads 3,1,3 exp --quick --without-vectors --json a.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense        | no benchmark has \"nonsense\" in its name",
                "add,            | no benchmark has \"\" in its name",
                "add mul         | mul is one filter too many",
                "--frob          | there is no option --frob",
                "--peers         | --peers: a value is missing after it",
                "--peers torch   | there is no peer \"torch\". The peers are libtorch",
                "--threads 0     | --threads 0: give a whole number from 1 to 1024",
                "--threads many  | --threads many: give a whole number",
                "--threads 1,    | give a whole number",
                "add --png a.png | nobody to compare with",
                "--peers crude --png a.jpg | its name has to end in .png",
            })
    void wrongArguments(String line, String message) {
        assertThatThrownBy(() -> Settings.of(line.strip().split(" ")))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining(message);
    }

    @Test
    void filesThatCannotBeWritten() {
        assertThatThrownBy(() -> Settings.of("--md", folder.toString()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it is a folder");
        assertThatThrownBy(() -> Settings.of(
                        "--json", folder.resolve("none").resolve("a.json").toString()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("there is no folder");
    }
}
