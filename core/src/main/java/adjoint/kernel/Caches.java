package adjoint.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The size of this machine's second cache, as Linux tells it; elsewhere, what nearly every machine has at least. */
final class Caches {
    private static final int SECOND = size("index2", 256);

    private Caches() {}

    private static int size(String index, int kilobytes) {
        try {
            String text = Files.readString(Path.of("/sys/devices/system/cpu/cpu0/cache", index, "size"))
                    .strip();
            return Integer.parseInt(text.substring(0, text.length() - 1)) << (text.endsWith("M") ? 20 : 10);
        } catch (IOException | RuntimeException e) {
            return kilobytes << 10;
        }
    }

    /** How many lines of {@code bytes} fill an eighth of the second cache. */
    static int depth(int bytes) {
        return Math.max(64, SECOND / 8 / bytes);
    }

    /** How many lines of {@code bytes} fill a quarter of the second cache, as a multiple. */
    static int rows(int bytes, int multiple) {
        return Math.max(1, SECOND / 4 / bytes / multiple) * multiple;
    }
}
