package adjoint.conformance;

import adjoint.Adjoint;
import adjoint.nn.AlphaDropout;
import adjoint.nn.Dropout;
import adjoint.nn.Dropout1d;
import adjoint.nn.Dropout2d;
import adjoint.nn.Dropout3d;
import adjoint.nn.FeatureAlphaDropout;
import adjoint.nn.Layer;
import adjoint.tensor.PythonRandom;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** Random numbers, and the reference cases that are streams of them. */
final class TorchRandom {
    private TorchRandom() {}

    static void define() {
        TorchTable.define("torch.manual_seed(seed)", a -> {
            Adjoint.seed((Long) a.get("seed"));
            return null;
        });
        TorchTable.define("torch.Generator()", _ -> new Generator());
        TorchTable.define("Generator.manual_seed(self, seed)", a -> {
            Generator g = (Generator) a.get("self");
            g.stream = Rng.torch((Long) a.get("seed"));
            return g;
        });
        TorchTable.define(
                "torch.rand(*size, dtype, generator)",
                a -> Tensor.rand(stream(a), a.dtype("dtype", DType.F32), size(a)));
        TorchTable.define(
                "torch.randn(*size, dtype, generator)",
                a -> Tensor.randn(stream(a), a.dtype("dtype", DType.F32), size(a)));
        TorchTable.define(
                "torch.normal(mean, std, size)",
                a -> Tensor.normal(a.number("mean"), a.number("std"), a.sizes("size")));
        TorchTable.define(
                "torch.randint(low, high, size)",
                a -> a.get("high") instanceof Long high
                        ? Tensor.randint((Long) a.get("low"), high, a.sizes("size"))
                        : Tensor.randint(0, (Long) a.get("low"), longs(a.get("high"))));
        TorchTable.define("torch.randperm(n)", a -> Tensor.randperm(a.integer("n", 0)));
        TorchTable.define("torch.rand_like(input)", a -> Tensor.randLike(a.tensor("input")));
        TorchTable.define("torch.randn_like(input)", a -> Tensor.randnLike(a.tensor("input")));
        TorchTable.define(
                "Tensor.uniform_(input, low, high)",
                a -> a.tensor("input").uniformInPlace(a.number("low", 0), a.number("high", 1)));
        TorchTable.define(
                "Tensor.normal_(input, mean, std)",
                a -> a.tensor("input").normalInPlace(a.number("mean", 0), a.number("std", 1)));
        dropouts();
    }

    private static void dropouts() {
        dropout("Dropout", "dropout", true, Dropout::new);
        dropout("Dropout1d", "dropout1d", true, Dropout1d::new);
        dropout("Dropout2d", "dropout2d", true, Dropout2d::new);
        dropout("Dropout3d", "dropout3d", true, Dropout3d::new);
        dropout("AlphaDropout", "alpha_dropout", false, AlphaDropout::new);
        dropout("FeatureAlphaDropout", "feature_alpha_dropout", false, FeatureAlphaDropout::new);
        TorchTable.define(
                "torch.dropout(input, p, train)",
                a -> {
                    Layer dropout = new Dropout(a.number("p"));
                    return function(a.flag("train", true) ? dropout : null, a);
                });
    }

    private static void dropout(String layer, String function, boolean trains, DoubleFunction<Layer> made) {
        TorchTable.define("nn." + layer + "(p, inplace)", a -> layer(made, a));
        TorchTable.define("F." + function + "(input, p, training, inplace)", a -> {
            Layer dropout = layer(made, a);
            return function(a.flag("training", trains) ? dropout : null, a);
        });
    }

    private static Layer layer(DoubleFunction<Layer> made, Arguments a) {
        Layer layer = made.apply(a.number("p", 0.5));
        if (!a.flag("inplace", false)) {
            return layer;
        }
        if (layer instanceof Dropout dropout) {
            return Dropout.inPlace(dropout.p());
        }
        throw new Unsupported("this dropout in place");
    }

    private static Tensor function(Layer layer, Arguments a) {
        return layer == null ? a.tensor("input") : layer.forward(a.tensor("input"));
    }

    /** PyTorch's generator object. */
    static final class Generator {
        private Rng stream = Rng.torch(0);
    }

    static Rng stream(Arguments a) {
        return a.get("generator") instanceof Generator g ? g.stream : Rng.global();
    }

    private static long[] size(Arguments a) {
        return a.has("size") ? a.sizes("size") : new long[0];
    }

    private static long[] longs(Object sizes) {
        return Torch.items(sizes).stream().mapToLong(v -> (Long) v).toArray();
    }

    /** Runs a stream's case; what was the stream before is so again. */
    static Object run(String op, long seed, String code, Object expected) {
        return switch (op) {
            case "rng" -> {
                Rng before = Rng.global();
                try {
                    Adjoint.seed(seed);
                    yield PythonRun.value(code, new java.util.HashMap<>());
                } finally {
                    Rng.global(before);
                }
            }
            case "python_random.random" -> {
                PythonRandom python = Rng.python(seed);
                List<Object> numbers = new ArrayList<>();
                for (Object _ : (List<?>) ((List<?>) expected).getFirst()) {
                    numbers.add(python.random());
                }
                yield numbers;
            }
            case "python_random.shuffle" -> {
                int[] x = new int[((List<?>) ((List<?>) expected).getFirst()).size()];
                Arrays.setAll(x, i -> i);
                Rng.python(seed).shuffle(x);
                yield Arrays.stream(x).<Object>mapToObj(i -> (long) i).toList();
            }
            case "mt19937_raw" -> Tensor.randint(Rng.torch(seed), 0, 1L << 31, 8);
            default -> throw new Unsupported("the stream " + op);
        };
    }

    static boolean isStream(Map<String, Object> json) {
        return json.containsKey("seed") && json.containsKey("out");
    }
}
