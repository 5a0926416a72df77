package adjoint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which: arrows point down only, and {@code tensor ⇄ op} is the one cycle. */
class DependencyTableTest {
    private static final Set<String> CORE = Set.of(
            "adjoint",
            "adjoint.train",
            "adjoint.data",
            "adjoint.distributions",
            "adjoint.optim",
            "adjoint.nn",
            "adjoint.autograd",
            "adjoint.op",
            "adjoint.tensor",
            "adjoint.codegen",
            "adjoint.kernel",
            "adjoint.types");

    /** A package and what its classes may use besides itself. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("adjoint.types", Set.of()),
            Map.entry("adjoint.kernel", Set.of("adjoint.types")),
            Map.entry("adjoint.codegen", Set.of("adjoint.types", "adjoint.kernel")),
            Map.entry("adjoint.tensor", Set.of("adjoint.op", "adjoint.codegen", "adjoint.kernel", "adjoint.types")),
            Map.entry("adjoint.op", Set.of("adjoint.tensor", "adjoint.codegen", "adjoint.kernel", "adjoint.types")),
            Map.entry(
                    "adjoint.autograd",
                    Set.of("adjoint.tensor", "adjoint.op", "adjoint.codegen", "adjoint.kernel", "adjoint.types")),
            Map.entry(
                    "adjoint.nn",
                    Set.of("adjoint.tensor", "adjoint.op", "adjoint.autograd", "adjoint.codegen", "adjoint.types")),
            Map.entry(
                    "adjoint.optim", Set.of("adjoint.tensor", "adjoint.autograd", "adjoint.codegen", "adjoint.types")),
            Map.entry("adjoint.data", Set.of("adjoint.tensor", "adjoint.types")),
            Map.entry("adjoint.distributions", Set.of("adjoint.tensor", "adjoint.autograd", "adjoint.types")),
            Map.entry(
                    "adjoint.train",
                    Set.of(
                            "adjoint.data",
                            "adjoint.distributions",
                            "adjoint.optim",
                            "adjoint.nn",
                            "adjoint.autograd",
                            "adjoint.op",
                            "adjoint.tensor",
                            "adjoint.codegen",
                            "adjoint.kernel",
                            "adjoint.types")),
            Map.entry("adjoint", CORE),
            Map.entry("adjoint.linalg", CORE),
            Map.entry("adjoint.plot", CORE),
            Map.entry("adjoint.tables", CORE));

    /** Of the language of formulas, layers and optimizers use what users use, not its compilation. */
    private static final Set<String> USERS_OF_EXPR = Set.of("adjoint.nn", "adjoint.optim");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("adjoint");

    static List<String> packages() {
        return CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.startsWith("adjoint.rules"))
                .distinct()
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageUsesOnlyWhatTheTableAllows(String name) {
        assertThat(MAY_USE)
                .as("a package the table does not know: enter it here and in DESIGN")
                .containsKey(name);
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (type.getPackageName().equals(name)) {
                for (Dependency use : type.getDirectDependenciesFromSelf()) {
                    if (!allowed(name, use.getTargetClass())) {
                        wrong.add(use.getDescription());
                    }
                }
            }
        }
        assertThat(wrong)
                .as("uses that %s may not make (%s)", name, MAY_USE.get(name))
                .isEmpty();
    }

    private static boolean allowed(String from, JavaClass target) {
        String to = target.getBaseComponentType().getPackageName();
        if (!to.equals("adjoint") && !to.startsWith("adjoint.") || to.equals(from)) {
            return true;
        }
        if (to.equals("adjoint.codegen") && USERS_OF_EXPR.contains(from)) {
            return outermost(target).getModifiers().contains(JavaModifier.PUBLIC);
        }
        return MAY_USE.get(from).contains(to);
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass at = type.getBaseComponentType();
        while (at.getEnclosingClass().isPresent()) {
            at = at.getEnclosingClass().get();
        }
        return at;
    }

    /** Without this, a change to the table above could quietly allow a second cycle. */
    @Test
    void tableHasNoCycleButTensorAndOp() {
        Map<String, Set<String>> below = new HashMap<>();
        MAY_USE.forEach((from, to) -> below.put(from, new HashSet<>(to)));
        below.get("adjoint.op").remove("adjoint.tensor");
        below.values().forEach(to -> to.remove("adjoint"));
        below.put("adjoint", Set.of());
        // A relation without a cycle can be taken apart from the bottom.
        while (below.entrySet().removeIf(e -> e.getValue().isEmpty())) {
            below.values().forEach(to -> to.retainAll(below.keySet()));
        }
        assertThat(below).isEmpty();
    }

    @Test
    void theImporterSawTheCore() {
        assertThat(packages()).contains("adjoint.types", "adjoint.kernel", "adjoint.tensor", "adjoint.op");
    }
}
