package adjoint.data;

import adjoint.data.SafetensorsHeader.Entry;
import adjoint.types.DType;
import adjoint.types.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * The numbers of a safetensors file, little-endian, to and from Java arrays ({@code float[]}, {@code double[]},
 * {@code long[]}, {@code boolean[]}), through a buffer of fixed size.
 */
final class SafetensorsData {
    private static final int BUFFER = 1 << 16;

    private SafetensorsData() {}

    static ByteBuffer buffer() {
        return ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A zeroed array for an entry's elements.
     *
     * @throws OutOfMemoryError naming the tensor, its shape, the bytes and {@code -Xmx}
     */
    static Object allocate(Entry entry) {
        int n = (int) entry.shape().numel();
        DType dtype = entry.type().dtype;
        try {
            return switch (dtype) {
                case F32 -> new float[n];
                case F64 -> new double[n];
                case BOOL -> new boolean[n];
                default -> new long[n];
            };
        } catch (OutOfMemoryError e) {
            var error = new OutOfMemoryError("load: tensor " + HeaderJson.quoted(entry.name()) + " of shape "
                    + entry.shape() + " takes " + (long) n * dtype.bytes()
                    + " bytes, which the Java heap has no room for. Give the JVM more with -Xmx.");
            error.initCause(e);
            throw error;
        }
    }

    /** Writes all elements of an array as an entry's type. */
    static void write(WritableByteChannel to, Entry entry, Object array, ByteBuffer buffer) throws IOException {
        int n = java.lang.reflect.Array.getLength(array);
        for (int from = 0; from < n; ) {
            int count = Math.min(n - from, BUFFER / Double.BYTES);
            buffer.clear();
            switch (array) {
                case float[] a -> {
                    buffer.asFloatBuffer().put(a, from, count);
                    buffer.limit(count * Float.BYTES);
                }
                case double[] a -> {
                    buffer.asDoubleBuffer().put(a, from, count);
                    buffer.limit(count * Double.BYTES);
                }
                case long[] a -> {
                    for (int i = from; i < from + count; i++) {
                        put(buffer, entry.type(), a[i]);
                    }
                    buffer.flip();
                }
                case boolean[] a -> {
                    for (int i = from; i < from + count; i++) {
                        buffer.put((byte) (a[i] ? 1 : 0));
                    }
                    buffer.flip();
                }
                default -> throw new AssertionError(array.getClass());
            }
            writeAll(to, buffer);
            from += count;
        }
    }

    private static void put(ByteBuffer buffer, SafetensorsHeader.Stored type, long value) {
        switch (type) {
            case I64 -> buffer.putLong(value);
            case I32 -> buffer.putInt((int) value);
            case I16 -> buffer.putShort((short) value);
            case I8, U8 -> buffer.put((byte) value);
            default -> throw new AssertionError(type);
        }
    }

    static void writeAll(WritableByteChannel to, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    /** Fills the buffer from its position to its limit. */
    static void readAll(ReadableByteChannel from, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (from.read(buffer) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
    }

    /**
     * Reads an entry's elements into an array made for them, converting where Java's array is of a wider type.
     *
     * @throws DataException if a truth value is neither 0 nor 1
     */
    static void read(ReadableByteChannel from, Path file, Entry entry, Object array, ByteBuffer buffer)
            throws IOException {
        int n = (int) entry.shape().numel();
        int width = entry.type().bytes;
        for (int at = 0; at < n; ) {
            int count = Math.min(n - at, BUFFER / width);
            buffer.clear().limit(count * width);
            readAll(from, buffer);
            buffer.flip();
            switch (array) {
                case float[] a -> floats(entry, buffer, a, at, count);
                case double[] a -> buffer.asDoubleBuffer().get(a, at, count);
                case long[] a -> longs(entry, buffer, a, at, count);
                case boolean[] a -> truths(file, entry, buffer, a, at, count);
                default -> throw new AssertionError(array.getClass());
            }
            at += count;
        }
    }

    private static void floats(Entry entry, ByteBuffer buffer, float[] a, int at, int count) {
        switch (entry.type()) {
            case F32 -> buffer.asFloatBuffer().get(a, at, count);
            case F16 -> {
                for (int i = at; i < at + count; i++) {
                    a[i] = Float.float16ToFloat(buffer.getShort());
                }
            }
            case BF16 -> {
                for (int i = at; i < at + count; i++) {
                    a[i] = Float.intBitsToFloat(buffer.getShort() << 16);
                }
            }
            default -> throw new AssertionError(entry.type());
        }
    }

    private static void longs(Entry entry, ByteBuffer buffer, long[] a, int at, int count) {
        switch (entry.type()) {
            case I64 -> buffer.asLongBuffer().get(a, at, count);
            case I32 -> {
                for (int i = at; i < at + count; i++) {
                    a[i] = buffer.getInt();
                }
            }
            case I16 -> {
                for (int i = at; i < at + count; i++) {
                    a[i] = buffer.getShort();
                }
            }
            case I8 -> {
                for (int i = at; i < at + count; i++) {
                    a[i] = buffer.get();
                }
            }
            case U8 -> {
                for (int i = at; i < at + count; i++) {
                    a[i] = Byte.toUnsignedLong(buffer.get());
                }
            }
            default -> throw new AssertionError(entry.type());
        }
    }

    private static void truths(Path file, Entry entry, ByteBuffer buffer, boolean[] a, int at, int count) {
        for (int i = at; i < at + count; i++) {
            byte b = buffer.get();
            if ((b & ~1) != 0) {
                throw SafetensorsHeader.bad(
                        file,
                        "in element " + i + " of tensor " + HeaderJson.quoted(entry.name()),
                        "0 or 1 for a truth value",
                        "byte " + Byte.toUnsignedInt(b));
            }
            a[i] = b == 1;
        }
    }
}
