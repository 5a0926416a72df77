package adjoint.plot;

import adjoint.types.DataException;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The fonts of all texts: DejaVu Sans, which comes along and is therefore the same everywhere, and for each character
 * that it lacks (Chinese, above all) an installed font that has it. Java's own fallback is not used: it depends on the
 * locale and on what the logical fonts are mapped to.
 */
final class Fonts {
    /** Sub-pixel positions and unhinted outlines: texts then have the same width at any scale, and in SVG. */
    static final FontRenderContext CONTEXT = new FontRenderContext(new AffineTransform(), true, true);

    /** The JDK's own switch for where its font configuration lies. */
    private static final String CONFIGURATION = "sun.awt.fontconfig";

    private static final String TEMPORARY = System.getProperty("java.io.tmpdir");

    /** How texts find fonts in tests: null stands for the machine's own. */
    private static List<Font> installed;

    private static boolean warned;

    private Fonts() {}

    private static final class Regular {
        static final Font FONT = bundled("DejaVuSans.ttf");
    }

    private static final class Bold {
        static final Font FONT = bundled("DejaVuSans-Bold.ttf");
    }

    static Font regular(double pixels) {
        return Regular.FONT.deriveFont((float) pixels);
    }

    static Font bold(double pixels) {
        return Bold.FONT.deriveFont((float) pixels);
    }

    private static Font bundled(String name) {
        try {
            try {
                return load(name);
            } catch (IOException | InternalError e) {
                // Java on Linux refuses every font where the system has no font configuration, as in small containers.
                if (System.getProperty(CONFIGURATION) != null) {
                    throw e;
                }
                System.setProperty(CONFIGURATION, emptyConfiguration().toString());
                return load(name);
            }
        } catch (IOException | FontFormatException e) {
            throw new DataException(
                    "drawing: the font " + name + " cannot be loaded (" + e.getMessage() + "). Install fontconfig "
                            + "(apt install fontconfig), and see that there is room in " + TEMPORARY + ".",
                    e);
        }
    }

    private static Font load(String name) throws IOException, FontFormatException {
        try (InputStream in = Fonts.class.getResourceAsStream("fonts/" + name)) {
            if (in == null) {
                throw new DataException("drawing: the font " + name + " is missing from adjoint-plot's jar. "
                        + "Take the jar as it was published.");
            }
            return Font.createFont(Font.TRUETYPE_FONT, in);
        }
    }

    /** The least that Java takes for a font configuration: it then looks for fonts in the usual folders by itself. */
    private static Path emptyConfiguration() throws IOException {
        Path file = Files.createTempFile("adjoint-fonts-", ".properties");
        file.toFile().deleteOnExit();
        return Files.writeString(file, "version=1\nsequence.allfonts=default\n");
    }

    /** A stretch of text in one font; x is where it begins. */
    record Run(String text, Font font, GlyphVector glyphs, double x) {}

    /** A line of text, split where the font changes. */
    record Line(List<Run> runs, double width) {}

    /** Splits and measures a line of text set in {@code base}, falling back glyph by glyph. */
    static Line line(String text, Font base) {
        List<Run> runs = new ArrayList<>();
        double x = 0;
        int start = 0;
        while (start < text.length()) {
            Font font = fontFor(text.codePointAt(start), base);
            int end = start;
            while (end < text.length()) {
                int c = text.codePointAt(end);
                if (end > start && fontFor(c, base) != font) {
                    break;
                }
                end += Character.charCount(c);
            }
            String part = text.substring(start, end);
            GlyphVector glyphs = font.deriveFont(base.getSize2D()).createGlyphVector(CONTEXT, part);
            runs.add(new Run(part, font, glyphs, x));
            x += glyphs.getLogicalBounds().getWidth();
            start = end;
        }
        return new Line(runs, x);
    }

    /** {@code base} or the first installed font that has the character; {@code base}'s box if none has. */
    private static Font fontFor(int c, Font base) {
        if (base.canDisplay(c) || Character.isWhitespace(c) || Character.isISOControl(c)) {
            return base;
        }
        for (Font font : installed()) {
            if (font.canDisplay(c)) {
                return font;
            }
        }
        warn(c);
        return base;
    }

    private static synchronized List<Font> installed() {
        if (installed == null) {
            installed = FontFiles.chinese();
            if (installed.isEmpty()) {
                installed = otherFonts();
            }
        }
        return installed;
    }

    /** The slow way, for machines whose fonts lie elsewhere: every font that Java finds, if it has Chinese. */
    private static List<Font> otherFonts() {
        List<Font> found = new ArrayList<>();
        for (Font font : GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts()) {
            if (font.canDisplay('中') && font.canDisplay('误')) {
                found.add(font);
            }
        }
        return List.copyOf(found);
    }

    private static synchronized void warn(int c) {
        if (!warned) {
            warned = true;
            System.err.println(advice(c, System.getProperty("os.name", "")));
        }
    }

    static String advice(int c, String system) {
        String name = system.toLowerCase(Locale.ROOT);
        String how = name.contains("win")
                ? "install \"Microsoft YaHei\" (Settings, Optional features, Chinese supplemental fonts)"
                : name.contains("mac")
                        ? "install \"PingFang SC\" or \"Noto Sans CJK SC\" (Font Book)"
                        : "install one, e.g. apt install fonts-noto-cjk (Debian, Ubuntu) or "
                                + "dnf install google-noto-sans-cjk-fonts (Fedora)";
        return "adjoint.plot: no installed font has the character " + String.format("U+%04X", c)
                + ", so boxes are drawn; " + how;
    }

    /** For tests: these fonts stand for the installed ones; null for the machine's own again. */
    static synchronized void install(List<Font> fonts) {
        installed = fonts;
        warned = false;
    }
}
