package adjoint.conformance;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.data.Batch;
import adjoint.data.BatchSampler;
import adjoint.data.ConcatDataset;
import adjoint.data.DataLoader;
import adjoint.data.Dataset;
import adjoint.data.LastBatch;
import adjoint.data.ListDataset;
import adjoint.data.Sampler;
import adjoint.data.Subset;
import adjoint.data.TensorDataset;
import adjoint.nn.FanMode;
import adjoint.nn.Init;
import adjoint.nn.Linear;
import adjoint.nn.Nonlinearity;
import adjoint.tensor.Replacement;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Datasets and loaders, and the initial values of parameters. */
final class TorchData {
    private TorchData() {}

    static void define() {
        initialisers();
        datasets();
        samplers();
    }

    /** Python's values as a dataset. */
    record Values(List<Object> items, ListDataset data) implements Dataset {
        static Values of(List<Object> items) {
            return new Values(
                    items,
                    new ListDataset(items.stream()
                            .map(item -> item instanceof Tuple ? Torch.items(item) : item)
                            .toList()));
        }

        @Override
        public int size() {
            return data.size();
        }

        @Override
        public Batch get(int i) {
            return data.get(i);
        }
    }

    /** Datasets one after the other, with the parts. */
    private record Joined(List<Dataset> parts, ConcatDataset data) implements Dataset {
        @Override
        public int size() {
            return data.size();
        }

        @Override
        public Batch get(int i) {
            return data.get(i);
        }
    }

    /** A loader; whether its batches are tensors alone, or lists of them. */
    record Loader(DataLoader batches, boolean alone) {
        Iterator<Object> iterator() {
            Iterator<Batch> each = batches.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public Object next() {
                    Batch batch = each.next();
                    return alone && batch.tensors().size() == 1 ? batch.x() : new ArrayList<Object>(batch.tensors());
                }
            };
        }

        long size() {
            return batches.size();
        }
    }

    private static void datasets() {
        data(
                "TensorDataset(*tensors)",
                a -> new TensorDataset(a.tensors("tensors").toArray(Tensor[]::new)));
        data("Subset(dataset, indices)", a -> new Subset(dataset(a.get("dataset")), a.sizes("indices")));
        data("ConcatDataset(datasets)", a -> {
            List<Dataset> parts = Torch.items(a.get("datasets")).stream()
                    .map(TorchData::dataset)
                    .toList();
            return new Joined(parts, new ConcatDataset(parts.toArray(Dataset[]::new)));
        });
        data("random_split(dataset, lengths, generator)", a -> {
            Dataset whole = dataset(a.get("dataset"));
            double[] lengths = Torch.items(a.get("lengths")).stream()
                    .mapToDouble(n -> ((Number) n).doubleValue())
                    .toArray();
            boolean shares = Math.abs(Arrays.stream(lengths).sum() - 1) <= 1e-9
                    || Torch.items(a.get("lengths")).stream().anyMatch(Double.class::isInstance);
            List<Subset> parts = shares
                    ? whole.randomSplit(rng(a), lengths)
                    : whole.randomSplit(
                            rng(a),
                            Arrays.stream(lengths).mapToLong(n -> (long) n).toArray());
            return new ArrayList<Object>(parts);
        });
        data("DataLoader(" + LOADER + ")", TorchData::loader);
        data("default_collate(batch)", a -> collated(Torch.items(a.get("batch"))));
    }

    private static Object collated(List<Object> items) {
        Values values = Values.of(items);
        Batch batch = values.batch(LongStream.range(0, values.size()).toArray());
        return isAlone(values) ? batch.x() : new ArrayList<Object>(batch.tensors());
    }

    private static final String LOADER =
            "dataset, batch_size, shuffle, sampler, batch_sampler, num_workers, collate_fn,"
                    + " pin_memory, drop_last, timeout, worker_init_fn, multiprocessing_context, generator";

    private static Object loader(Arguments a) {
        if (a.integer("num_workers", 0) != 0) {
            throw new Unsupported("workers");
        }
        a.flag("pin_memory", false); // which means nothing here
        Dataset data = dataset(a.get("dataset"));
        DataLoader loader = a.has("batch_sampler")
                ? new DataLoader(data, batches(a.get("batch_sampler")))
                : new DataLoader(data, a.integer("batch_size", 1));
        if (a.has("sampler")) {
            loader.sampler(sampler(a.get("sampler")));
        }
        if (a.flag("shuffle", false) && a.has("generator")) {
            loader.shuffle(rng(a));
        } else if (a.flag("shuffle", false)) {
            loader.shuffle();
        }
        if (a.flag("drop_last", false)) {
            loader.dropLast();
        }
        return new Loader(loader, isAlone(data));
    }

    private static void samplers() {
        data("SequentialSampler(data_source)", a -> Sampler.sequential((int) Torch.length(a.get("data_source"))));
        data("RandomSampler(data_source, replacement, num_samples, generator)", a -> {
            int n = (int) Torch.length(a.get("data_source"));
            int count = a.integer("num_samples", n);
            return a.has("generator")
                    ? Sampler.random(rng(a), n, count, replacement(a, false))
                    : Sampler.random(n, count, replacement(a, false));
        });
        data("SubsetRandomSampler(indices, generator)", a -> Sampler.shuffled(rng(a), a.sizes("indices")));
        data("WeightedRandomSampler(weights, num_samples, replacement, generator)", a -> {
            Tensor weights = a.get("weights") instanceof Tensor t
                    ? t
                    : Tensor.of(
                            (Object) Torch.items(a.get("weights")).stream()
                                    .mapToDouble(w -> ((Number) w).doubleValue())
                                    .toArray(),
                            DType.F64);
            return Sampler.weighted(rng(a), weights, a.integer("num_samples", 0), replacement(a, true));
        });
        data(
                "BatchSampler(sampler, batch_size, drop_last)",
                a -> BatchSampler.of(
                        sampler(a.get("sampler")),
                        a.integer("batch_size", 0),
                        a.flag("drop_last", false) ? LastBatch.DROP : LastBatch.KEEP));
    }

    private static void data(String signature, Function<Arguments, Object> body) {
        TorchTable.define("torch.utils.data." + signature, body);
    }

    private static Replacement replacement(Arguments a, boolean otherwise) {
        return a.flag("replacement", otherwise) ? Replacement.WITH : Replacement.WITHOUT;
    }

    private static Dataset dataset(Object value) {
        return value instanceof Dataset data ? data : Values.of(Torch.items(value));
    }

    private static Sampler sampler(Object value) {
        if (value instanceof Sampler sampler) {
            return sampler;
        }
        long[] numbers = Torch.items(value).stream().mapToLong(i -> (Long) i).toArray();
        return new Sampler() {
            @Override
            public int size() {
                return numbers.length;
            }

            @Override
            public PrimitiveIterator.OfLong iterator() {
                return Arrays.stream(numbers).iterator();
            }
        };
    }

    private static BatchSampler batches(Object value) {
        if (value instanceof BatchSampler batches) {
            return batches;
        }
        List<long[]> given = Torch.items(value).stream()
                .map(batch ->
                        Torch.items(batch).stream().mapToLong(i -> (Long) i).toArray())
                .toList();
        return new BatchSampler() {
            @Override
            public int size() {
                return given.size();
            }

            @Override
            public Iterator<long[]> iterator() {
                return given.iterator();
            }
        };
    }

    /** Batches of numbers as lists. */
    static List<Object> lists(BatchSampler batches) {
        List<Object> lists = new ArrayList<>();
        batches.forEach(batch -> lists.add(wholes(batch)));
        return lists;
    }

    static List<Object> wholes(long[] numbers) {
        return Arrays.stream(numbers).<Object>mapToObj(i -> i).toList();
    }

    /** Whether samples are values alone: a batch is then a tensor, not a list with one in it. */
    private static boolean isAlone(Dataset data) {
        return switch (data) {
            case Subset part -> isAlone(part.whole());
            case Joined all -> isAlone(all.parts().getFirst());
            case Values values -> values.items().stream().noneMatch(v -> v instanceof Tuple || v instanceof List);
            case TensorDataset _ -> false;
            default -> true;
        };
    }

    /** What {@code data[i]} is in Python. */
    static Object sample(Dataset data, int i) {
        return switch (data) {
            case Values values -> values.items().get(i < 0 ? i + values.size() : i);
            case Subset part -> sample(part.whole(), (int) part.indices()[i < 0 ? i + part.size() : i]);
            case Joined all -> {
                int left = i < 0 ? i + all.size() : i;
                for (Dataset part : all.parts()) {
                    if (left < part.size()) {
                        yield sample(part, left);
                    }
                    left -= part.size();
                }
                throw new Unsupported("an index out of range");
            }
            default -> new Tuple(List.copyOf(data.get(i).tensors()));
        };
    }

    private static void initialisers() {
        init("uniform_(tensor, a, b, generator)", a -> Init.uniform(rng(a), t(a), a.number("a", 0), a.number("b", 1)));
        init(
                "normal_(tensor, mean, std, generator)",
                a -> Init.normal(rng(a), t(a), a.number("mean", 0), a.number("std", 1)));
        init(
                "trunc_normal_(tensor, mean, std, a, b, generator)",
                a -> Init.truncNormal(
                        rng(a), t(a), a.number("mean", 0), a.number("std", 1), a.number("a", -2), a.number("b", 2)));
        init("constant_(tensor, val)", a -> Init.constant(t(a), a.number("val")));
        init("ones_(tensor)", a -> Init.ones(t(a)));
        init("zeros_(tensor)", a -> Init.zeros(t(a)));
        init("eye_(tensor)", a -> Init.eye(t(a)));
        init("dirac_(tensor, groups)", a -> Init.dirac(t(a), a.integer("groups", 1)));
        init("xavier_uniform_(tensor, gain, generator)", a -> Init.xavierUniform(rng(a), t(a), a.number("gain", 1)));
        init("xavier_normal_(tensor, gain, generator)", a -> Init.xavierNormal(rng(a), t(a), a.number("gain", 1)));
        init(
                "kaiming_uniform_(tensor, a, mode, nonlinearity, generator)",
                a -> Init.kaimingUniform(rng(a), t(a), fan(a), kaimingGain(a)));
        init(
                "kaiming_normal_(tensor, a, mode, nonlinearity, generator)",
                a -> Init.kaimingNormal(rng(a), t(a), fan(a), kaimingGain(a)));
        init("orthogonal_(tensor, gain, generator)", a -> Init.orthogonal(rng(a), t(a), a.number("gain", 1)));
        init(
                "sparse_(tensor, sparsity, std)", // PyTorch takes only a part of the numbers from a generator
                a -> Init.sparse(t(a), a.number("sparsity"), a.number("std", 0.01)));
        init(
                "calculate_gain(nonlinearity, param)",
                a -> gain((String) a.get("nonlinearity"), a.has("param") ? a.number("param") : null));
        init("_calculate_fan_in_and_fan_out(tensor)", a -> {
            Init.Fans fans = Init.fans(t(a));
            return new PythonRun.Tuple(List.of(fans.in(), fans.out()));
        });
    }

    private static void init(String signature, Function<Arguments, Object> body) {
        TorchTable.define("nn.init." + signature, body);
    }

    private static Rng rng(Arguments a) {
        return TorchRandom.stream(a);
    }

    private static Tensor t(Arguments a) {
        return a.tensor("tensor");
    }

    private static FanMode fan(Arguments a) {
        return switch ((String) a.get("mode")) {
            case null -> FanMode.FAN_IN;
            case "fan_in" -> FanMode.FAN_IN;
            case "fan_out" -> FanMode.FAN_OUT;
            default -> throw new Unsupported("a mode that cannot be written here");
        };
    }

    private static double kaimingGain(Arguments a) {
        double slope = a.number("a", 0);
        return gain(a.has("nonlinearity") ? (String) a.get("nonlinearity") : "leaky_relu", slope);
    }

    private static double gain(String nonlinearity, Double slope) {
        return switch (nonlinearity) {
            case "linear", "conv1d", "conv2d", "conv3d" -> Nonlinearity.LINEAR.gain();
            case "conv_transpose1d", "conv_transpose2d", "conv_transpose3d" -> Nonlinearity.LINEAR.gain();
            case "sigmoid" -> Nonlinearity.SIGMOID.gain();
            case "tanh" -> Nonlinearity.TANH.gain();
            case "relu" -> Nonlinearity.RELU.gain();
            case "leaky_relu" -> slope == null ? Nonlinearity.LEAKY_RELU.gain() : Nonlinearity.leakyRelu(slope);
            case "selu" -> Nonlinearity.SELU.gain();
            default -> throw new Unsupported("a nonlinearity that cannot be written here");
        };
    }

    /** Checks a case of the group "init": a gain, or what follows from the sizes of a weight. */
    static void checkInit(Map<String, Object> json) {
        Map<?, ?> args = (Map<?, ?>) json.get("args");
        List<?> out = (List<?>) json.get("out");
        switch ((String) json.get("op")) {
            case "nn.init.calculate_gain" -> {
                Double slope = args.get("param") instanceof Number n ? n.doubleValue() : null;
                same("gain", out.getFirst(), gain((String) args.get("nonlinearity"), slope));
            }
            case "fan" -> checkFans(json, Json.longs(args.get("shape")));
            case null, default -> throw new Unsupported("cases of " + json.get("op"));
        }
    }

    private static void checkFans(Map<String, Object> json, long[] shape) {
        List<?> out = (List<?>) json.get("out");
        Init.Fans fans = Init.fans(Tensor.zeros(shape));
        same("fan in", out.get(0), fans.in());
        same("fan out", out.get(1), fans.out());
        uniform(json, "xavier_uniform_bound", shape, (rng, t) -> Init.xavierUniform(rng, t, 1));
        normal(json, "xavier_normal_std", shape, (rng, t) -> Init.xavierNormal(rng, t, 1));
        double relu = Nonlinearity.RELU.gain();
        uniform(
                json,
                "kaiming_uniform_bound_relu_fan_in",
                shape,
                (rng, t) -> Init.kaimingUniform(rng, t, FanMode.FAN_IN, relu));
        normal(
                json,
                "kaiming_normal_std_relu_fan_out",
                shape,
                (rng, t) -> Init.kaimingNormal(rng, t, FanMode.FAN_OUT, relu));
        double linear = Nonlinearity.leakyRelu(Math.sqrt(5));
        uniform(
                json,
                "linear_default_weight_bound",
                shape,
                (rng, t) -> Init.kaimingUniform(rng, t, FanMode.FAN_IN, linear));
        double bound = ((Number) json.get("linear_default_bias_bound")).doubleValue();
        Tensor weight = Tensor.zeros(DType.F64, 7, fans.in());
        same(
                "linear_default_bias_bound",
                new long[] {7},
                (rng, _) -> new Linear(fans.in(), 7, rng, DType.F64).bias(),
                (rng, t) -> {
                    weight.uniformInPlace(rng, 0, 1); // which the layer draws first
                    return t.uniformInPlace(rng, -bound, bound);
                });
    }

    /** Fills a tensor with numbers of a stream. */
    private interface Fill {
        Tensor of(Rng rng, Tensor t);
    }

    private static void uniform(Map<String, Object> json, String key, long[] shape, Fill fill) {
        double bound = ((Number) json.get(key)).doubleValue();
        same(key, shape, fill, (rng, t) -> t.uniformInPlace(rng, -bound, bound));
    }

    private static void normal(Map<String, Object> json, String key, long[] shape, Fill fill) {
        double std = ((Number) json.get(key)).doubleValue();
        same(key, shape, fill, (rng, t) -> t.normalInPlace(rng, 0, std));
    }

    private static void same(String key, long[] shape, Fill found, Fill expected) {
        double[] a =
                found.of(Rng.torch(1), Tensor.zeros(DType.F64, shape)).detach().toDoubles();
        double[] b = expected.of(Rng.torch(1), Tensor.zeros(DType.F64, shape)).toDoubles();
        for (int i = 0; i < a.length; i++) {
            same(key, b[i], a[i]);
        }
    }

    private static void same(String what, Object expected, Number found) {
        double wanted = ((Number) expected).doubleValue();
        if (!(Math.abs(found.doubleValue() - wanted) <= 1e-11 + 1e-9 * Math.abs(wanted))) {
            throw new GoldenCase.Disagreement(what + " is " + found + ", not " + wanted);
        }
    }
}
