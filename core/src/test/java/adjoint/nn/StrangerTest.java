package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adjoint.types.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers of a user's own module: opened, not opened, and naming their parts themselves. */
class StrangerTest {
    private static final String LAYER = """
            package stranger;

            import adjoint.nn.Layer;
            import adjoint.tensor.Tensor;
            import java.util.Map;

            public class %s implements Layer {
                private final Tensor weight = Tensor.ones(2).requiresGrad(true);
                private final Object pair = new Pair("text", Tensor.ones(1).requiresGrad(true));

                public Tensor forward(Tensor x) {
                    return x.mul(weight);
                }
                %s
                private record Pair(String left, Tensor right) {}
            }
            """;

    @TempDir
    Path folder;

    private Layer layer(String name, String opens) throws Exception {
        Module core = Layer.class.getModule();
        assumeTrue(core.isNamed(), "on the class path everything is open");
        Path module = Files.createDirectories(folder.resolve("classes-" + opens.length()));
        Path sources = Files.createDirectories(folder.resolve("src-" + opens.length() + "/stranger"));
        write(sources.resolveSibling("module-info.java"), "module stranger { requires adjoint.core; " + opens + " }");
        write(sources.resolve("Plain.java"), LAYER.formatted("Plain", ""));
        String parts = "public Map<String, Object> parts() { return Map.of(\"mine\", weight); }";
        write(sources.resolve("Named.java"), LAYER.formatted("Named", parts));
        Path home = Path.of(
                Layer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> arguments = new ArrayList<>(List.of("-d", module.toString(), "-p", home.toString()));
        try (Stream<Path> files = Files.walk(sources.getParent())) {
            files.filter(f -> f.toString().endsWith(".java")).forEach(f -> arguments.add(f.toString()));
        }
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
        var said = new StringWriter();
        var out = new PrintWriter(said);
        int code = javac.run(out, out, arguments.toArray(String[]::new));
        assertThat(code).as(said.toString()).isZero();
        Configuration found =
                core.getLayer().configuration().resolve(ModuleFinder.of(module), ModuleFinder.of(), Set.of("stranger"));
        ModuleLayer own = core.getLayer().defineModulesWithOneLoader(found, ClassLoader.getSystemClassLoader());
        return (Layer) own.findLoader("stranger")
                .loadClass("stranger." + name)
                .getConstructor()
                .newInstance();
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    @Test
    void aPackageThatIsNotOpened() throws Exception {
        Layer layer = layer("Plain", "exports stranger;");
        assertThatThrownBy(layer::parameters)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("weight")
                .hasMessageContaining("opens stranger to adjoint.core")
                .hasMessageContaining("parts()");
        assertThatThrownBy(new Sequential(layer)::stateDict).isInstanceOf(DataException.class);
    }

    @Test
    void aPackageThatIsOpened() throws Exception {
        Layer layer = layer("Plain", "exports stranger; opens stranger to adjoint.core;");
        assertThat(layer.namedParameters().keySet()).containsExactly("weight", "pair.right");
    }

    @Test
    void partsNamedByTheLayer() throws Exception {
        Layer layer = layer("Named", "exports stranger;");
        assertThat(layer.namedParameters().keySet()).containsExactly("mine");
    }
}
