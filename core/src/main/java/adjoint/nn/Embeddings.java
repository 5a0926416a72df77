package adjoint.nn;

import adjoint.autograd.Autograd;
import adjoint.tensor.Index;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tables of vectors, read by number. */
final class Embeddings {
    private Embeddings() {}

    private static void checkIntegers(String name, Tensor input) {
        if (input.dtype().isFloating() || input.dtype() == DType.BOOL) {
            throw new DTypeException(name + ": with " + input.dtype()
                    + " positions: they have to be integers. Convert them with to(DType.I64).");
        }
    }

    private static void checkTable(String name, Tensor weight) {
        if (weight.shape().rank() != 2) {
            throw new ShapeException(name + ": with a table of shape " + weight.shape()
                    + ": it has a row for each number and so two dimensions. Reshape it.");
        }
    }

    static Tensor rows(Tensor input, Tensor weight) {
        checkIntegers("embedding", input);
        checkTable("embedding", weight);
        Tensor at = input.to(DType.I64);
        long count = weight.size(0);
        try {
            // Rows are not counted from the end: what is negative gets out of range.
            return weight.at(Index.of(Tensor.where(at.lt(0L), at.sub(count), at)));
        } catch (IndexException e) {
            throw new IndexException(
                    "embedding: positions " + input.shape() + " in a table " + weight.shape()
                            + ": not all of them are 0 to " + (count - 1)
                            + ". Check the data, or make the table larger.",
                    e);
        }
    }

    static Tensor rows(Tensor input, Tensor weight, Embedding.Options options) {
        checkIntegers("embedding", input);
        checkTable("embedding", weight);
        long padding = options.paddingOf(weight.size(0));
        if (options.maxNorm != null) {
            renormalize(weight.detach(), input, options.maxNorm, options.normType);
        }
        Tensor rows = rows(input, weight);
        if (padding >= 0) {
            Tensor isPadding = input.to(DType.I64).eq(padding).unsqueeze(-1);
            rows = Tensor.where(isPadding, rows.detach(), rows);
        }
        if (options.gradientByCount && rows.requiresGrad()) {
            Tensor shares = counts(input).to(rows.dtype()).reciprocal().unsqueeze(-1);
            rows.registerHook(g -> g.mul(shares));
        }
        return rows;
    }

    /** How often each position occurs. */
    private static Tensor counts(Tensor input) {
        long[] at = input.to(DType.I64).toLongs();
        Map<Long, Long> counts = new HashMap<>();
        for (long position : at) {
            counts.merge(position, 1L, Long::sum);
        }
        long[] each = Arrays.stream(at).map(counts::get).toArray();
        return Tensor.of(each).reshape(input.shape().sizes());
    }

    static void renormalize(Tensor weight, Tensor input, double maxNorm, double normType) {
        checkIntegers("embedding", input);
        checkTable("embedding", weight);
        try (var _ = Autograd.noGrad()) {
            long[] named =
                    Arrays.stream(input.to(DType.I64).toLongs()).distinct().toArray();
            Tensor rows = rows(Tensor.of(named), weight);
            Tensor norms = rows.norm(normType, 1).unsqueeze(1);
            Tensor scale = norms.add(1e-7).reciprocal().mul(maxNorm);
            weight.set(rows.mul(Tensor.where(norms.gt(maxNorm), scale, Tensor.onesLike(norms))), Index.list(named));
        }
    }

    // ---------------------------------------------------------------- bags

    /** Bags of the same length, one in each row. */
    static Tensor bags(Tensor input, Tensor weight, BagMode mode, Tensor weights, Embedding.Options options) {
        if (input.shape().rank() != 2) {
            throw new ShapeException("embeddingBag: input " + input.shape()
                    + " without offsets: then it is [bags, length]." + " Reshape it, or give offsets.");
        }
        checkWeights(input, weights, mode);
        Tensor starts = Tensor.arange(input.size(0)).mul(input.size(1));
        return bags(input.flatten(), weight, starts, mode, weights == null ? null : weights.flatten(), options);
    }

    private static void checkWeights(Tensor input, Tensor weights, BagMode mode) {
        if (weights != null && !weights.shape().equals(input.shape())) {
            throw new ShapeException("embeddingBag: input " + input.shape() + " with weights " + weights.shape()
                    + ": there has to be one for each position. Reshape them.");
        }
        if (weights != null && mode != BagMode.SUM) {
            throw new ValueException("embeddingBag: the " + mode + " of weighted rows: PyTorch has no meaning for it."
                    + " Use BagMode.SUM.");
        }
    }

    static Tensor bags(
            Tensor input, Tensor weight, Tensor offsets, BagMode mode, Tensor weights, Embedding.Options options) {
        if (input.shape().rank() != 1 || offsets.shape().rank() != 1) {
            throw new ShapeException("embeddingBag: input " + input.shape() + " with offsets " + offsets.shape()
                    + ": both are vectors, the positions of all bags and where each starts. Flatten them.");
        }
        checkIntegers("embeddingBag", input);
        checkIntegers("embeddingBag", offsets);
        checkTable("embeddingBag", weight);
        checkWeights(input, weights, mode);
        long padding = options.paddingOf(weight.size(0));
        long[] at = input.to(DType.I64).toLongs();
        long[] starts = starts(offsets, at.length);
        if (options.maxNorm != null) {
            renormalize(weight.detach(), input, options.maxNorm, options.normType);
        }
        // The bags' positions without padding and without those that belong to no bag.
        long[] kept = IntStream.range(0, at.length)
                .filter(i -> at[i] != padding && starts.length > 0)
                .mapToLong(i -> i)
                .toArray();
        long[] bag = new long[kept.length];
        double[] lengths = new double[starts.length];
        for (int i = 0, b = 0; i < kept.length; i++) {
            while (b + 1 < starts.length && kept[i] >= starts[b + 1]) {
                b++;
            }
            bag[i] = b;
            lengths[b]++;
        }
        Tensor which = Tensor.of(kept);
        Tensor rows = rows(input.to(DType.I64).indexSelect(0, which), weight);
        if (mode == BagMode.MAX) {
            return largest(rows, lengths);
        }
        rows = weights == null ? rows : rows.mul(weights.indexSelect(0, which).unsqueeze(1));
        Tensor sums =
                Tensor.zeros(weight.dtype(), starts.length, weight.size(1)).indexAdd(0, Tensor.of(bag), rows);
        if (mode == BagMode.SUM) {
            return sums;
        }
        double[] divisors = Arrays.stream(lengths).map(n -> Math.max(n, 1)).toArray();
        return sums.div(Tensor.of((Object) divisors, weight.dtype()).unsqueeze(1));
    }

    private static long[] starts(Tensor offsets, int n) {
        long[] starts = offsets.to(DType.I64).toLongs();
        for (int b = 0; b < starts.length; b++) {
            long before = b == 0 ? 0 : starts[b - 1];
            if (starts[b] < before || starts[b] > n || (b == 0 && starts[b] != 0)) {
                throw new ValueException("embeddingBag: offsets " + Arrays.toString(starts) + " into " + n
                        + " positions: they start at 0 and never fall. Sort them.");
            }
        }
        return starts;
    }

    /** The largest of rows that lie one bag after the other. */
    private static Tensor largest(Tensor rows, double... lengths) {
        List<Tensor> bags = new ArrayList<>();
        long from = 0;
        for (double length : lengths) {
            long to = from + (long) length;
            bags.add(
                    to == from
                            ? Tensor.zeros(rows.dtype(), rows.size(1))
                            : rows.slice(0, from, to).max(0).values());
            from = to;
        }
        return bags.isEmpty() ? Tensor.zeros(rows.dtype(), 0, rows.size(1)) : Tensor.stack(0, bags);
    }

    static Tensor oneHot(Tensor classes, long count) {
        if (classes.dtype() != DType.I64) {
            throw new DTypeException("oneHot: with " + classes.dtype()
                    + " class numbers: they have to be int64. Convert them with to(DType.I64).");
        }
        long smallest = classes.numel() == 0 ? 0 : classes.min().itemLong();
        long largest = classes.numel() == 0 ? -1 : classes.max().itemLong();
        if (count == 0 || count < -1 || (count == -1 && classes.numel() == 0)) {
            throw new ValueException("oneHot: of " + classes.shape() + " class numbers with " + count
                    + " classes: how long the vectors are is not known. Give a positive number of classes.");
        }
        if (smallest < 0 || (count > 0 && largest >= count)) {
            throw new IndexException("oneHot: class numbers from " + smallest + " to " + largest + " with "
                    + (count > 0 ? count : largest + 1) + " classes: they count from 0. Give more classes or check the"
                    + " data.");
        }
        return classes.unsqueeze(-1)
                .eq(Tensor.arange(count > 0 ? count : largest + 1))
                .to(DType.I64);
    }
}
