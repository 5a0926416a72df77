package adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.golden.Json;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** PyTorch 2.13's text of the same tensors, character for character. */
class TensorTextTest {
    /**
     * A tensor and its text in PyTorch; the elements are listed, or start + step·i where they would be many.
     */
    private record Case(Shape shape, DType dtype, Object elements, String suffix, String text) {
        static Case of(Map<String, Object> json) {
            Shape shape = Shape.of(Json.longs(json.get("shape")));
            DType dtype = Arrays.stream(DType.values())
                    .filter(t -> t.toString().equals(json.get("dtype")))
                    .findFirst()
                    .orElseThrow();
            Object elements = elements((int) shape.numel(), dtype, json);
            return new Case(shape, dtype, elements, (String) json.get("suffix"), (String) json.get("text"));
        }

        private static Object elements(int n, DType dtype, Map<String, Object> json) {
            boolean line = json.containsKey("line");
            if (dtype == DType.I64) {
                long[] given = Json.longs(json.get(line ? "line" : "data"));
                return line ? line(n, given[0], given[1]) : given;
            }
            double[] given = Json.doubles(json.get(line ? "line" : "data"));
            double[] values = line ? line(n, given[0], given[1]) : given;
            if (dtype == DType.F64) {
                return values;
            }
            float[] floats = new float[n];
            boolean[] truths = new boolean[n];
            for (int i = 0; i < n; i++) {
                floats[i] = (float) values[i];
                truths[i] = values[i] != 0;
            }
            return dtype == DType.F32 ? floats : truths;
        }

        private static long[] line(int n, long start, long step) {
            long[] values = new long[n];
            Arrays.setAll(values, i -> start + step * i);
            return values;
        }

        private static double[] line(int n, double start, double step) {
            double[] values = new double[n];
            Arrays.setAll(values, i -> start + step * i);
            return values;
        }

        String print() {
            return TensorText.of(shape, dtype, elements, suffix);
        }

        @Override
        public String toString() {
            return text.length() < 50 ? text : dtype + " " + shape;
        }
    }

    static Stream<Case> cases() {
        return Json.lines(TensorTextTest.class, "tensor-text.jsonl").stream().map(Case::of);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void printsAsPyTorch(Case example) {
        assertThat(example.print()).isEqualTo(example.text());
    }

    @Test
    void doesNotFollowTheLocale() {
        List<Case> cases = cases().toList();
        assertThat(cases).hasSizeGreaterThan(90);
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("de-DE", "ar-EG-u-nu-arab", "tr-TR")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(cases).allSatisfy(c -> assertThat(c.print()).isEqualTo(c.text()));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Values of Python's {@code format}; the last digit is decided by the binary value, a true tie by evenness. */
    @ParameterizedTest
    @CsvSource({
        "0.03125, 4, 0.0312", // exactly between: to even
        "0.09375, 4, 0.0938",
        "-0.03125, 4, -0.0312",
        "0.00005, 4, 0.0001", // the double is above 0.00005
        "2.00005, 4, 2.0000", // and here below the decimal
        "0.00015, 4, 0.0001",
        "9.99995, 4, 10.0000",
        "0.99996, 4, 1.0000",
        "-0.00001, 4, -0.0000",
        "-0.0, 0, -0",
        "0.5, 0, 0",
        "1.5, 0, 2",
        "2.5, 0, 2",
        "0.5, 6, 0.500000",
        "1e22, 0, 10000000000000000000000",
        "9007199254740993, 2, 9007199254740992.00",
        "0.1, 20, 0.10000000000000000555",
        "NaN, 4, nan",
        "-Infinity, 2, -inf",
    })
    void roundsTheBinaryValue(double x, int decimals, String text) {
        assertThat(TensorText.fixed(x, decimals)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "100005, 1.0000e+05", // exactly between: to even
        "100015, 1.0002e+05",
        "99999.6, 1.0000e+05",
        "-0.0, -0.0000e+00",
        "8, 8.0000e+00",
        "5e-324, 4.9407e-324",
        "1.7976931348623157e308, 1.7977e+308",
        "1e-9, 1.0000e-09",
        "Infinity, inf",
    })
    void writesPowersOfTen(double x, String text) {
        assertThat(TensorText.scientific(x)).isEqualTo(text);
    }
}
