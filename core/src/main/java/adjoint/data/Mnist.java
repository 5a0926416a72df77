package adjoint.data;

import adjoint.tensor.Index;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Images and what is on them, from files as MNIST and Fashion-MNIST come in: read from a folder, nothing is downloaded.
 *
 * <pre>{@code
 * var train = Mnist.load(Path.of("data/fashion"), Mnist.Part.TRAIN);
 * for (var batch : new DataLoader(train, 256).shuffle()) {
 *     batch.x();                      // [256, 1, 28, 28], F32, from 0 to 1
 *     batch.y();                      // [256], I64
 * }
 * }</pre>
 */
public final class Mnist implements Dataset {
    /** What the classes of Fashion-MNIST are. */
    public static final List<String> FASHION = List.of(
            "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot");

    private static final double WHITE = 255;

    private final Tensor images;
    private final Tensor labels;

    /** Which files of a folder. */
    public enum Part {
        /** To be trained with: {@code train-…}. */
        TRAIN("train"),
        /** To be tested with: {@code t10k-…}. */
        TEST("t10k");

        private final String prefix;

        Part(String prefix) {
            this.prefix = prefix;
        }
    }

    private Mnist(Tensor images, Tensor labels) {
        this.images = images;
        this.labels = labels;
    }

    /**
     * Reads {@code PART-images-idx3-ubyte} and {@code PART-labels-idx1-ubyte} of a folder, packed ({@code .gz}) or not.
     *
     * @throws DataException if a file is missing, damaged, or does not belong to the other; the message says where
     */
    public static Mnist load(Path folder, Part part) {
        return load(
                existing(folder, part.prefix + "-images-idx3-ubyte"),
                existing(folder, part.prefix + "-labels-idx1-ubyte"));
    }

    /**
     * Reads two files.
     *
     * @param images bytes, {@code [n, height, width]}
     * @param labels bytes, {@code [n]}
     * @throws DataException as {@link #load(Path, Part)}
     */
    public static Mnist load(Path images, Path labels) {
        Tensor x = Idx.read(images);
        check(images, x, 3, "images, [n, height, width]");
        Tensor y = Idx.read(labels);
        check(labels, y, 1, "labels, [n]");
        if (x.size(0) != y.size(0)) {
            throw new DataException("read " + images + " and " + labels + ": " + x.size(0) + " images and " + y.size(0)
                    + " labels: each image has one. Take the two files of one part of one dataset.");
        }
        return new Mnist(x, y.to(DType.I64));
    }

    private static Path existing(Path folder, String name) {
        Path plain = folder.resolve(name);
        Path packed = folder.resolve(name + ".gz");
        if (Files.exists(plain) || Files.exists(packed)) {
            return Files.exists(plain) ? plain : packed;
        }
        throw new DataException("read " + plain + ": there is no such file, nor " + packed.getFileName()
                + ". Check the folder; download the dataset into it.");
    }

    private static void check(Path file, Tensor x, int rank, String expected) {
        if (x.dtype() != DType.U8 || x.shape().rank() != rank) {
            throw new DataException("read " + file + ": " + x.dtype() + " of shape " + x.shape()
                    + ": expected bytes of " + expected + ". Check whether the files are exchanged.");
        }
    }

    /** The images, {@code [n, height, width]}, U8: 0 is black and 255 white. */
    public Tensor images() {
        return images;
    }

    /** The classes, {@code [n]}, I64. */
    public Tensor labels() {
        return labels;
    }

    @Override
    public int size() {
        return (int) images.size(0);
    }

    /** Image {@code i}, {@code [1, height, width]}, F32 from 0 to 1; and its class. */
    @Override
    public Batch get(int i) {
        return new Batch(pixels(images.at(i)).unsqueeze(0), labels.at(i));
    }

    /** Images, {@code [k, 1, height, width]}, F32 from 0 to 1; and their classes, {@code [k]}. */
    @Override
    public Batch batch(long[] indices) {
        Index rows = Index.list(indices);
        return new Batch(pixels(images.at(rows)).unsqueeze(1), labels.at(rows));
    }

    private static Tensor pixels(Tensor bytes) {
        return bytes.to(DType.F32).div(WHITE);
    }
}
