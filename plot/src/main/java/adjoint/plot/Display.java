package adjoint.plot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether there is a display, found out without AWT where possible. */
final class Display {
    private static final String HEADLESS = "java.awt.headless";
    private static final int TIMEOUT_MILLIS = 300;
    private static final Pattern NAME = Pattern.compile("(?:([^/:]*)/)?([^:]*):(\\d{1,5})(?:\\.\\d+)?");

    private Display() {}

    /** Whether a window can be opened. */
    static boolean present() {
        return expected() && Screen.available();
    }

    /** Whether one can be expected to open, as far as can be told without AWT. */
    static boolean expected() {
        prepare();
        return !Boolean.getBoolean(HEADLESS);
    }

    private static final class Checked {
        static {
            if (System.getProperty(HEADLESS) == null && usesX11() && !reachable(System.getenv("DISPLAY"))) {
                System.setProperty(HEADLESS, "true");
            }
        }

        private Checked() {}

        static void now() {}
    }

    /**
     * To be called before AWT is. It connects to the display even to draw into memory, and where DISPLAY names one that
     * is gone (after an ssh session, say) it is broken for the rest of the process; so it is told not to.
     */
    static void prepare() {
        Checked.now();
    }

    private static boolean usesX11() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return !os.contains("win") && !os.contains("mac");
    }

    /** Whether something listens where an X11 client would connect for this value of DISPLAY. */
    static boolean reachable(String display) {
        Matcher m = display == null ? null : NAME.matcher(display);
        if (m == null || !m.matches()) {
            return false;
        }
        String host = m.group(2);
        int number = Integer.parseInt(m.group(3));
        if (host.isEmpty() || host.equals("unix")) {
            return Files.exists(Path.of("/tmp/.X11-unix/X" + number)) || abstractSocket(number);
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), 6000 + number), TIMEOUT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean abstractSocket(int number) {
        try (var lines = Files.lines(Path.of("/proc/net/unix"))) {
            return lines.anyMatch(line -> line.endsWith("@/tmp/.X11-unix/X" + number));
        } catch (IOException | UncheckedIOException _) {
            return false;
        }
    }
}
