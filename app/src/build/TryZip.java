import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Unpacks the zip into a folder with a space and Chinese characters, and runs a lesson there as a stranger would, in
 * the C locale and from another folder: {@code TryZip.java ZIP TARGET}.
 */
final class TryZip {
    private TryZip() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path zip = Path.of(args[0]);
        // Where Java itself was started in the C locale, it can't write Chinese names.
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding"));
        Path folder = Path.of(args[1], names.newEncoder().canEncode('试') ? "try zip 试" : "try zip");
        delete(folder.toFile());
        unpack(zip, folder);
        Path root = folder.resolve(zip.getFileName().toString().replace(".zip", ""));

        boolean windows = System.getProperty("os.name").startsWith("Windows");
        Path script = root.resolve(windows ? "adjoint.cmd" : "adjoint");
        if (!windows && !script.toFile().setExecutable(true)) {
            throw new IOException("can't make " + script + " executable");
        }
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        // The first run leaves the archive of classes, the second uses it.
        for (int run = 1; run <= 2; run++) {
            String output = run(script, elsewhere, List.of("lesson", "autograd"));
            if (!output.contains("tensor([ 0.,  4.,  8., 12.])")) {
                throw new IllegalStateException("run " + run + " of the unpacked zip printed:\n" + output);
            }
        }
        delete(folder.toFile());
    }

    private static String run(Path script, Path folder, List<String> arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException("the unpacked zip ended with " + code + ":\n" + output);
        }
        return output;
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (var file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                Path to = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    Files.copy(file.getInputStream(entry), to);
                }
            }
        }
    }

    private static void delete(File file) throws IOException {
        File[] children = file.listFiles();
        for (File child : children == null ? new File[0] : children) {
            delete(child);
        }
        Files.deleteIfExists(file.toPath());
    }
}
