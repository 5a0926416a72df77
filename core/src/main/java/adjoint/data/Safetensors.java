package adjoint.data;

import adjoint.data.SafetensorsHeader.Entry;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import adjoint.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named tensors in a file that PyTorch and others read, too: the safetensors format (a length of 8 bytes, a JSON header,
 * the numbers one after another; little-endian). In Python: {@code safetensors.torch.load_file(path)}.
 *
 * <pre>{@code
 * Safetensors.save(Path.of("model.safetensors"), net.stateDict(), Map.of("trained on", "diabetes.csv"));
 * var file = Safetensors.load(Path.of("model.safetensors"));
 * Tensor weight = file.tensors().get("0.weight");
 * }</pre>
 *
 * <p>Tensors come back as they were saved. From other programs' files F16 and BF16 are read as F32; no value
 * changes.
 */
public final class Safetensors {
    /** The metadata's key for the version of the library that wrote a file. */
    public static final String LIBRARY_VERSION = "adjoint.version";
    /** The metadata's key for the version of what this library puts into such files. */
    public static final String FORMAT_VERSION = "adjoint.format";

    private static final String CURRENT_FORMAT = "1";
    /** Hugging Face's readers want to know whose conventions the names follow: PyTorch's. */
    private static final String CONVENTIONS = "format";

    private static final String PYTORCH = "pt";

    private Safetensors() {}

    /**
     * What a file holds.
     *
     * @param tensors the tensors by name, in the file's order; none requires grad
     * @param metadata the file's texts, also those that {@link #save} adds
     */
    public record Contents(Map<String, Tensor> tensors, Map<String, String> metadata) {
        public Contents {
            tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
            metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        }
    }

    /** {@link #save(Path, Map, Map)} without metadata of the caller's. */
    public static void save(Path file, Map<String, Tensor> tensors) {
        save(file, tensors, Map.of());
    }

    /**
     * Writes tensors to a file. It is written beside its place and then moved there, so that a crash or a full disk
     * leaves the old file whole. The order of the map is kept. The texts {@value #LIBRARY_VERSION},
     * {@value #FORMAT_VERSION} and {@code format} ({@code pt}) are added.
     *
     * @param tensors of any shapes and types, whether they require grad or not
     * @param metadata texts to keep with them; those that this method adds are replaced
     * @throws DataException if a name is missing or reserved, or the file cannot be written
     */
    public static void save(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        SafetensorsHeader header = describe(file, tensors, metadata);
        byte[] encoded = header.encoded();
        if (encoded.length > SafetensorsHeader.LONGEST) {
            throw refused(
                    file,
                    "the names and texts take " + encoded.length + " bytes, more than the " + SafetensorsHeader.LONGEST
                            + " that readers accept",
                    "Shorten the metadata.");
        }
        Path beside = null;
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            if (Files.isDirectory(target)) {
                throw refused(file, "it is a folder", "Name a file.");
            }
            beside = target.resolveSibling(target.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".part");
            write(beside, header, encoded, tensors);
            moveInto(target, beside);
        } catch (NoSuchFileException e) {
            throw refused(file, "its folder does not exist", "Create it first (Files.createDirectories).", e);
        } catch (IOException e) {
            throw refused(file, reason(e), "Check the disk and the folder's permissions; the old file is whole.", e);
        } finally {
            deleteQuietly(beside);
        }
    }

    private static SafetensorsHeader describe(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        Map<String, DType> types = new LinkedHashMap<>();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            checkText(file, "a tensor's name", name);
            if (name.equals(SafetensorsHeader.METADATA)) {
                throw refused(file, "the name " + name + " is the format's own", "Rename the tensor.");
            }
            if (tensor == null) {
                throw refused(file, "there is no tensor under the name " + name, "Leave the name out.");
            }
            types.put(name, tensor.dtype());
            shapes.put(name, tensor.shape());
        });
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(CONVENTIONS, PYTORCH);
        texts.put(LIBRARY_VERSION, libraryVersion());
        texts.put(FORMAT_VERSION, CURRENT_FORMAT);
        metadata.forEach((key, text) -> {
            checkText(file, "a metadata key", key);
            checkText(file, "the metadata under " + key, text);
            texts.putIfAbsent(key, text);
        });
        return SafetensorsHeader.of(types, shapes, texts);
    }

    private static void checkText(Path file, String what, String text) {
        if (text == null) {
            throw refused(file, what + " is null", "Give a text.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw refused(file, what + " holds half of a surrogate pair", "Give a text that UTF-8 can hold.");
        }
    }

    private static void write(Path to, SafetensorsHeader header, byte[] encoded, Map<String, Tensor> tensors)
            throws IOException {
        ByteBuffer buffer = SafetensorsData.buffer();
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            SafetensorsData.writeAll(channel, buffer.putLong(encoded.length).flip());
            SafetensorsData.writeAll(channel, ByteBuffer.wrap(encoded));
            for (Entry entry : header.byOffset()) {
                SafetensorsData.write(channel, entry, elements(tensors.get(entry.name())), buffer);
            }
            channel.force(true);
        }
    }

    private static Object elements(Tensor tensor) {
        return switch (tensor.dtype()) {
            case F32 -> tensor.toFloats();
            case F64 -> tensor.toDoubles();
            case BOOL -> tensor.toBooleans();
            default -> tensor.toLongs();
        };
    }

    private static void moveInto(Path target, Path beside) throws IOException {
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(Path beside) {
        if (beside != null) {
            try {
                Files.deleteIfExists(beside);
            } catch (IOException e) {
                System.getLogger(Safetensors.class.getName())
                        .log(System.Logger.Level.WARNING, "could not delete " + beside, e);
            }
        }
    }

    /**
     * Reads all tensors of a file. Header and sizes are checked first, so that a damaged file is refused at once however
     * large it says its tensors are.
     *
     * @throws DataException if the file cannot be read or is not what the format demands; the message says where
     */
    public static Contents load(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < SafetensorsHeader.PREFIX) {
                throw SafetensorsHeader.bad(
                        file, "at byte 0", "8 bytes that say how long the header is", "a file of " + size + " bytes");
            }
            ByteBuffer prefix = ByteBuffer.allocate(SafetensorsHeader.PREFIX).order(ByteOrder.LITTLE_ENDIAN);
            SafetensorsData.readAll(channel, prefix);
            int length = SafetensorsHeader.checkedLength(file, prefix.flip().getLong(), size);
            byte[] encoded = new byte[length];
            SafetensorsData.readAll(channel, ByteBuffer.wrap(encoded));
            long dataSize = size - SafetensorsHeader.PREFIX - length;
            SafetensorsHeader header = SafetensorsHeader.decoded(file, encoded, dataSize);
            return new Contents(tensors(channel, file, header), header.metadata());
        } catch (NoSuchFileException e) {
            throw new DataException(
                    "load " + file + ": there is no such file. Check the path (the working folder is "
                            + Path.of("").toAbsolutePath() + ").",
                    e);
        } catch (IOException e) {
            throw new DataException(
                    "load " + file + ": " + reason(e) + ". Check that it is a file and that it may be read.", e);
        }
    }

    private static Map<String, Tensor> tensors(FileChannel channel, Path file, SafetensorsHeader header)
            throws IOException {
        ByteBuffer buffer = SafetensorsData.buffer();
        Map<String, Tensor> read = new LinkedHashMap<>();
        for (Entry entry : header.byOffset()) {
            read.put(entry.name(), tensor(channel, file, entry, buffer));
        }
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        List<Entry> entries = header.entries();
        entries.forEach(e -> ordered.put(e.name(), read.get(e.name())));
        return ordered;
    }

    private static Tensor tensor(FileChannel channel, Path file, Entry entry, ByteBuffer buffer) throws IOException {
        Object array = SafetensorsData.allocate(entry);
        SafetensorsData.read(channel, file, entry, array, buffer);
        return Tensor.of(array, entry.type().dtype).reshape(entry.shape().sizes());
    }

    /** The version in the module's or the jar's own description; classes run from a build folder may have none. */
    private static String libraryVersion() {
        var descriptor = Safetensors.class.getModule().getDescriptor();
        if (descriptor != null && descriptor.rawVersion().isPresent()) {
            return descriptor.rawVersion().get();
        }
        String inManifest = Safetensors.class.getPackage().getImplementationVersion();
        return inManifest == null ? "development" : inManifest;
    }

    private static String reason(IOException e) {
        String kind = e.getClass().getSimpleName();
        return e.getMessage() == null ? kind : kind + " (" + e.getMessage() + ")";
    }

    private static DataException refused(Path file, String why, String remedy) {
        return refused(file, why, remedy, null);
    }

    private static DataException refused(Path file, String why, String remedy, Throwable cause) {
        return new DataException("save " + file + ": " + why + ". " + remedy, cause);
    }
}
