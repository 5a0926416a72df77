package adjoint.data;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Files of the IDX format, in which MNIST and its like come: a type, the sizes, the numbers, big-endian; as they are or packed
 * with gzip. LeCun's description: yann.lecun.com/exdb/mnist.
 */
public final class Idx {
    private static final int LARGEST_RANK = 8;

    private Idx() {}

    /** The type of the elements, by the third byte of the file. */
    private enum Stored {
        UNSIGNED_BYTES(0x08, 1, DType.U8),
        BYTES(0x09, 1, DType.I8),
        SHORTS(0x0B, 2, DType.I16),
        INTS(0x0C, 4, DType.I32),
        FLOATS(0x0D, 4, DType.F32),
        DOUBLES(0x0E, 8, DType.F64);

        final int code;
        final int bytes;
        final DType dtype;

        Stored(int code, int bytes, DType dtype) {
            this.code = code;
            this.bytes = bytes;
            this.dtype = dtype;
        }

        static Stored of(int code) {
            for (Stored each : values()) {
                if (each.code == code) {
                    return each;
                }
            }
            return null;
        }
    }

    /**
     * The tensor in a file, of its shape and type.
     *
     * @throws DataException if there is no such file, or it is damaged or of another format; the message says where
     */
    public static Tensor read(Path file) {
        byte[] content = unpacked(file);
        ByteBuffer in = ByteBuffer.wrap(content);
        if (content.length < 4) {
            throw bad(file, "at byte 0", "the four bytes that an IDX file begins with", content.length + " bytes");
        }
        int magic = in.getInt();
        Stored stored = Stored.of(magic >>> 8);
        int rank = magic & 0xff;
        if (stored == null || rank > LARGEST_RANK) {
            throw bad(
                    file,
                    "at byte 0",
                    "0, 0, a type (8, 9, 11 to 14) and a number of dimensions up to " + LARGEST_RANK,
                    String.format("0x%08x", magic));
        }
        Shape shape = shape(file, in, rank);
        long expected = shape.numel() * stored.bytes;
        if (in.remaining() != expected) {
            throw bad(
                    file,
                    "at byte " + in.position(),
                    expected + " bytes, for " + stored.dtype + " of shape " + shape,
                    in.remaining() + (in.remaining() < expected ? ": the file is cut off" : ""));
        }
        return tensor(in, stored, (int) shape.numel()).reshape(shape.sizes());
    }

    private static byte[] unpacked(Path file) {
        byte[] packed;
        try {
            packed = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new DataException("read " + file + ": there is no such file. Check the path; download the file.", e);
        } catch (IOException e) {
            throw new DataException("read " + file + ": it cannot be read (" + e.getMessage() + "). Check it.", e);
        }
        boolean isPacked = packed.length > 1 && packed[0] == 0x1f && (packed[1] & 0xff) == 0x8b;
        if (!isPacked) {
            return packed;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        } catch (EOFException e) {
            throw bad(file, "at byte " + packed.length, "more packed data", "the end: the file is cut off", e);
        } catch (ZipException e) {
            throw bad(file, "in the packed data", "what gzip has written", "something else: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DataException("read " + file + ": it cannot be unpacked (" + e.getMessage() + "). Check it.", e);
        }
    }

    private static Shape shape(Path file, ByteBuffer in, int rank) {
        if (in.remaining() < 4 * rank) {
            throw bad(
                    file,
                    "at byte 4",
                    "the sizes of " + rank + " dimensions, 4 bytes each",
                    in.remaining() + " bytes: the file is cut off");
        }
        long[] sizes = new long[rank];
        for (int d = 0; d < rank; d++) {
            sizes[d] = Integer.toUnsignedLong(in.getInt());
        }
        try {
            return Shape.of(sizes);
        } catch (ShapeException e) {
            throw bad(file, "at byte 4", "the sizes of a tensor", Arrays.toString(sizes), e);
        }
    }

    private static Tensor tensor(ByteBuffer in, Stored stored, int n) {
        Object values = switch (stored) {
            case UNSIGNED_BYTES, BYTES -> {
                byte[] x = new byte[n];
                in.get(x);
                yield x;
            }
            case SHORTS -> {
                short[] x = new short[n];
                in.asShortBuffer().get(x);
                yield x;
            }
            case INTS -> {
                int[] x = new int[n];
                in.asIntBuffer().get(x);
                yield x;
            }
            case FLOATS -> {
                float[] x = new float[n];
                in.asFloatBuffer().get(x);
                yield x;
            }
            case DOUBLES -> {
                double[] x = new double[n];
                in.asDoubleBuffer().get(x);
                yield x;
            }
        };
        return Tensor.of(values, stored.dtype);
    }

    private static DataException bad(Path file, String where, String expected, String found) {
        return bad(file, where, expected, found, null);
    }

    private static DataException bad(Path file, String where, String expected, String found, Exception cause) {
        return new DataException(
                "read " + file + ": " + where + ", expected " + expected + "; found " + found
                        + ". The file is damaged or is no IDX file: download it again.",
                cause);
    }
}
