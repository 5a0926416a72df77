package adjoint.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** What figures were measured on. */
final class Machine {
    private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

    private Machine() {}

    /** The machine, its limits, the JVM, the date and the command, a line each. */
    static List<String> circumstances(Settings settings, Map<Integer, Roof> roofs) {
        var os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        List<String> lines = new ArrayList<>();
        lines.add("Machine: %s, %d processors%s; %.0f GiB; %s %s"
                .formatted(
                        processor(),
                        os.getAvailableProcessors(),
                        caches(),
                        os.getTotalMemorySize() / (double) (1 << 30),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch")));
        roofs.forEach((threads, roof) ->
                lines.add("Limits with " + threads + (threads == 1 ? " thread: " : " threads: ") + limits(roof)));
        lines.add("JVM: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")
                + ", flags: " + String.join(" ", Processes.flags()));
        lines.add(
                "Date: " + ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES) + ", commit " + commit());
        lines.add("Command: `./adjoint bench" + (settings.commandLine().isEmpty() ? "" : " ") + settings.commandLine()
                + "`");
        return lines;
    }

    /** Other programs' share shows here: an idle machine stands below 1 while a benchmark runs alone. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String limits(Roof roof) {
        var text = new StringJoiner(", ");
        if (!Double.isNaN(roof.flops32())) {
            text.add("%.0f GFLOP/s with F32 and %.0f with F64".formatted(roof.flops32() / 1e9, roof.flops64() / 1e9));
        }
        for (int i = 0; i < roof.sizes().length; i++) {
            double size = roof.sizes()[i];
            text.add("%.0f GB/s to and from %s"
                    .formatted(
                            roof.rates()[i] / 1e9,
                            size < 1 << 20
                                    ? "%.0f KiB".formatted(size / 1024)
                                    : "%.0f MiB".formatted(size / (1 << 20))));
        }
        return text.toString();
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException e) {
            String name = System.getenv("PROCESSOR_IDENTIFIER"); // Windows
            return name == null ? "unknown processor" : name;
        }
    }

    /** Where Linux tells: {@code , caches L1d 32K, L2 512K, L3 32768K}. */
    private static String caches() {
        var text = new StringJoiner(", ", ", caches ", "").setEmptyValue("");
        try (Stream<Path> folders = Files.list(CACHES)) {
            for (Path folder : folders.filter(f -> f.getFileName().toString().startsWith("index"))
                    .sorted()
                    .toList()) {
                String type = read(folder.resolve("type"));
                if (!type.equals("Instruction")) {
                    text.add("L" + read(folder.resolve("level")) + (type.equals("Data") ? "d " : " ")
                            + read(folder.resolve("size")));
                }
            }
            return text.toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    private static String commit() {
        try {
            String root = Processes.root().toString();
            String id = Processes.run(List.of("git", "-C", root, "rev-parse", "--short", "HEAD"))
                    .lines()
                    .getFirst();
            boolean changed = !Processes.run(List.of("git", "-C", root, "status", "--porcelain", "-uno", "--", "core"))
                    .lines()
                    .isEmpty();
            return id + (changed ? " with changes in core" : "");
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    /** Whether the system's name begins so. */
    static boolean isWindows() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}
