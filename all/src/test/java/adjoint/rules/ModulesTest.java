package adjoint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.AccessFlag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code import module adjoint;} brings into a program, and what the modules ask for. */
class ModulesTest {
    private static final Map<String, ModuleReference> OURS = ours();

    /** The modules as they are built: jars or folders of classes, whichever Maven put on the class path. */
    private static Map<String, ModuleReference> ours() {
        Path[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("adjoint") || entry.contains("classes"))
                .filter(entry -> !entry.contains("test-classes"))
                .map(Path::of)
                .toArray(Path[]::new);
        Map<String, ModuleReference> found = new TreeMap<>();
        for (Path entry : path) {
            for (ModuleReference module : ModuleFinder.of(entry).findAll()) {
                if (module.descriptor().name().startsWith("adjoint")
                        && !module.descriptor().isAutomatic()) {
                    found.put(module.descriptor().name(), module);
                }
            }
        }
        return found;
    }

    static Set<String> names() {
        return OURS.keySet();
    }

    @Test
    void aggregateReachesEveryModule() {
        Set<String> transitive = new TreeSet<>();
        for (Requires requires : OURS.get("adjoint").descriptor().requires()) {
            if (requires.modifiers().contains(Requires.Modifier.TRANSITIVE)) {
                transitive.add(requires.name());
            }
        }
        Set<String> others = new TreeSet<>(OURS.keySet());
        others.remove("adjoint");
        assertThat(transitive)
                .isEqualTo(others)
                .contains("adjoint.core", "adjoint.linalg", "adjoint.plot", "adjoint.tables");
    }

    /** java.desktop's {@code java.awt.List}, for one, would clash with {@code java.util.List} in every user's file. */
    @ParameterizedTest
    @MethodSource("names")
    void modulePassesOnOnlyAdjointsModules(String name) {
        assertThat(OURS.get(name).descriptor().requires())
                .filteredOn(r -> r.modifiers().contains(Requires.Modifier.TRANSITIVE))
                .extracting(Requires::name)
                .allMatch(required -> required.startsWith("adjoint."));
    }

    @Test
    void coreHasNoRuntimeDependency() {
        ModuleDescriptor core = OURS.get("adjoint.core").descriptor();
        assertThat(core.requires())
                .filteredOn(r -> !r.modifiers().contains(Requires.Modifier.STATIC))
                .extracting(Requires::name)
                .allMatch(required -> required.startsWith("java."));
        assertThat(core.requires())
                .filteredOn(r -> r.modifiers().contains(Requires.Modifier.STATIC))
                .extracting(Requires::name)
                .containsExactly("jdk.incubator.vector");
    }

    /** java.base is imported beside ours, so a name that both have is ambiguous in every program that says it. */
    @ParameterizedTest
    @MethodSource("names")
    void noExportedNameIsOneOfJavaBase(String name) throws IOException {
        Set<String> taken = new HashSet<>(
                simpleNames(ModuleFinder.ofSystem().find("java.base").orElseThrow())
                        .keySet());
        assertThat(taken).contains("List", "Module", "String", "IO");
        assertThat(simpleNames(OURS.get(name)).keySet()).doesNotContainAnyElementsOf(taken);
    }

    @Test
    void noNameIsExportedTwice() throws IOException {
        Map<String, List<String>> all = new TreeMap<>();
        for (ModuleReference module : OURS.values()) {
            simpleNames(module)
                    .forEach((simple, full) ->
                            all.computeIfAbsent(simple, _ -> new ArrayList<>()).addAll(full));
        }
        assertThat(all).containsKey("Tensor");
        assertThat(all.values()).allMatch(full -> full.size() == 1);
    }

    /** Public top-level types in packages exported to everybody, by simple name: what {@code import module} imports. */
    private static Map<String, List<String>> simpleNames(ModuleReference module) throws IOException {
        Set<String> exported = new HashSet<>();
        for (ModuleDescriptor.Exports exports : module.descriptor().exports()) {
            if (!exports.isQualified()) {
                exported.add(exports.source());
            }
        }
        Map<String, List<String>> names = new TreeMap<>();
        try (ModuleReader reader = module.open();
                var files = reader.list()) {
            files.filter(file -> file.endsWith(".class") && !file.contains("$")).forEach(file -> {
                String full =
                        file.substring(0, file.length() - ".class".length()).replace('/', '.');
                int dot = full.lastIndexOf('.');
                if (dot > 0 && exported.contains(full.substring(0, dot)) && isPublic(reader, file)) {
                    names.computeIfAbsent(full.substring(dot + 1), _ -> new ArrayList<>())
                            .add(full);
                }
            });
        }
        return names;
    }

    private static boolean isPublic(ModuleReader reader, String file) {
        try (InputStream in = reader.open(file).orElseThrow()) {
            return ClassFile.of().parse(in.readAllBytes()).flags().has(AccessFlag.PUBLIC);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
