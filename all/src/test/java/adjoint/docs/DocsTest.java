package adjoint.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents say is so: programs in them that stand under {@code <!-- run -->} compile, run and print the
 * block that follows them; what they link to exists; and the Chinese README shows the same code as the English one.
 */
class DocsTest {
    private static final Path ROOT = root();
    private static final List<String> DOCUMENTS =
            List.of("README.md", "README.zh.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md");
    private static final Pattern FENCE = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PROGRAM = Pattern.compile(
            "^<!-- run -->\\n```java\\n(?<code>.*?)^```\\n+```\\n(?<output>.*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    @TempDir
    private Path folder;

    private record Program(String document, int number, String code, String output) {
        @Override
        public String toString() {
            return document + ", program " + number;
        }
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("README.zh.md"))) {
            at = at.getParent();
        }
        return at;
    }

    private static String text(String document) throws IOException {
        return Files.readString(ROOT.resolve(document)).replace("\r\n", "\n");
    }

    static List<String> documents() {
        return DOCUMENTS;
    }

    static List<Program> programs() throws IOException {
        List<Program> found = new ArrayList<>();
        for (String document : DOCUMENTS) {
            Matcher m = PROGRAM.matcher(text(document));
            for (int n = 1; m.find(); n++) {
                found.add(new Program(document, n, m.group("code"), m.group("output")));
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void programPrintsWhatStandsBelowIt(Program program) throws Exception {
        Path source = Files.writeString(folder.resolve("Example.java"), program.code());
        var messages = new StringWriter();
        var files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, StandardCharsets.UTF_8);
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(messages, files, null, options(program.code()), null, files.getJavaFileObjects(source))
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
        assertThat(run("Example")).isEqualTo(program.output());
    }

    /** {@code import module} needs the module path; ordinary imports are tried as users of the class path have them. */
    private List<String> options(String code) {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        Stream<String> where = code.contains("import module adjoint;")
                ? Stream.of("--module-path", path, "--add-modules", "adjoint")
                : Stream.of("-classpath", path);
        return Stream.concat(where, Stream.of("-d", folder.toString())).toList();
    }

    /** What the program prints. Files that it writes would land in the working folder: examples write none. */
    private String run(String name) throws Exception {
        URL[] classes = {folder.toUri().toURL()};
        var printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (var loader = new URLClassLoader(classes, getClass().getClassLoader())) {
            Constructor<?> constructor = loader.loadClass(name).getDeclaredConstructor();
            constructor.setAccessible(true);
            Object program = constructor.newInstance();
            Method main = program.getClass().getDeclaredMethod("main");
            main.setAccessible(true);
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            main.invoke(program);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    /** A marked program without its output, or in another form, would otherwise be passed over. */
    @ParameterizedTest
    @MethodSource("documents")
    void everyMarkedProgramIsRun(String document) throws IOException {
        assertThat(programs().stream().filter(p -> p.document().equals(document)))
                .hasSize(text(document).split("(?m)^<!-- run -->$", -1).length - 1);
    }

    @Test
    void readmeHasPrograms() throws IOException {
        assertThat(programs()).extracting(Program::document).contains("README.md");
    }

    @Test
    void chineseReadmeShowsTheSameCode() throws IOException {
        assertThat(blocks("README.zh.md")).isEqualTo(blocks("README.md"));
    }

    /** Fenced blocks, without the comments in shell commands, which are translated. */
    private static List<String> blocks(String document) throws IOException {
        return FENCE.matcher(text(document))
                .results()
                .map(m -> m.group(1) + "\n" + m.group(2).replaceAll("(?m) *# .*$", ""))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void whatIsLinkedExists(String document) throws IOException {
        assertThat(LINK.matcher(text(document)).results().map(m -> m.group(1)))
                .filteredOn(link -> !link.contains("://"))
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }
}
