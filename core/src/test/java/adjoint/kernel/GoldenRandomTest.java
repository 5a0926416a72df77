package adjoint.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import adjoint.golden.Json;
import adjoint.types.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PyTorch's and Python's own numbers: all cases of the reference group "rng". */
class GoldenRandomTest {
    private static final double UNIFORM = 0;
    private static final double NORMAL = 1e-6;

    record Case(Map<String, Object> json) {
        @Override
        public String toString() {
            return (String) json.get("id");
        }
    }

    static Stream<Case> cases() {
        return Json.lines(GoldenRandomTest.class, "/golden/rng.jsonl").stream().map(Case::new);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void drawsWhatPyTorchAndPythonDraw(Case golden) {
        long seed = (Long) golden.json.get("seed");
        Object code = golden.json.get("code");
        switch ((String) golden.json.get("op")) {
            case "rng" -> torch((String) code, new TorchStream(seed), golden.json.get("out"));
            // Every second word without its highest bit: a range of 2^31 takes 64 bits a value.
            case "mt19937_raw" ->
                assertThat(ints(new TorchStream(seed), 8, 1L << 31)).isEqualTo(wholes(golden.json.get("out")));
            case "python_random.shuffle" -> {
                long[] expected = Json.longs(golden.json.get("out"));
                int[] x = IntStream.range(0, expected.length).toArray();
                new PythonStream(seed).shuffle(x);
                assertThat(x)
                        .isEqualTo(
                                Arrays.stream(expected).mapToInt(v -> (int) v).toArray());
            }
            case "python_random.random" -> {
                var python = new PythonStream(seed);
                for (double expected : Json.doubles(golden.json.get("out"))) {
                    assertThat(python.random()).isEqualTo(expected);
                }
            }
            default -> throw new AssertionError("unknown kind of case: " + golden);
        }
    }

    private static void torch(String code, TorchStream s, Object out) {
        switch (code) {
            case "torch.rand(5)", "torch.rand(20)", "torch.rand(2).tolist() + torch.rand(2).tolist()" ->
                same(uniform(s, count(out), 0, 1), out, UNIFORM);
            case "torch.rand(3, dtype=torch.float64)" -> {
                double[] x = new double[3];
                s.uniform(x, 0, 3, 0, 1);
                assertThat(x).containsExactly(numbers(out));
            }
            case "torch.empty(5).uniform_(-1, 2)" -> same(uniform(s, 5, -1, 2), out, UNIFORM);
            case "torch.randn(())",
                    "torch.randn(5)",
                    "torch.randn(15)",
                    "torch.randn(16)",
                    "torch.randn(17)",
                    "torch.randn(40)",
                    "torch.normal(0, 1, (6, 3))",
                    "nn.Embedding(3, 4).weight.data" -> same(normal(s, count(out), 0, 1), out, NORMAL);
            case "torch.randn(5, dtype=torch.float64)", "torch.randn(20, dtype=torch.float64)" -> {
                double[] x = new double[count(out)];
                s.normal(x, 0, x.length, 0, 1);
                assertThat(x).containsExactly(numbers(out), within(1e-12));
            }
            case "torch.normal(0, 0.01, size=(2, 1))", "nn.init.normal_(torch.empty(4, 4), std=0.01)" ->
                same(normal(s, count(out), 0, 0.01), out, NORMAL);
            case "torch.empty(5).normal_(1, 2)" -> same(normal(s, 5, 1, 2), out, NORMAL);
            case "torch.randn(4, generator=torch.Generator().manual_seed(7))" ->
                same(normal(new TorchStream(7), 4, 0, 1), out, NORMAL);
            case "[torch.rand(1), torch.randn(1), torch.rand(1)]" -> {
                float[] first = uniform(s, 1, 0, 1);
                float[] second = normal(s, 1, 0, 1);
                same(new float[] {first[0], second[0], uniform(s, 1, 0, 1)[0]}, out, NORMAL);
            }
            case "[torch.randn(1), torch.randn(1), torch.randn(1)]" ->
                same(new float[] {normal(s, 1, 0, 1)[0], normal(s, 1, 0, 1)[0], normal(s, 1, 0, 1)[0]}, out, NORMAL);
            case "torch.rand(100000).mean()" ->
                assertThat(mean(uniform(s, 100_000, 0, 1))).isCloseTo(numbers(out)[0], within(1e-6));
            case "torch.randn(100000).std()" ->
                assertThat(std(normal(s, 100_000, 0, 1))).isCloseTo(numbers(out)[0], within(1e-5));
            default -> integersAndLayers(code, s, out);
        }
    }

    private static void integersAndLayers(String code, TorchStream s, Object out) {
        switch (code) {
            case "torch.initial_seed()" -> assertThat(s.seed()).isEqualTo(Json.longs(out)[0]);
            case "torch.randint(0, 10, (12,))" -> assertThat(ints(s, 12, 10)).isEqualTo(wholes(out));
            case "torch.randint(0, 2**40, (4,))" ->
                assertThat(ints(s, 4, 1L << 40)).isEqualTo(wholes(out));
            case "torch.empty((), dtype=torch.int64).random_()" ->
                assertThat(s.randomSeed()).isEqualTo(wholes(out)[0]);
            case "torch.randperm(10)" -> assertThat(permutation(s, 10)).isEqualTo(wholes(out));
            case "torch.randperm(1000)[:10]" ->
                assertThat(Arrays.copyOf(permutation(s, 1000), 10)).isEqualTo(wholes(out));
            case "[b for b in torch.utils.data.DataLoader(torch.arange(10), batch_size=4, shuffle=True)]" -> {
                s.randomSeed();
                assertThat(permutation(new TorchStream(s.randomSeed()), 10)).isEqualTo(wholes(out));
            }
            case "torch.bernoulli(torch.full((10,), 0.3))" -> {
                float[] p = new float[10];
                Arrays.fill(p, 0.3f);
                s.bernoulli(p, 0, 10, p, 0);
                same(p, out, UNIFORM);
            }
            case "F.dropout(torch.ones(20), 0.5)" -> {
                float[] mask = new float[20];
                s.bernoulli(mask, 0, 20, 0.5);
                same(scaled(mask, 2), out, UNIFORM);
            }
            case "torch.empty(6).exponential_()" -> {
                float[] x = new float[6];
                s.exponential(x, 0, 6, 1);
                same(x, out, NORMAL);
            }
            case "torch.poisson(torch.full((5,), 3.))" ->
                assertThat(LongStream.generate(() -> TorchSampling.poisson(s, 3))
                                .limit(5)
                                .asDoubleStream()
                                .toArray())
                        .isEqualTo(numbers(out));
            case "torch.multinomial(torch.tensor([0.1, 0.2, 0.7]), 10, replacement=True)" -> {
                long[] index = new long[10];
                TorchSampling.withReplacement(s, new double[] {0.1f, 0.2f, 0.7f}, DType.F32, index, 0, 10);
                assertThat(index).isEqualTo(wholes(out));
            }
            case "torch.multinomial(torch.tensor([0.1, 0.2, 0.7]), 2)" -> {
                long[] index = new long[2];
                TorchSampling.withoutReplacement(
                        new double[] {0.1f, 0.2f, 0.7f}, exponentials(s, 3), DType.F32, index, 0, 2);
                assertThat(index).isEqualTo(wholes(out));
            }
            default -> same(initialised(code, s), out, NORMAL);
        }
    }

    /** What layers draw when they are made, by their rules for the bounds. */
    private static float[] initialised(String code, TorchStream s) {
        return switch (code) {
            case "nn.Linear(2, 1).weight.data" -> kaimingUniform(s, 2, 2);
            case "nn.Linear(2, 1).bias.data" -> {
                kaimingUniform(s, 2, 2);
                yield uniform(s, 1, -1 / Math.sqrt(2), 1 / Math.sqrt(2));
            }
            case "nn.Linear(3, 4).weight.data" -> kaimingUniform(s, 12, 3);
            case "nn.Conv2d(1, 2, 3).weight.data" -> kaimingUniform(s, 18, 9);
            case "nn.GRU(2, 2).weight_ih_l0.data" -> uniform(s, 12, -1 / Math.sqrt(2), 1 / Math.sqrt(2));
            case "nn.init.xavier_uniform_(torch.empty(3, 4))" -> {
                double bound = Math.sqrt(3) * Math.sqrt(2.0 / (3 + 4));
                yield uniform(s, 12, -bound, bound);
            }
            case "nn.init.kaiming_normal_(torch.empty(4, 4))" -> normal(s, 16, 0, Math.sqrt(2) / Math.sqrt(4));
            default -> throw new AssertionError("unknown case: " + code);
        };
    }

    private static float[] kaimingUniform(TorchStream s, int n, int fanIn) {
        double gain = Math.sqrt(2 / (1 + Math.sqrt(5) * Math.sqrt(5)));
        double bound = Math.sqrt(3) * (gain / Math.sqrt(fanIn));
        return uniform(s, n, -bound, bound);
    }

    private static float[] uniform(TorchStream s, int n, double from, double to) {
        float[] x = new float[n];
        s.uniform(x, 0, n, from, to);
        return x;
    }

    private static float[] normal(TorchStream s, int n, double mean, double std) {
        float[] x = new float[n];
        s.normal(x, 0, n, mean, std);
        return x;
    }

    private static long[] ints(TorchStream s, int n, long high) {
        long[] x = new long[n];
        s.integers(x, 0, n, 0, high);
        return x;
    }

    private static long[] permutation(TorchStream s, int n) {
        long[] x = new long[n];
        s.permutation(x, 0, n);
        return x;
    }

    private static float[] scaled(float[] x, float by) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= by;
        }
        return x;
    }

    private static double mean(float[] x) {
        double sum = 0;
        for (float v : x) {
            sum += v;
        }
        return sum / x.length;
    }

    private static double std(float[] x) {
        double mean = mean(x);
        double sum = 0;
        for (float v : x) {
            sum += (v - mean) * (v - mean);
        }
        return Math.sqrt(sum / (x.length - 1));
    }

    private static double[] exponentials(TorchStream s, int n) {
        float[] x = new float[n];
        s.exponential(x, 0, n, 1);
        return IntStream.range(0, n).mapToDouble(i -> x[i]).toArray();
    }

    /** A list of tensors or of plain numbers, one after the other. */
    private static Object data(Object out) {
        return ((List<?>) out)
                .stream()
                        .map(o -> o instanceof Map<?, ?> tensor ? tensor.get("data") : o)
                        .toList();
    }

    private static double[] numbers(Object out) {
        return Json.doubles(data(out));
    }

    private static long[] wholes(Object out) {
        return Json.longs(data(out));
    }

    private static int count(Object out) {
        return numbers(out).length;
    }

    private static void same(float[] actual, Object out, double tolerance) {
        double[] expected = numbers(out);
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("element %d", i).isCloseTo((float) expected[i], within((float) tolerance));
        }
    }
}
