package adjoint.conformance;

import adjoint.Adjoint;
import adjoint.nn.AlphaDropout;
import adjoint.nn.Dropout;
import adjoint.nn.Dropout1d;
import adjoint.nn.Dropout2d;
import adjoint.nn.Dropout3d;
import adjoint.nn.FeatureAlphaDropout;
import adjoint.nn.Functional;
import adjoint.nn.Layer;
import adjoint.tensor.PythonRandom;
import adjoint.tensor.Replacement;
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

    /** What {@code torch.Generator()} starts with. */
    private static final long GENERATOR_SEED = 67280421310721L;

    static void define() {
        streams();
        made();
        drawn();
        inPlace();
        dropouts();
    }

    private static void streams() {
        TorchTable.define("torch.manual_seed(seed)", a -> {
            Adjoint.seed((Long) a.get("seed"));
            return Rng.global();
        });
        TorchTable.define("torch.initial_seed()", _ -> Rng.global().initialSeed());
        TorchTable.define("torch.get_rng_state()", _ -> Rng.global().state());
        TorchTable.define("torch.set_rng_state(new_state)", a -> {
            Rng.global().state(a.tensor("new_state"));
            return null;
        });
        TorchTable.define(
                "torch.default_generator.initial_seed()", _ -> Rng.global().initialSeed());
        TorchTable.define(
                "torch.default_generator.get_state()", _ -> Rng.global().state());
        TorchTable.define("torch.Generator(device)", a -> {
            if (a.has("device") && !a.get("device").equals("cpu")) {
                throw new Unsupported("a generator on a device");
            }
            return new Generator();
        });
        TorchTable.define("Generator.manual_seed(self, seed)", a -> {
            Generator g = (Generator) a.get("self");
            g.stream = Rng.torch((Long) a.get("seed"));
            return g;
        });
        TorchTable.define("Generator.initial_seed(self)", a -> ((Generator) a.get("self")).stream.initialSeed());
        TorchTable.define("Generator.get_state(self)", a -> ((Generator) a.get("self")).stream.state());
        TorchTable.define("Generator.set_state(self, new_state)", a -> {
            ((Generator) a.get("self")).stream.state(a.tensor("new_state"));
            return null;
        });
    }

    private static void made() {
        TorchTable.define(
                "torch.rand(*size, dtype, generator, requires_grad)",
                a -> TorchCreation.leaf(a, Tensor.rand(stream(a), a.dtype("dtype", DType.F32), size(a))));
        TorchTable.define(
                "torch.randn(*size, dtype, generator, requires_grad)",
                a -> TorchCreation.leaf(a, Tensor.randn(stream(a), a.dtype("dtype", DType.F32), size(a))));
        TorchTable.define("torch.normal(mean, std, size, dtype, generator, requires_grad)", TorchRandom::normal);
        TorchTable.define("torch.randint(low, high, size, dtype, generator, requires_grad)", TorchRandom::randint);
        TorchTable.define("torch.randint_like(input, low, high, dtype)", a -> {
            Tensor x = converted(a);
            return a.has("high")
                    ? Tensor.randintLike(x, whole(a, "low"), whole(a, "high"))
                    : Tensor.randintLike(x, 0, whole(a, "low"));
        });
        TorchTable.define(
                "torch.randperm(n, dtype, generator)",
                a -> Tensor.randperm(stream(a), a.integer("n", 0)).to(a.dtype("dtype", DType.I64)));
        TorchTable.define(
                "torch.rand_like(input, dtype, generator, requires_grad)",
                a -> TorchCreation.leaf(a, Tensor.randLike(stream(a), converted(a))));
        TorchTable.define(
                "torch.randn_like(input, dtype, generator, requires_grad)",
                a -> TorchCreation.leaf(a, Tensor.randnLike(stream(a), converted(a))));
    }

    /** The input as one of the type that is asked for; a conversion keeps its layout only if it is contiguous. */
    private static Tensor converted(Arguments a) {
        Tensor x = a.tensor("input");
        if (a.has("dtype") && !x.isContiguous()) {
            throw new Unsupported("another type for another layout");
        }
        return x.to(a.dtype("dtype", x.dtype()));
    }

    private static Object normal(Arguments a) {
        if (a.has("size")) {
            double std = a.number("std", 1);
            return TorchCreation.leaf(
                    a, Tensor.normal(stream(a), a.dtype("dtype", DType.F32), a.number("mean"), std, a.sizes("size")));
        }
        if (a.get("mean") instanceof Tensor mean) {
            return a.get("std") instanceof Tensor std
                    ? Tensor.normal(stream(a), mean, std)
                    : Tensor.normal(stream(a), mean, a.number("std", 1));
        }
        return Tensor.normal(stream(a), a.number("mean"), a.tensor("std"));
    }

    /** {@code randint(high, size)} or {@code randint(low, high, size)}. */
    private static Object randint(Arguments a) {
        DType dtype = a.dtype("dtype", DType.I64);
        boolean two = a.get("low") instanceof Long && a.get("high") instanceof Long;
        long low = two ? whole(a, "low") : 0;
        long high = two || !a.has("low") ? whole(a, "high") : whole(a, "low");
        long[] sizes = a.has("size") ? a.sizes("size") : a.sizes("high");
        return TorchCreation.leaf(a, Tensor.randint(stream(a), dtype, low, high, sizes));
    }

    private static long whole(Arguments a, String name) {
        if (a.get(name) instanceof Long n) {
            return n;
        }
        throw new Unsupported("a bound that is no whole number");
    }

    private static void drawn() {
        TorchTable.both("bernoulli(input, p, generator)", a -> {
            Tensor x = a.tensor("input");
            return a.has("p") ? x.contiguous().bernoulli(stream(a), a.number("p")) : x.bernoulli(stream(a));
        });
        TorchTable.both(
                "multinomial(input, num_samples, replacement, generator)",
                a -> a.tensor("input")
                        .multinomial(
                                stream(a),
                                whole(a, "num_samples"),
                                a.flag("replacement", false) ? Replacement.WITH : Replacement.WITHOUT));
        TorchTable.define("F.gumbel_softmax(logits, tau, hard, eps, dim)", a -> {
            a.number("eps", 0); // which PyTorch does not look at either
            Tensor logits = a.tensor("logits");
            double tau = a.number("tau", 1);
            int dim = a.integer("dim", -1);
            return a.flag("hard", false)
                    ? Functional.hardGumbelSoftmax(logits, tau, dim)
                    : Functional.gumbelSoftmax(logits, tau, dim);
        });
        TorchTable.define(
                "torch.poisson(input, generator)", a -> a.tensor("input").poisson(stream(a)));
    }

    private static void inPlace() {
        TorchTable.define(
                "Tensor.uniform_(input, from, to, generator)",
                a -> a.tensor("input").uniformInPlace(stream(a), a.number("from", 0), a.number("to", 1)));
        TorchTable.define(
                "Tensor.normal_(input, mean, std, generator)",
                a -> a.tensor("input").normalInPlace(stream(a), a.number("mean", 0), a.number("std", 1)));
        TorchTable.define("Tensor.bernoulli_(input, p, generator)", a -> {
            Tensor x = a.tensor("input");
            return a.get("p") instanceof Tensor p
                    ? x.bernoulliInPlace(stream(a), p)
                    : x.bernoulliInPlace(stream(a), a.number("p", 0.5));
        });
        TorchTable.define(
                "Tensor.exponential_(input, lambd, generator)",
                a -> a.tensor("input").exponentialInPlace(stream(a), a.number("lambd", 1)));
        TorchTable.define(
                "Tensor.geometric_(input, p, generator)",
                a -> a.tensor("input").geometricInPlace(stream(a), a.number("p")));
        TorchTable.define(
                "Tensor.cauchy_(input, median, sigma, generator)",
                a -> a.tensor("input").cauchyInPlace(stream(a), a.number("median", 0), a.number("sigma", 1)));
        TorchTable.define(
                "Tensor.log_normal_(input, mean, std, generator)",
                a -> a.tensor("input").logNormalInPlace(stream(a), a.number("mean", 1), a.number("std", 2)));
        TorchTable.define("Tensor.random_(input, from, to, generator)", a -> {
            Tensor x = a.tensor("input");
            if (!a.has("from") && !a.has("to")) {
                return x.randomInPlace(stream(a));
            }
            if (a.isWritten("to") && !a.has("to")) {
                throw new Unsupported("integers without an upper bound");
            }
            return a.has("from") && a.has("to")
                    ? x.randomInPlace(stream(a), whole(a, "from"), whole(a, "to"))
                    : x.randomInPlace(stream(a), 0, whole(a, a.has("to") ? "to" : "from"));
        });
    }

    private static void dropouts() {
        dropout("Dropout", "dropout", true, Dropout::new);
        dropout("Dropout1d", "dropout1d", true, Dropout1d::new);
        dropout("Dropout2d", "dropout2d", true, Dropout2d::new);
        dropout("Dropout3d", "dropout3d", true, Dropout3d::new);
        dropout("AlphaDropout", "alpha_dropout", false, AlphaDropout::new);
        dropout("FeatureAlphaDropout", "feature_alpha_dropout", false, FeatureAlphaDropout::new);
        TorchTable.define("torch.dropout(input, p, train)", a -> {
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
        private Rng stream = Rng.torch(GENERATOR_SEED);
    }

    static Rng stream(Arguments a) {
        return a.get("generator") instanceof Generator g ? g.stream : Rng.global();
    }

    private static long[] size(Arguments a) {
        return a.has("size") ? a.sizes("size") : new long[0];
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
