package adjoint.op;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.op.OperationSources.Batching;
import adjoint.op.OperationSources.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of operations says what the operations are. */
class OperationsPageTest {
    private static final String COMMAND =
            "mvn -q test -pl core -Dways.skip -Dtest=OperationsPageTest -Dadjoint.pages=write";

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("docs")) ? here : here.getParent();
    }

    @Test
    void pageIsUpToDate() throws IOException {
        Path page = root().resolve("docs/operations.md");
        String wanted = OperationsPage.of(root());
        if ("write".equals(System.getProperty("adjoint.pages"))) {
            Files.writeString(page, wanted);
        }
        assertThat(page).as("run %s", COMMAND).content().isEqualTo(wanted);
    }

    /** Every operation says in a sentence what it is. */
    @Test
    void allAreDefined() throws IOException {
        assertThat(OperationSources.of(root()))
                .hasSizeGreaterThan(40)
                .allSatisfy(s -> assertThat(s.definition()).as(s.name()).isNotBlank());
    }

    /** Nearly all compute many examples by one operation. */
    @Test
    void fewHaveNoBatchingRule() throws IOException {
        List<String> none = OperationSources.of(root()).stream()
                .filter(s -> s.batching() != Batching.ONE_OPERATION)
                .map(Source::name)
                .toList();
        assertThat(none).contains("Nonzero").hasSizeLessThanOrEqualTo(10);
    }
}
