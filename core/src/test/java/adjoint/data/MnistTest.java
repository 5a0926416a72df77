package adjoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IDX files and the datasets in them: whole, packed, damaged. */
class MnistTest {
    @TempDir
    private Path folder;

    private static byte[] idx(int magic, int[] sizes, byte... data) {
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * sizes.length + data.length);
        out.putInt(magic);
        for (int size : sizes) {
            out.putInt(size);
        }
        return out.put(data).array();
    }

    private static byte[] packed(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static final byte[] IMAGES = idx(0x803, new int[] {2, 1, 2}, (byte) 0, (byte) 255, (byte) 51, (byte) 128);
    private static final byte[] LABELS = idx(0x801, new int[] {2}, (byte) 7, (byte) 3);

    @Test
    void imagesAndLabels() throws IOException {
        file("train-images-idx3-ubyte", IMAGES);
        file("train-labels-idx1-ubyte.gz", packed(LABELS));
        Mnist data = Mnist.load(folder, Mnist.Part.TRAIN);
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.images().dtype()).isEqualTo(DType.U8);
        assertThat(data.images().toLongs()).containsExactly(0, 255, 51, 128);
        Batch one = data.get(1);
        assertThat(one.x().shape().sizes()).containsExactly(1, 1, 2);
        assertThat(one.x().at(0, 0, 0).item()).isEqualTo(0.2f);
        assertThat(one.y().itemLong()).isEqualTo(3);
        Batch both = data.batch(new long[] {1, 0});
        assertThat(both.x().shape().sizes()).containsExactly(2, 1, 1, 2);
        assertThat(both.x().dtype()).isEqualTo(DType.F32);
        assertThat(both.y().toLongs()).containsExactly(3, 7);
        assertThatThrownBy(() -> Mnist.load(folder, Mnist.Part.TEST))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t10k-images-idx3-ubyte");
    }

    @Test
    void everyType() throws IOException {
        byte[] eight = new byte[8];
        eight[0] = (byte) 0xbf;
        eight[1] = (byte) 0x80;
        assertThat(Idx.read(file("a", idx(0x901, new int[] {1}, (byte) -1))).toLongs())
                .containsExactly(-1);
        assertThat(Idx.read(file("b", idx(0xB01, new int[] {2}, Arrays.copyOf(eight, 4))))
                        .toLongs())
                .containsExactly(-16512, 0);
        assertThat(Idx.read(file("c", idx(0xC01, new int[] {2}, eight))).toLongs())
                .containsExactly(0xbf800000, 0);
        assertThat(Idx.read(file("d", idx(0xD01, new int[] {2}, eight))).toDoubles())
                .containsExactly(-1, 0);
        assertThat(Idx.read(file("e", idx(0xE01, new int[] {1}, eight))).dtype())
                .isEqualTo(DType.F64);
        Tensor none = Idx.read(file("f", idx(0x803, new int[] {0, 28, 28})));
        assertThat(none.shape().sizes()).containsExactly(0, 28, 28);
    }

    @Test
    void whatIsDamagedIsSaid() throws IOException {
        refused("empty", new byte[0], "0 bytes");
        refused("short", new byte[] {0, 0, 8}, "3 bytes");
        refused("text", "PNG and so on".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "0x504e4720");
        refused("type", idx(0x703, new int[] {1, 1, 1}, (byte) 1), "0x00000703");
        refused("sizes", Arrays.copyOf(IMAGES, 9), "the sizes of 3 dimensions");
        refused("cut", Arrays.copyOf(IMAGES, IMAGES.length - 1), "the file is cut off");
        refused("long", Arrays.copyOf(IMAGES, IMAGES.length + 1), "expected 4 bytes");
        refused("huge", idx(0x803, new int[] {-1, -1, -1}), "the sizes of a tensor");
        byte[] gzip = packed(IMAGES);
        refused("cut.gz", Arrays.copyOf(gzip, gzip.length - 9), "cut off");
        gzip[gzip.length - 5]++;
        refused("broken.gz", gzip, "gzip");
        assertThatThrownBy(() -> Idx.read(folder.resolve("absent")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("absent");
        assertThatThrownBy(() -> Idx.read(folder)).isInstanceOf(DataException.class);
    }

    private void refused(String name, byte[] content, String says) throws IOException {
        Path file = file(name, content);
        assertThatThrownBy(() -> Idx.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(says);
    }

    @Test
    void filesThatDoNotBelongTogether() throws IOException {
        Path images = file("images", IMAGES);
        Path labels = file("labels", LABELS);
        Path three = file("three", idx(0x801, new int[] {3}, (byte) 1, (byte) 1, (byte) 1));
        assertThatThrownBy(() -> Mnist.load(labels, images))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("exchanged");
        assertThatThrownBy(() -> Mnist.load(images, images)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Mnist.load(images, three))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 images and 3 labels");
    }

    @Test
    void theRealFiles() {
        Path data = Path.of("../../shared/data/fashion");
        assumeTrue(Files.isDirectory(data), "no folder " + data);
        Mnist train = Mnist.load(data, Mnist.Part.TRAIN);
        assertThat(train.images().shape().sizes()).containsExactly(700, 28, 28);
        assertThat(Mnist.load(data, Mnist.Part.TEST).size()).isEqualTo(200);
        assertThat(train.labels().min().itemLong()).isZero();
        assertThat(train.labels().max().itemLong()).isEqualTo(9);
        assertThat(train.batch(new long[] {0}).x().max().item()).isEqualTo(1);
    }
}
