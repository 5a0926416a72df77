import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.zip.ZipFile;

/**
 * Puts module-info.class into a jar that Maven made without it: {@code ModuleInfo.java JAR CLASSES VERSION DATE}.
 *
 * <p>Maven's jar plugin reads that class with the Java that Maven runs on, and an older one refuses Java 25's. A jar
 * that has it already is left alone, so that what depends on the jar is not compiled again.
 */
final class ModuleInfo {
    private ModuleInfo() {}

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        Path info = Path.of(args[1], "module-info.class");
        if (isIn(jar) && Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(info)) >= 0) {
            return;
        }
        int code = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--update",
                        "--file=" + jar,
                        "--module-version=" + args[2],
                        "--date=" + args[3],
                        "-C",
                        args[1],
                        "module-info.class");
        System.exit(code);
    }

    private static boolean isIn(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.getEntry("module-info.class") != null;
        }
    }
}
