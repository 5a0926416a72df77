package adjoint.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of PyTorch's names says what the table does. */
class TorchPageTest {
    private static final String COMMAND = "mvn -q test -pl conformance -am -Dways.skip -Dtest=TorchPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dadjoint.pages=write";

    @Test
    void pageIsUpToDate() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("docs")) ? here : here.getParent();
        Path page = root.resolve("docs/pytorch.md");
        String wanted = TorchPage.of(root);
        if ("write".equals(System.getProperty("adjoint.pages"))) {
            Files.writeString(page, wanted);
        }
        assertThat(page).as("run %s", COMMAND).content().isEqualTo(wanted);
        assertThat(wanted)
                .contains("| `torch.exp(x)`; also in `Tensor` | `x.exp()` |")
                .contains("| `torch.add(x, other, alpha)`; also in `Tensor` | `x.add(b)` |");
    }
}
