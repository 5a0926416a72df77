package adjoint.app;

import adjoint.plot.Plot;
import adjoint.tables.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the lessons or runs one. */
@Command(
        name = "lesson",
        header = "Lists the lessons, or runs one.",
        footer = "Example: adjoint lesson linear-regression --seed 3")
final class LessonCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The lesson, such as autograd; none: a list.")
    private String name;

    @Option(names = "--seed", paramLabel = "N", description = "Starts the lesson's random numbers from this seed.")
    private Long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where the lesson writes its pictures (without it: windows, or out/NAME where there is no display).")
    private Path out;

    /** @param folder {@code 05-linear-regression}; @param program its one source file */
    private record Lesson(Path folder, Path program) {
        String name() {
            return folder.getFileName().toString().replaceFirst("^\\d+-", "");
        }

        String number() {
            String full = folder.getFileName().toString();
            return full.substring(0, full.length() - name().length()).replace("-", "");
        }
    }

    @Override
    public Integer call() {
        List<Lesson> lessons = lessons();
        if (name == null) {
            list(lessons);
            return 0;
        }
        Lesson lesson = lessons.stream()
                .filter(l -> l.name().equals(name)
                        || l.folder.endsWith(name)
                        || l.number().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(lessons));
        return run(lesson);
    }

    private static List<Lesson> lessons() {
        var lessons = new ArrayList<Lesson>();
        for (Path folder : Home.children(Home.lessons())) {
            if (Files.isDirectory(folder)) {
                Home.children(folder).stream()
                        .filter(f -> f.toString().endsWith(".java"))
                        .findFirst()
                        .ifPresent(program -> lessons.add(new Lesson(folder, program)));
            }
        }
        return lessons;
    }

    private static void list(List<Lesson> lessons) {
        int width = lessons.stream().mapToInt(l -> l.name().length()).max().orElse(0);
        for (Lesson lesson : lessons) {
            String padded = lesson.name() + " ".repeat(width - lesson.name().length());
            System.out.println((lesson.number() + "  " + padded + "  " + title(lesson.folder)).stripTrailing());
        }
        System.out.println("Run one: adjoint lesson NAME [--seed N] [--out DIR]");
    }

    private static String title(Path folder) {
        Path text = folder.resolve("README.md");
        try (Stream<String> lines = Files.exists(text) ? Files.lines(text, StandardCharsets.UTF_8) : Stream.empty()) {
            return lines.filter(l -> l.startsWith("# "))
                    .findFirst()
                    .orElse("# ")
                    .substring(2);
        } catch (IOException e) {
            throw new Failure(text + " cannot be read: " + Reason.of(e) + ".", e);
        } catch (UncheckedIOException e) {
            // What a stream of lines throws.
            throw new Failure(text + " cannot be read: " + Reason.of(e.getCause()) + ".", e);
        }
    }

    private Failure unknown(List<Lesson> lessons) {
        List<String> names = lessons.stream().map(Lesson::name).toList();
        return new Failure("there is no lesson " + name + ". "
                + Names.nearest(name, names)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("There are " + String.join(", ", names) + "."));
    }

    private int run(Lesson lesson) {
        var args = new ArrayList<String>();
        if (seed != null) {
            args.addAll(List.of("--seed", seed.toString()));
            System.setProperty("adjoint.seed", seed.toString());
        }
        boolean asked = out != null;
        Path pictures = asked ? out : Plot.hasDisplay() ? null : Path.of("out", lesson.name());
        if (pictures != null) {
            make(pictures, asked);
            args.addAll(List.of("--out", pictures.toString()));
            System.setProperty("adjoint.out", pictures.toString());
        }
        try {
            return UserProgram.run(program(lesson), lesson.program, args.toArray(String[]::new));
        } finally {
            if (pictures != null && !asked) {
                removeEmpty(pictures);
                removeEmpty(pictures.getParent());
            }
        }
    }

    private static void make(Path folder, boolean asked) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            // A lesson that draws nothing can do without; another one says what it could not save.
            if (asked) {
                throw new Failure(
                        "the folder " + folder + " for pictures cannot be made: " + Reason.of(e)
                                + ". Name another with --out.",
                        e);
            }
        }
    }

    /** Nobody asked for the folder, so nothing stays of it where the lesson drew nothing. */
    private static void removeEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // There is something in it, as there should be.
            return;
        }
    }

    private static Class<?> program(Lesson lesson) {
        String name = lesson.program.getFileName().toString().replaceFirst("\\.java$", "");
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            // Not built: from a development environment, or a lesson that is just being written.
            return SourceProgram.compile(lesson.program);
        }
    }
}
