package adjoint.plot;

import java.awt.Font;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a TrueType font whose only character is a full square, to stand for an installed Chinese font in tests. */
final class TinyFont {
    private static final int UNITS = 1000;

    private TinyFont() {}

    interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Body body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static void shorts(DataOutputStream out, int... values) throws IOException {
        for (int v : values) {
            out.writeShort(v);
        }
    }

    /** A font that has only {@code c}. */
    static Font of(char c) throws Exception {
        byte[] square = bytes(out -> {
            shorts(out, 1, 0, 0, UNITS, UNITS, 3, 0);
            out.write(new byte[] {1, 1, 1, 1});
            shorts(out, 0, 0, UNITS, 0, 0, UNITS, 0, -UNITS);
        });
        Map<String, byte[]> tables = new LinkedHashMap<>();
        tables.put("OS/2", bytes(out -> {
            shorts(out, 4, UNITS, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 250, 0);
            out.write(new byte[10]);
            out.write(new byte[16]);
            out.writeBytes("test");
            shorts(out, 0x40, c, c, 800, -200, 0, 800, 200);
            out.write(new byte[8]);
            shorts(out, 500, 700, 0, 32, 0);
        }));
        tables.put("cmap", bytes(out -> {
            shorts(out, 0, 1, 3, 1);
            out.writeInt(12);
            shorts(out, 4, 32, 0, 4, 4, 1, 0, c, 0xffff, 0, c, 0xffff, 1 - c, 1, 0, 0);
        }));
        tables.put("glyf", square);
        tables.put("head", bytes(out -> {
            out.writeInt(0x00010000);
            out.writeInt(0x00010000);
            out.writeInt(0);
            out.writeInt(0x5F0F3CF5);
            shorts(out, 0, UNITS);
            out.write(new byte[16]);
            shorts(out, 0, 0, UNITS, UNITS, 0, 8, 2, 0, 0);
        }));
        tables.put("hhea", bytes(out -> {
            out.writeInt(0x00010000);
            shorts(out, 800, -200, 0, UNITS, 0, 0, UNITS, 1, 0, 0, 0, 0, 0, 0, 0, 2);
        }));
        tables.put("hmtx", bytes(out -> shorts(out, UNITS, 0, UNITS, 0)));
        tables.put("loca", bytes(out -> shorts(out, 0, 0, square.length / 2)));
        tables.put("maxp", bytes(out -> {
            out.writeInt(0x00010000);
            shorts(out, 2, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0);
        }));
        tables.put("name", bytes(out -> {
            byte[] name = "Tiny".getBytes(StandardCharsets.UTF_16BE);
            shorts(out, 0, 3, 6 + 3 * 12);
            for (int id : new int[] {1, 4, 6}) {
                shorts(out, 3, 1, 0x409, id, name.length, 0);
            }
            out.write(name);
        }));
        tables.put("post", bytes(out -> {
            out.writeInt(0x00030000);
            out.write(new byte[28]);
        }));
        return Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(file(tables)));
    }

    private static byte[] file(Map<String, byte[]> tables) throws IOException {
        return bytes(out -> {
            out.writeInt(0x00010000);
            shorts(out, tables.size(), 128, 3, 16 * tables.size() - 128);
            int offset = 12 + 16 * tables.size();
            for (var table : tables.entrySet()) {
                out.writeBytes(table.getKey());
                out.writeInt(0);
                out.writeInt(offset);
                out.writeInt(table.getValue().length);
                offset += (table.getValue().length + 3) / 4 * 4;
            }
            for (byte[] body : tables.values()) {
                out.write(body);
                out.write(new byte[(4 - body.length % 4) % 4]);
            }
        });
    }
}
