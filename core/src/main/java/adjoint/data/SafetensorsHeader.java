package adjoint.data;

import adjoint.types.DType;
import adjoint.types.DataException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a safetensors file says before its data: which tensors of which type and shape lie where. Everything is checked
 * here, against the file's real size, before a byte is allocated for data.
 *
 * @param entries the tensors, in the header's order
 * @param metadata the file's free text
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
    /** Bytes before the header: its length. */
    static final int PREFIX = 8;
    /** Longer headers are refused by the format's other readers, too. */
    static final int LONGEST = 100_000_000;

    static final String METADATA = "__metadata__";
    private static final int ALIGNMENT = 8;

    /** An element type of the format, and the one it is read into (exactly: nothing is rounded). */
    enum Stored {
        F64(8, DType.F64),
        F32(4, DType.F32),
        F16(2, DType.F32),
        BF16(2, DType.F32),
        I64(8, DType.I64),
        I32(4, DType.I32),
        I16(2, DType.I16),
        I8(1, DType.I8),
        U8(1, DType.U8),
        BOOL(1, DType.BOOL);

        final int bytes;
        final DType dtype;

        Stored(int bytes, DType dtype) {
            this.bytes = bytes;
            this.dtype = dtype;
        }

        /** What a tensor of this type is written as. */
        static Stored of(DType dtype) {
            return valueOf(dtype.name());
        }

        private static Stored named(Object name) {
            for (Stored s : values()) {
                if (s.name().equals(name)) {
                    return s;
                }
            }
            return null;
        }
    }

    /**
     * One tensor.
     *
     * @param begin its first byte, counted from the end of the header
     * @param end the byte after its last
     */
    record Entry(String name, Stored type, Shape shape, long begin, long end) {}

    /** Lays tensors out: those of wide elements first, so that each begins at a multiple of its element's bytes. */
    static SafetensorsHeader of(Map<String, DType> types, Map<String, Shape> shapes, Map<String, String> metadata) {
        List<String> names = new ArrayList<>(types.keySet());
        names.sort(Comparator.comparingInt((String n) -> -types.get(n).bytes()));
        Map<String, Entry> placed = new LinkedHashMap<>();
        long offset = 0;
        for (String name : names) {
            Stored type = Stored.of(types.get(name));
            Shape shape = shapes.get(name);
            long end = offset + shape.numel() * type.bytes;
            placed.put(name, new Entry(name, type, shape, offset, end));
            offset = end;
        }
        return new SafetensorsHeader(types.keySet().stream().map(placed::get).toList(), metadata);
    }

    /** The entries in the order of their data. */
    List<Entry> byOffset() {
        return entries.stream()
                .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList();
    }

    /** The header's bytes, padded with spaces so that the data begin at a multiple of 8 in the file. */
    byte[] encoded() {
        List<String> members = new ArrayList<>();
        if (!metadata.isEmpty()) {
            List<String> texts = new ArrayList<>();
            metadata.forEach((k, v) -> texts.add(HeaderJson.quoted(k) + ":" + HeaderJson.quoted(v)));
            members.add(HeaderJson.quoted(METADATA) + ":{" + String.join(",", texts) + "}");
        }
        for (Entry e : entries) {
            String sizes = Arrays.toString(e.shape.sizes()).replace(" ", "");
            members.add(HeaderJson.quoted(e.name) + ":{\"dtype\":\"" + e.type + "\",\"shape\":" + sizes
                    + ",\"data_offsets\":[" + e.begin + "," + e.end + "]}");
        }
        byte[] json = ("{" + String.join(",", members) + "}").getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    /**
     * The length of the header, from the file's first 8 bytes.
     *
     * @throws DataException if the file cannot hold a header of this length
     */
    static int checkedLength(Path file, long length, long fileSize) {
        // Negative lengths are huge unsigned ones.
        if (length < 0 || length > fileSize - PREFIX || length > LONGEST) {
            throw bad(
                    file,
                    "at byte 0",
                    "the length of a header that fits into the file's " + fileSize + " bytes (at most " + LONGEST + ")",
                    Long.toUnsignedString(length));
        }
        return (int) length;
    }

    /**
     * Reads and checks a header.
     *
     * @param dataSize the bytes of the file after the header
     * @throws DataException if anything in it is not as it has to be
     */
    static SafetensorsHeader decoded(Path file, byte[] bytes, long dataSize) {
        Object root;
        try {
            root = HeaderJson.parse(bytes);
        } catch (HeaderJson.Malformed e) {
            throw bad(file, "at byte " + (PREFIX + e.position()), e.expected(), e.found());
        }
        if (!(root instanceof Map<?, ?> members)) {
            throw bad(file, "at byte " + PREFIX, "a JSON object", describe(root));
        }
        List<Entry> entries = new ArrayList<>();
        Map<String, String> metadata = Map.of();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            String name = (String) member.getKey();
            if (name.equals(METADATA)) {
                metadata = texts(file, member.getValue());
            } else {
                entries.add(entry(file, name, member.getValue()));
            }
        }
        SafetensorsHeader header = new SafetensorsHeader(List.copyOf(entries), metadata);
        header.checkLayout(file, dataSize);
        return header;
    }

    private static Map<String, String> texts(Path file, Object value) {
        String where = "in the header's " + METADATA;
        if (!(value instanceof Map<?, ?> members)) {
            throw bad(file, where, "a JSON object of strings", describe(value));
        }
        Map<String, String> result = new LinkedHashMap<>();
        members.forEach((key, text) -> {
            if (!(text instanceof String s)) {
                throw bad(file, where, "a string for " + HeaderJson.quoted((String) key), describe(text));
            }
            result.put((String) key, s);
        });
        return result;
    }

    private static Entry entry(Path file, String name, Object value) {
        String where = "in the header's entry of tensor " + HeaderJson.quoted(name);
        if (!(value instanceof Map<?, ?> members)) {
            throw bad(file, where, "a JSON object", describe(value));
        }
        Stored type = Stored.named(members.get("dtype"));
        if (type == null) {
            throw bad(
                    file, where, "a dtype out of " + Arrays.toString(Stored.values()), describe(members.get("dtype")));
        }
        long[] sizes = wholeNumbers(file, where, "shape", members.get("shape"));
        long[] offsets = wholeNumbers(file, where, "data_offsets", members.get("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw bad(file, where, "data_offsets [begin, end], begin not after end", Arrays.toString(offsets));
        }
        Shape shape;
        try {
            shape = Shape.of(sizes);
        } catch (ShapeException e) {
            throw bad(file, where, "a shape of at most 2147483647 elements", Arrays.toString(sizes));
        }
        // At most 2³¹ elements of at most 8 bytes: the product fits.
        if (offsets[1] - offsets[0] != shape.numel() * type.bytes) {
            throw bad(
                    file,
                    where,
                    shape.numel() * type.bytes + " bytes of data, for " + type + " of shape " + shape,
                    "data_offsets " + Arrays.toString(offsets) + ", " + (offsets[1] - offsets[0]) + " bytes");
        }
        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private static long[] wholeNumbers(Path file, String where, String key, Object value) {
        if (!(value instanceof List<?> list)) {
            throw bad(file, where, "a list of whole numbers as " + key, describe(value));
        }
        long[] result = new long[list.size()];
        for (int i = 0; i < result.length; i++) {
            if (!(list.get(i) instanceof Long n) || n < 0) {
                throw bad(file, where, "whole numbers, not negative, in " + key, describe(list.get(i)));
            }
            result[i] = n;
        }
        return result;
    }

    /** The data follow one another without gap or overlap and fill the file to its end. */
    private void checkLayout(Path file, long dataSize) {
        long offset = 0;
        for (Entry e : byOffset()) {
            if (e.begin != offset) {
                throw bad(
                        file,
                        "in the header's entry of tensor " + HeaderJson.quoted(e.name),
                        "data that begin where the tensor before ends, at " + offset,
                        "data_offsets [" + e.begin + ", " + e.end + "]");
            }
            offset = e.end;
        }
        if (offset != dataSize) {
            throw bad(
                    file,
                    "after the header",
                    offset + " bytes of data (so much do its tensors take)",
                    dataSize + (dataSize < offset ? ": the file is cut off" : ""));
        }
    }

    private static String describe(Object value) {
        return switch (value) {
            case null -> "nothing";
            case String s -> HeaderJson.quoted(s.length() > 40 ? s.substring(0, 40) + "…" : s);
            case Map<?, ?> _ -> "a JSON object";
            case List<?> _ -> "a JSON list";
            default -> value.toString();
        };
    }

    static DataException bad(Path file, String where, String expected, String found) {
        return new DataException("load " + file + ": " + where + ", expected " + expected + "; found " + found
                + ". The file is damaged or is no safetensors file: save or download it again.");
    }
}
