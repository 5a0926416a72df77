package adjoint.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The build runs these tests four ways and says which; here each run checks that it is what it is called. */
@EnabledIfSystemProperty(named = "adjoint.test.way", matches = ".+")
class FourWaysTest {
    private static final String WAY = System.getProperty("adjoint.test.way", "");

    @Test
    void coreIsAModuleOrNot() {
        assertThat(Shape.class.getModule().isNamed()).isEqualTo(WAY.startsWith("module-path"));
    }

    @Test
    void vectorModuleIsThereOrNot() {
        assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent())
                .isEqualTo(WAY.endsWith("-vector"));
    }
}
