package adjoint.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a command line did: its exit code and both streams. */
record Outcome(int code, String out, String err) {
    /** Runs it in this process. */
    static Outcome of(Object... args) {
        String[] texts = List.of(args).stream().map(Object::toString).toArray(String[]::new);
        PrintStream oldOut = System.out;
        PrintStream oldErr = System.err;
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int code = Main.run(texts);
            return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(oldOut);
            System.setErr(oldErr);
        }
    }

    /** Runs it in a process of its own, with the launcher's flags. */
    static Outcome ofProcess(Path folder, Object... args) throws IOException, InterruptedException {
        return ofProcess(folder, List.of(), args);
    }

    /** Runs it in that folder, with these options of Java too. */
    static Outcome ofProcess(Path folder, List<String> options, Object... args)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "adjoint.app.Main"));
        List.of(args).forEach(a -> command.add(a.toString()));
        Path out = folder.resolve("process.out");
        Path err = folder.resolve("process.err");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        int code = process.waitFor();
        var outcome = new Outcome(code, Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return outcome;
    }

    Outcome succeeded() {
        assertThat(err).isEmpty();
        assertThat(code).isZero();
        return this;
    }

    /** Exit code and one line on the error stream, which holds these texts. */
    Outcome failed(int expected, String... texts) {
        assertThat(err).contains(texts);
        assertThat(err.lines()).hasSize(1);
        assertThat(code).isEqualTo(expected);
        return this;
    }

    /** The number after a word at a line's beginning. */
    double number(String word) {
        return out.lines()
                .filter(l -> l.startsWith(word + " "))
                .mapToDouble(l ->
                        Double.parseDouble(l.substring(word.length()).strip().split(" +")[0]))
                .findFirst()
                .orElseThrow(() -> new AssertionError(word + " is not in\n" + out));
    }
}
