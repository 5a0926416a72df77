package adjoint.tables;

import adjoint.types.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file's bytes as text. What does not fit the encoding is an error with the line and, if it can be told, the right one. */
final class CsvText {
    private CsvText() {}

    /** @param named the encoding that was asked for, or null for UTF-8 (or UTF-16, where a byte order mark says so) */
    static String read(Path file, Charset named) {
        byte[] bytes = bytes(file);
        if (bytes.length == 0) {
            throw new DataException("read " + file + ": the file is empty. A table has a header line and rows.");
        }
        Charset charset =
                named != null ? named : hasUtf16Mark(bytes) ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        if (charset.equals(StandardCharsets.UTF_8)) {
            refuseBinary(file, bytes);
        }
        CharBuffer text = CharBuffer.allocate(
                (int) Math.ceil(bytes.length * (double) charset.newDecoder().maxCharsPerByte()) + 1);
        int bad = decode(bytes, charset, text);
        if (bad >= 0) {
            int line = 1;
            for (int i = 0; i < bad; i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new DataException("read " + file + ": line " + line + " is not " + charset.name() + " text (byte "
                    + String.format("0x%02X", bytes[bad]) + "). " + remedy(bytes, charset));
        }
        String decoded = text.flip().toString();
        return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
    }

    static Charset charset(String name) {
        try {
            return Charset.forName(name.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new DataException(
                    "read a table with the encoding " + Names.quoted(name) + ": Java knows none of this name. "
                            + Names.nearest(name, Charset.availableCharsets().keySet())
                                    .map(near -> "Did you mean " + near + "?")
                                    .orElse("Usual ones are UTF-8, GBK, windows-1252."),
                    e);
        }
    }

    private static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw new DataException("read " + file + ": it is a folder. Name the CSV file in it.");
        }
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new DataException(
                    "read " + file + ": there is no such file. Check the path (the working folder is "
                            + Path.of("").toAbsolutePath() + ").",
                    e);
        } catch (IOException e) {
            throw new DataException("read " + file + ": " + e + ". Check that it may be read.", e);
        } catch (OutOfMemoryError e) {
            throw new DataException("read " + file + ": it does not fit into memory. Give Java more with -Xmx.", e);
        }
    }

    private static boolean hasUtf16Mark(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        return first == 0xFEFF || first == 0xFFFE;
    }

    private static void refuseBinary(Path file, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw new DataException("read " + file + ": it is no text file (byte " + i
                        + " is zero), so it is not CSV. Export the table as CSV in UTF-8.");
            }
        }
    }

    /** Decodes all bytes; returns the position of the first that does not fit, or -1. */
    private static int decode(byte[] bytes, Charset charset, CharBuffer into) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = decoder.decode(in, into, true);
        if (!result.isError()) {
            result = decoder.flush(into);
        }
        return result.isError() ? in.position() : -1;
    }

    private static String remedy(byte[] bytes, Charset tried) {
        for (String name : List.of("UTF-8", "GBK", "GB18030")) {
            if (!Charset.isSupported(name) || Charset.forName(name).equals(tried)) {
                continue;
            }
            if (decode(bytes, Charset.forName(name), CharBuffer.allocate(bytes.length + 1)) < 0) {
                return "It can be read as " + name + ": --encoding " + name + ", or in Java Csv.format().encoding(\""
                        + name + "\").";
            }
        }
        return "Save it as UTF-8, or say what it is: --encoding windows-1252, or in Java Csv.format().encoding(…).";
    }
}
