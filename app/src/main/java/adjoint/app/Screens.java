package adjoint.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether pictures can open in windows: a guess that costs nothing, as a lesson may draw none. */
final class Screens {
    private static final Pattern LOCAL = Pattern.compile("(?:unix)?:(\\d{1,5})(?:\\.\\d+)?");
    private static final Path SOCKETS = Path.of("/tmp/.X11-unix");

    private Screens() {}

    static boolean possible() {
        String told = System.getProperty("java.awt.headless");
        if (told != null) {
            return !Boolean.parseBoolean(told);
        }
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return os.contains("win") || os.contains("mac") || serves(System.getenv("DISPLAY"));
    }

    /** Whether an X server may answer under this name. One on this machine has a socket; others are believed. */
    private static boolean serves(String display) {
        if (display == null || display.isBlank()) {
            return false;
        }
        Matcher local = LOCAL.matcher(display);
        return !local.matches() || Files.exists(SOCKETS.resolve("X" + local.group(1)));
    }
}
