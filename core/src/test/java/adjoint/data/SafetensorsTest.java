package adjoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("模型 a.safetensors");
    }

    @Test
    void whatIsSavedComesBackInItsOrderWithItsTypeAndShape() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", Tensor.of(new boolean[] {true, false, true}));
        tensors.put(
                "f",
                Tensor.of(new float[] {1.5f, -0f, Float.NaN, Float.MIN_VALUE, 0, 7})
                        .reshape(2, 3));
        tensors.put("d", Tensor.of(new double[] {Math.PI}, DType.F64).reshape());
        tensors.put("none", Tensor.of(new float[0]).reshape(0, 4));
        tensors.put("层.0.权重 \"q\\\n", Tensor.of(new long[] {Long.MIN_VALUE, (1L << 60) + 1}));
        Safetensors.save(file, tensors, Map.of("trained on", "糖尿病\n\"x\""));

        var read = Safetensors.load(file);
        assertThat(read.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
        tensors.forEach((name, t) -> {
            Tensor r = read.tensors().get(name);
            assertThat(r.dtype()).isEqualTo(t.dtype());
            assertThat(r.shape()).isEqualTo(t.shape());
        });
        float[] floats = read.tensors().get("f").toFloats();
        assertThat(floats).containsExactly(tensors.get("f").toFloats());
        assertThat(Float.floatToRawIntBits(floats[1])).isEqualTo(0x80000000);
        assertThat(read.tensors().get("d").toDoubles()).containsExactly(Math.PI);
        assertThat(read.tensors().get("层.0.权重 \"q\\\n").toLongs()).containsExactly(Long.MIN_VALUE, (1L << 60) + 1);
        assertThat(read.tensors().get("b").toBooleans()).containsExactly(true, false, true);
        assertThat(read.metadata())
                .containsEntry("trained on", "糖尿病\n\"x\"")
                .containsEntry("format", "pt")
                .containsEntry(Safetensors.FORMAT_VERSION, "1")
                .containsKey(Safetensors.LIBRARY_VERSION);
    }

    @Test
    void viewsAndTensorsThatRequireGradAreSavedByValue() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}).reshape(2, 3);
        Tensor w = Tensor.of(new float[] {7, 8}).requiresGrad(true);
        Safetensors.save(file, Map.of("t", x.transpose(0, 1), "w", w));
        var read = Safetensors.load(file).tensors();
        assertThat(read.get("t").shape().sizes()).containsExactly(3, 2);
        assertThat(read.get("t").toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(read.get("w").toFloats()).containsExactly(7, 8);
        assertThat(read.get("w").requiresGrad()).isFalse();
        assertThat(w.requiresGrad()).isTrue();
    }

    @Test
    void tensorsLargerThanTheBufferComeBackWhole() {
        long[] whole = new Random(1).longs(20_001).toArray();
        float[] floats = new float[70_001];
        boolean[] truths = new boolean[70_001];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = i * 0.37f;
            truths[i] = i % 3 == 0;
        }
        Safetensors.save(file, Map.of("l", Tensor.of(whole), "f", Tensor.of(floats), "b", Tensor.of(truths)));
        var read = Safetensors.load(file).tensors();
        assertThat(read.get("l").toLongs()).isEqualTo(whole);
        assertThat(read.get("f").toFloats()).isEqualTo(floats);
        assertThat(read.get("b").toBooleans()).isEqualTo(truths);
    }

    @Test
    void theHeaderIsPaddedAndWideElementsComeFirst() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", Tensor.of(new boolean[] {true}));
        tensors.put("d", Tensor.of(new double[] {1}, DType.F64));
        for (int i = 0; i < 9; i++) {
            Safetensors.save(file, tensors, Map.of("k", "x".repeat(i)));
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            long length = bytes.getLong(0);
            assertThat(length % 8).isZero();
            assertThat(bytes.get(8)).isEqualTo((byte) '{');
            assertThat(bytes.getDouble((int) (8 + length))).isEqualTo(1);
            assertThat(bytes.capacity()).isEqualTo((int) (8 + length + 9));
        }
    }

    @Test
    void readsWhatPythonWrote() throws IOException {
        try (InputStream in = SafetensorsTest.class.getResourceAsStream("/data/python.safetensors")) {
            Files.copy(in, file);
        }
        var read = Safetensors.load(file);
        assertThat(read.metadata()).isEqualTo(Map.of("k", "v é 中"));
        var t = read.tensors();
        assertThat(t.get("w").shape().sizes()).containsExactly(2, 3);
        assertThat(t.get("w").toFloats()).containsExactly(0, 0.25f, 0.5f, 0.75f, 1, 1.25f);
        assertThat(t.get("d").shape().rank()).isZero();
        assertThat(t.get("d").toDoubles()).containsExactly(-2.5);
        assertThat(t.get("i").toLongs()).containsExactly(1, -2, 1L << 60);
        assertThat(t.get("b").toBooleans()).containsExactly(true, false, true);
        assertThat(t.get("i32").dtype()).isEqualTo(DType.I32);
        assertThat(t.get("i32").toLongs()).containsExactly(-7, Integer.MAX_VALUE);
        assertThat(t.get("i16").toLongs()).containsExactly(-300);
        assertThat(t.get("i8").toLongs()).containsExactly(-128);
        assertThat(t.get("u8").toLongs()).containsExactly(255);
        assertThat(t.get("f16").toFloats()).containsExactly(1.5f, 65504);
        assertThat(t.get("empty").shape().sizes()).containsExactly(0, 3);
    }

    @Test
    void integersComeBackAsTheyWere() {
        for (DType type : DType.values()) {
            Tensor x = Tensor.of(0L, 1L, 127L, 200L, -3L).to(type);
            Safetensors.save(file, Map.of("x", x));
            Tensor read = Safetensors.load(file).tensors().get("x");
            assertThat(read.dtype()).isEqualTo(type);
            assertThat(read.equal(x)).as(type.toString()).isTrue();
        }
    }

    @Test
    void bfloat16IsReadExactly() throws IOException {
        byte[] data = {(byte) 0x80, 0x3f, 0x49, 0x40};
        write("{\"w\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}", data);
        assertThat(Safetensors.load(file).tensors().get("w").toFloats()).containsExactly(1, 3.140625f);
    }

    @Test
    void aFailedSaveLeavesTheOldFileAndNothingBesideIt() throws IOException {
        Tensor w = Tensor.of(new float[] {1});
        Safetensors.save(file, Map.of("w", w));
        byte[] before = Files.readAllBytes(file);
        Map<String, Tensor> missing = new HashMap<>();
        missing.put("w", null);
        assertThatThrownBy(() -> Safetensors.save(file, missing)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Safetensors.save(file, Map.of("__metadata__", w)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("__metadata__");
        assertThatThrownBy(() -> Safetensors.save(file, Map.of("\ud800", w))).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Safetensors.save(file, Map.of("w", w), Map.of("k", "\udc00")))
                .isInstanceOf(DataException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        Safetensors.save(file, Map.of("v", w));
        assertThat(Safetensors.load(file).tensors()).containsOnlyKeys("v");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void placesThatCannotBeWrittenOrReadAreNamed() throws IOException {
        Tensor w = Tensor.of(new float[] {1});
        Path nowhere = folder.resolve("no/such/w.safetensors");
        assertThatThrownBy(() -> Safetensors.save(nowhere, Map.of("w", w)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(nowhere.toString())
                .hasMessageContaining("folder does not exist");
        assertThatThrownBy(() -> Safetensors.save(folder, Map.of("w", w)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it is a folder");
        assertThatThrownBy(() -> Safetensors.load(nowhere))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> Safetensors.load(folder)).isInstanceOf(DataException.class);
    }

    @Test
    void metadataOfALoadedFileCanBeSavedAgain() {
        Tensor w = Tensor.of(new float[] {1});
        Safetensors.save(file, Map.of("w", w), Map.of("k", "v", Safetensors.FORMAT_VERSION, "0"));
        var first = Safetensors.load(file);
        Safetensors.save(file, first.tensors(), first.metadata());
        assertThat(Safetensors.load(file).metadata())
                .isEqualTo(first.metadata())
                .containsEntry(Safetensors.FORMAT_VERSION, "1");
    }

    @Test
    void anEmptyMapMakesAValidFile() {
        Safetensors.save(file, Map.of());
        assertThat(Safetensors.load(file).tensors()).isEmpty();
    }

    @Test
    void aFileCutOffAnywhereIsRefused() throws IOException {
        Safetensors.save(file, Map.of("w", Tensor.of(new float[] {1, 2, 3}), "b", Tensor.of(new boolean[] {true})));
        byte[] whole = Files.readAllBytes(file);
        for (int n = 0; n < whole.length; n++) {
            Files.write(file, Arrays.copyOf(whole, n));
            assertThatThrownBy(() -> Safetensors.load(file))
                    .as("cut to %d bytes", n)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("expected")
                    .hasMessageContaining("found");
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> Safetensors.load(file)).isInstanceOf(DataException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 60, 100_000_001, 25, 0})
    void aHeaderLengthThatCannotBeIsRefusedAtOnce(long length) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Files.write(file, bytes.array());
        assertThatThrownBy(() -> Safetensors.load(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at byte");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                                          | a JSON object
            {"w":1}                                                                     | a JSON object
            {"w":{}}                                                                    | dtype
            {"w":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}                      | "F33"
            {"w":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}                          | 7
            {"w":{"dtype":"F32","data_offsets":[0,4]}}                                  | shape
            {"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}                     | -1
            {"w":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}                    | 1.0
            {"w":{"dtype":"F32","shape":[1]}}                                           | data_offsets
            {"w":{"dtype":"F32","shape":[1],"data_offsets":[0]}}                        | data_offsets
            {"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}                      | [4, 0]
            {"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}                      | 8 bytes
            {"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}                      | at 0
            {"w":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}                      | 0 bytes of data
            {"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}                      | cut off
            {"w":{"dtype":"F32","shape":[1152921504606846976],"data_offsets":[0,4]}}    | 2147483647
            {"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}  | 2147483647
            {"w":{"dtype":"F64","shape":[2147483647],"data_offsets":[0,17179869176]}}   | cut off
            {"w":{"dtype":"BOOL","shape":[4],"data_offsets":[0,4]}}                     | element 3
            {"__metadata__":7}                                                          | strings
            {"__metadata__":{"k":7},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | "k"
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | where the tensor before ends
            {"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{}}               | keys that differ
            """)
    void headersThatDoNotFitTheirFileAreRefused(String header, String saying) throws IOException {
        write(header, new byte[] {0, 0, 0, 9});
        assertThatThrownBy(() -> Safetensors.load(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(saying)
                .hasMessageContaining("found");
    }

    @Test
    void damagedBytesNeverGiveAnotherException() throws IOException {
        Safetensors.save(
                file,
                Map.of("w", Tensor.of(new float[] {1, 2}), "b", Tensor.of(new boolean[] {true})),
                Map.of("k", "v"));
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k <= i % 3; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            assertThatCode(() -> {
                        try {
                            Safetensors.load(file);
                        } catch (DataException expected) {
                            assertThat(expected).hasMessageContaining(file.toString());
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }

    private void write(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(json.length).put(json).put(data).array());
    }
}
