package adjoint.plot;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Finds a font with Chinese characters by its file's name in the systems' usual folders. Asking Java for all fonts
 * opens every file, which takes seconds where there are many.
 */
final class FontFiles {
    /** Beginnings of file names in lower case, the most readable first; all have the simplified characters. */
    private static final List<String> NAMES = List.of(
            "notosanscjk-regular",
            "notosanscjksc-regular",
            "notosanscjk",
            "notosanssc-regular",
            "notosanssc",
            "sourcehansanssc-regular",
            "sourcehansanscn-regular",
            "sourcehansans-regular",
            "sourcehansans",
            "wqy-microhei",
            "wqy-zenhei",
            "msyh",
            "pingfang",
            "hiragino sans gb",
            "stheiti light",
            "stheiti",
            "simhei",
            "deng.",
            "droidsansfallback",
            "simsun",
            "notoserifcjk-regular",
            "uming",
            "ukai",
            "gkai00mp",
            "gbsn00lp",
            "unifont",
            "arial unicode");

    private static final int MAX_DEPTH = 6;

    private FontFiles() {}

    /** Fonts with Chinese characters, the preferred one first; empty if none was found. */
    static List<Font> chinese() {
        return chinese(folders());
    }

    static List<Font> chinese(List<Path> folders) {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> walk = Files.walk(folder, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
                    walk.filter(f -> rank(f) < NAMES.size()).forEach(files::add);
                } catch (IOException | UncheckedIOException _) {
                    // A folder that cannot be read has no fonts for us.
                    continue;
                }
            }
        }
        files.sort(Comparator.comparingInt(FontFiles::rank).thenComparing(Path::toString));
        for (Path file : files) {
            Font font = open(file);
            if (font != null) {
                return List.of(font);
            }
        }
        return List.of();
    }

    private static int rank(Path file) {
        String name =
                file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".ttf") && !name.endsWith(".ttc") && !name.endsWith(".otf") && !name.endsWith(".otc")) {
            return NAMES.size();
        }
        for (int i = 0; i < NAMES.size(); i++) {
            if (name.startsWith(NAMES.get(i))) {
                return i;
            }
        }
        return NAMES.size();
    }

    /** The font in that file that writes Chinese as in China, or null. */
    private static Font open(Path file) {
        try {
            Font best = null;
            for (Font font : Font.createFonts(file.toFile())) {
                if (font.canDisplay('中') && font.canDisplay('误') && (best == null || score(font) > score(best))) {
                    best = font;
                }
            }
            return best;
        } catch (IOException | FontFormatException | UnsupportedOperationException _) {
            return null;
        }
    }

    /** Collections hold a face a region, whose shapes of the same character differ; some also a monospaced one. */
    private static int score(Font font) {
        String name = font.getFontName(Locale.ROOT);
        return (name.contains(" SC") || name.contains(" CN") ? 2 : 0) - (name.contains("Mono") ? 1 : 0);
    }

    private static List<Path> folders() {
        String home = System.getProperty("user.home", "");
        List<String> names = new ArrayList<>();
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.contains("win")) {
            String root = System.getenv("SystemRoot");
            names.add((root == null ? "C:\\Windows" : root) + "\\Fonts");
            names.add(home + "\\AppData\\Local\\Microsoft\\Windows\\Fonts");
        } else if (os.contains("mac")) {
            names.addAll(List.of("/System/Library/Fonts", "/Library/Fonts", home + "/Library/Fonts"));
            names.add("/System/Library/AssetsV2/com_apple_MobileAsset_Font7");
        } else {
            String data = System.getenv("XDG_DATA_HOME");
            names.addAll(List.of("/usr/share/fonts", "/usr/local/share/fonts", "/usr/X11R6/lib/X11/fonts"));
            names.add((data == null ? home + "/.local/share" : data) + "/fonts");
            names.add(home + "/.fonts");
        }
        List<Path> folders = new ArrayList<>();
        for (String name : names) {
            try {
                folders.add(Path.of(name));
            } catch (InvalidPathException _) {
                // A home folder with characters that this locale cannot write: no fonts from there.
                continue;
            }
        }
        return folders;
    }
}
