package adjoint.plot;

import adjoint.types.DataException;
import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.AWTError;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/** Turns figures into bytes and files. */
final class Output {
    private static final AtomicInteger SHOWN = new AtomicInteger();
    private static final AtomicInteger WRITTEN = new AtomicInteger();

    /** A picture of more pixels than this would take over a gigabyte to draw. */
    private static final long MAX_PIXELS = 250_000_000;

    private static final String PNG_METADATA = "javax_imageio_png_1.0";

    private Output() {}

    static byte[] png(Figure figure, double scale) {
        int width = (int) Math.round(figure.width() * scale);
        int height = (int) Math.round(figure.height() * scale);
        if ((long) width * height > MAX_PIXELS) {
            throw new DataException("drawing: " + width + " × " + height + " pixels are too many for one picture. "
                    + "Lower the figure's size or scale.");
        }
        return drawing(() -> {
            var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D g = image.createGraphics();
            g.scale((double) width / figure.width(), (double) height / figure.height());
            Painter.paint(figure, g, figure.width(), figure.height(), false);
            g.dispose();
            return encode(image, 100 * scale);
        });
    }

    private static byte[] encode(BufferedImage image, double pixelsPerInch) {
        // Its default is a temporary file for each picture.
        ImageIO.setUseCache(false);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
            String perMetre = Long.toString(Math.round(pixelsPerInch / 0.0254));
            var resolution = new IIOMetadataNode("pHYs");
            resolution.setAttribute("pixelsPerUnitXAxis", perMetre);
            resolution.setAttribute("pixelsPerUnitYAxis", perMetre);
            resolution.setAttribute("unitSpecifier", "meter");
            var root = new IIOMetadataNode(PNG_METADATA);
            root.appendChild(resolution);
            metadata.mergeTree(PNG_METADATA, root);
            writer.setOutput(out);
            writer.write(new IIOImage(image, null, metadata));
        } catch (IOException e) {
            throw new DataException("drawing: the picture cannot be encoded (" + e.getMessage() + "). Try SVG.", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static String svg(Figure figure) {
        return drawing(() -> {
            var g = new VectorGraphics2D();
            Painter.paint(figure, g, figure.width(), figure.height(), true);
            // Else its finalizer would, and add to the commands while they are read.
            g.dispose();
            Document document =
                    new SVGProcessor().getDocument(g.getCommands(), new PageSize(figure.width(), figure.height()));
            var bytes = new ByteArrayOutputStream();
            try {
                document.writeTo(bytes);
            } catch (IOException e) {
                throw new DataException("drawing: the picture cannot be encoded (" + e.getMessage() + "). Try PNG.", e);
            }
            return tidy(bytes.toString(StandardCharsets.UTF_8), figure);
        });
    }

    /** Without the DTD, which parsers would fetch from the network; with a title for those who cannot see it. */
    private static String tidy(String svg, Figure figure) {
        String title = figure.title.isEmpty() ? figure.at(0, 0).title : figure.title;
        String body = svg.substring(svg.indexOf("<svg"));
        int end = body.indexOf('>') + 1;
        String described = title.isEmpty() ? "" : "\n  <title>" + escaped(title) + "</title>";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body.substring(0, end) + described
                + body.substring(end).replace("\r\n", "\n");
    }

    private static String escaped(String text) {
        var safe = new StringBuilder();
        text.codePoints().filter(c -> c >= ' ' || c == '\n').forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    /** Runs what needs AWT, and says in one line what is wrong where that is missing or broken. */
    private static <T> T drawing(Supplier<T> work) {
        Display.prepare();
        try {
            return work.get();
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError | AWTError e) {
            throw broken(e);
        } catch (InternalError e) {
            // What Java throws where the system has no font configuration.
            throw broken(e);
        }
    }

    private static DataException broken(Error e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            if (cause.getCause() instanceof DataException told) {
                return told;
            }
            cause = cause.getCause();
        }
        String advice = cause instanceof AWTError
                ? "Run with -Djava.awt.headless=true, or unset DISPLAY, to draw into files only."
                : "Use a full JDK rather than a headless or reduced one, and install fontconfig and a font "
                        + "(apt install fontconfig fonts-dejavu-core).";
        return new DataException("drawing: this Java cannot draw (" + cause + "). " + advice, e);
    }

    // Files

    static void save(Figure figure, Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        byte[] bytes = switch (extension) {
            case "png" -> {
                checkFolder(file);
                yield figure.toPng();
            }
            case "svg" -> {
                checkFolder(file);
                yield figure.toSvg().getBytes(StandardCharsets.UTF_8);
            }
            default ->
                throw new DataException("save(" + file + "): "
                        + (extension.isEmpty()
                                ? "the name has no ending"
                                : "." + extension + " is no format known here")
                        + ". Let the name end in .png or .svg.");
        };
        write(file, bytes);
    }

    private static void checkFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new DataException("save(" + file + "): there is no folder " + folder + ". Create it first.");
        }
        if (Files.isDirectory(file)) {
            throw new DataException("save(" + file + "): this is a folder. Give the name of a file.");
        }
    }

    /** Writes beside the target and moves into place, so that nobody ever sees half a picture. */
    private static void write(Path file, byte[] bytes) {
        Path absolute = file.toAbsolutePath();
        // Not createTempFile, whose files are readable by their owner alone.
        String unique = ProcessHandle.current().pid() + "-" + WRITTEN.incrementAndGet();
        Path beside = absolute.resolveSibling(".adjoint-plot-" + unique + ".tmp");
        try {
            Files.write(beside, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException _) {
                Files.move(beside, absolute, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            delete(beside);
            throw new DataException(
                    "save(" + file + "): the file cannot be written (" + e + "). "
                            + "Choose a folder that you may write to and that has room.",
                    e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // The first error is the one to tell.
            return;
        }
    }

    /** What {@code show} does without a display. */
    static void saveInstead(Figure figure) {
        String name = "adjoint-plot-" + SHOWN.incrementAndGet() + ".png";
        String folder = System.getProperty("adjoint.plot.dir", "");
        Path file;
        try {
            file = Path.of(folder, name);
        } catch (InvalidPathException e) {
            throw new DataException("show: adjoint.plot.dir is no folder's name: " + folder + ". Correct it.", e);
        }
        save(figure, file);
        System.out.println("no display here; the picture is in " + file.toAbsolutePath());
    }
}
