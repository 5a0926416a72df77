package adjoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lessons and users' files, as programs that are written here. */
class ProgramsTest {
    @TempDir
    Path folder;

    private String lessons;
    private String headless;

    @BeforeEach
    void writeLessons() throws IOException {
        lessons = System.getProperty("adjoint.lessons");
        headless = System.getProperty("java.awt.headless");
        System.setProperty("adjoint.lessons", folder.toString());
        write("01-first/FirstOfTwo.java", """
                import module adjoint;

                void main(String[] args) {
                    IO.println(Tensor.arange(3.0) + " " + List.of(args));
                    IO.println(Long.getLong("adjoint.seed", 0) + " " + System.getProperty("adjoint.out", "."));
                }
                """);
        write("01-first/README.md", "Text\n# The first 课\n## More\n");
        write("02-the-second/SecondOfTwo.java", """
                import module adjoint;

                void main() {
                    multiply();
                }

                void multiply() {
                    Tensor.zeros(2, 3).matmul(Tensor.zeros(2, 3));
                }
                """);
        write("data/README.md", "# No lesson\n");
    }

    @AfterEach
    void restore() {
        if (lessons == null) {
            System.clearProperty("adjoint.lessons");
        } else {
            System.setProperty("adjoint.lessons", lessons);
        }
        System.clearProperty("adjoint.seed");
        System.clearProperty("adjoint.out");
        if (headless == null) {
            System.clearProperty("java.awt.headless");
        } else {
            System.setProperty("java.awt.headless", headless);
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void lessonsAreListed() {
        Outcome run = Outcome.of("lesson").succeeded();
        assertThat(run.out().lines()).containsSequence("01  first       The first 课", "02  the-second");
        assertThat(run.out()).doesNotContain("data");
    }

    @Test
    void aLessonRunsByNameOrNumberWithItsOptions() {
        System.setProperty("java.awt.headless", "false");
        assertThat(Outcome.of("lesson", "first").succeeded().out())
                .isEqualTo("tensor([0., 1., 2.]) []\n0 .\n".replace("\n", System.lineSeparator()));
        Path out = folder.resolve("pictures").resolve("of mine");
        for (String name : new String[] {"first", "01-first", "01"}) {
            assertThat(Outcome.of("lesson", name, "--seed", 7, "--out", out)
                            .succeeded()
                            .out())
                    .contains("[--seed, 7, --out, " + out + "]", "7 " + out);
        }
        assertThat(out).isDirectory();
    }

    @Test
    void aLessonThatDoesNotExist() {
        Outcome.of("lesson", "frist").failed(1, "there is no lesson frist. Did you mean first?");
        Outcome.of("lesson", "zzz").failed(1, "There are first, the-second.");
        Outcome.of("lesson", "first", "--seed", "x").failed(2, "--seed: \"x\" is no whole number");
        Outcome.of("lesson", "first", "second").failed(2, "second is one name too many: one lesson at a time");
    }

    @Test
    void aCopyWithoutLessons() {
        System.setProperty("adjoint.lessons", folder.resolve("gone").toString());
        Outcome run = Outcome.of("lesson").failed(1, "there is no folder " + folder.resolve("gone"), "not complete");
        assertThat(run.err()).doesNotContain("Exception");
    }

    /** In a process of its own, as the pictures go to the folder that it works in. */
    @Test
    void whereThereIsNoDisplayPicturesAreFiles() throws IOException, InterruptedException {
        write("03-drawn/Drawn.java", """
                import module adjoint;

                void main(String[] args) {
                    var file = Path.of(args[List.of(args).indexOf("--out") + 1], "line.png");
                    Plot.line(Tensor.arange(3.0)).save(file);
                    IO.println("picture: " + file);
                }
                """);
        List<String> options = List.of("-Djava.awt.headless=true", "-Dadjoint.lessons=" + folder);
        Path here = Files.createDirectories(folder.resolve("here"));
        Outcome drawn = Outcome.ofProcess(here, options, "lesson", "drawn").succeeded();
        Path picture = Path.of("out", "drawn", "line.png");
        assertThat(drawn.out().strip()).isEqualTo("picture: " + picture);
        assertThat(here.resolve(picture)).isNotEmptyFile();

        Path there = Files.createDirectories(folder.resolve("there"));
        assertThat(Outcome.ofProcess(there, options, "lesson", "first")
                        .succeeded()
                        .out())
                .contains(Path.of("out", "first").toString());
        assertThat(there).isEmptyDirectory();
    }

    @Test
    void aLibraryErrorShowsTheUsersLinesOnly() {
        Outcome run = Outcome.of("lesson", "the-second");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines())
                .satisfiesExactly(
                        l -> assertThat(l).contains("ShapeException: matmul: [2, 3] × [2, 3]"),
                        l -> assertThat(l).contains("SecondOfTwo.java:8"),
                        l -> assertThat(l).contains("SecondOfTwo.java:4"));
    }

    @Test
    void otherErrorsKeepTheFramesAboveTheUsers() throws IOException {
        Path file = write("Parse.java", "void main() {\n    Integer.parseInt(\"x\");\n}\n");
        Outcome run = Outcome.of("run", file);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("NumberFormatException", "Integer.parseInt", "Parse.java:2");
        assertThat(run.err()).doesNotContain("adjoint.app", "picocli");
    }

    @Test
    void anErrorInAStaticFieldIsTheUsersToo() throws IOException {
        Path file = write("Static.java", "static int x = Integer.parseInt(\"y\");\nvoid main() {}\n");
        Outcome run = Outcome.of("run", file);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("NumberFormatException", "Static.java:1")
                .doesNotContain("adjoint.app", "picocli");
    }

    @Test
    void everyFormOfMainAndAllArguments() throws IOException {
        Path file = write("Old.java", """
                public class Old {
                    public static void main(String[] args) { System.out.println(Helper.text(args)); }
                }
                """);
        write("Helper.java", "class Helper { static String text(String[] args) { return String.join(\"|\", args); } }");
        assertThat(Outcome.of("run", file, "a", "--seed", "3", "--help", "-x")
                        .succeeded()
                        .out()
                        .strip())
                .isEqualTo("a|--seed|3|--help|-x");
        Path inherited = write("Child.java", """
                class Child extends Parent {}
                class Parent { void main() { IO.println("inherited"); } }
                """);
        assertThat(Outcome.of("run", inherited).succeeded().out().strip()).isEqualTo("inherited");
    }

    @Test
    void compileErrorsAreShownAsJavacPrintsThem() throws IOException {
        Path file = write("Wrong.java", "void main() {\n    int x = \"a\";\n}\n");
        Outcome run = Outcome.of("run", file);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("Wrong.java:2: error: incompatible types", "1 error");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void filesThatAreNoPrograms() throws IOException {
        Outcome.of("run", folder.resolve("None.java")).failed(1, "there is no such file");
        Outcome.of("run", folder).failed(1, "it is no file");
        Outcome.of("run", write("x.txt", "")).failed(1, "no Java source");
        Outcome.of("run", write("Empty.java", "")).failed(1, "declares no class");
        Path latin = folder.resolve("Latin.java");
        Files.write(latin, "\nvoid main() { IO.println(\"é\"); }\n".getBytes(StandardCharsets.ISO_8859_1));
        Outcome.of("run", latin).failed(1, "Latin.java: line 2 is not UTF-8");
        Outcome.of("run", write("Idle.java", "class None {}")).failed(1, "Idle.java: None", "has no main method");
        Outcome.of("run", write("中 文.java", "void main() {}")).failed(1, "中 文.java: ", "identifier", "to 中_文.java");
        Outcome.of("run", write("2-new.java", "void main() {}")).failed(1, "to Lesson_2_new.java");
        Outcome.of("run", write("new.java", "void main() {}")).failed(1, "to My_new.java");
        assertThat(Outcome.of("run", write("odd name.java", "class A { void main() { IO.print(1); } }"))
                        .succeeded()
                        .out())
                .isEqualTo("1");
        Outcome.of("run", write("Shape.java", "abstract class Shape { void main() {} }"))
                .failed(1, "Shape is abstract");
        Outcome.of("run", write("Need.java", "class Need { Need(int x) {} void main() {} }"))
                .failed(1, "no constructor without parameters");
        Outcome.of("run").failed(2, "FILE.java");
    }
}
