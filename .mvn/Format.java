import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs Spotless in a Maven of its own on the JDK that runs this file.
 *
 * <p>The formatter parses with the compiler of the JVM that Maven itself runs on, and an older one rejects Java 25.
 * The build starts this with the toolchain's JDK 25: {@code Format.java MAVEN_HOME ROOT check|apply [MAVEN_OPTION...]}.
 */
final class Format {
    private Format() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        var command = new ArrayList<>(List.of(
                Path.of(args[0], "bin", windows ? "mvn.cmd" : "mvn").toString(),
                "-q",
                "-B",
                "-ntp",
                "-N",
                "-Dstyle.color=never",
                "spotless:" + args[2]));
        command.addAll(List.of(args).subList(3, args.length));
        var builder =
                new ProcessBuilder(command).directory(Path.of(args[1]).toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // An older Maven's own libraries still use Unsafe; that warning is not ours to act on.
        builder.environment().put("MAVEN_OPTS", "--sun-misc-unsafe-memory-access=allow -XX:TieredStopAtLevel=1");
        builder.environment().remove("MAVEN_ARGS");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            System.err.println(output);
            System.err.println("To format: mvn -N verify -Dformat=apply");
        }
        System.exit(code);
    }
}
