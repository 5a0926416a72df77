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
import java.util.List;

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
        return weight.at(Index.of(input.to(DType.I64)));
    }

    /** The table with one row cut off from the graph. */
    static Tensor padded(Tensor weight, long paddingIdx) {
        checkTable("embedding", weight);
        long count = weight.size(0);
        if (paddingIdx < -count || paddingIdx >= count) {
            throw new IndexException("embedding: paddingIdx " + paddingIdx + " in a table of shape " + weight.shape()
                    + ": there is no such row. Use " + -count + " to " + (count - 1) + ".");
        }
        long at = paddingIdx < 0 ? paddingIdx + count : paddingIdx;
        Tensor isPadding = Tensor.arange(count).eq(at).unsqueeze(1);
        return Tensor.where(isPadding, weight.detach(), weight);
    }

    static void renormalize(Tensor weight, Tensor input, double maxNorm, double normType) {
        checkIntegers("embedding", input);
        checkTable("embedding", weight);
        try (var _ = Autograd.noGrad()) {
            long[] named =
                    Arrays.stream(input.to(DType.I64).toLongs()).distinct().toArray();
            Tensor rows = weight.at(Index.list(named));
            Tensor norms = rows.norm(normType, 1).unsqueeze(1);
            Tensor scale = norms.add(1e-7).reciprocal().mul(maxNorm);
            weight.set(rows.mul(Tensor.where(norms.gt(maxNorm), scale, Tensor.onesLike(norms))), Index.list(named));
        }
    }

    static Tensor bags(Tensor input, Tensor weight, Tensor offsets, BagMode mode) {
        if (input.shape().rank() != 1 || offsets.shape().rank() != 1) {
            throw new ShapeException("embeddingBag: input " + input.shape() + " with offsets " + offsets.shape()
                    + ": both are vectors, the positions of all bags and where each starts. Flatten them.");
        }
        checkIntegers("embeddingBag", offsets);
        long[] starts = offsets.to(DType.I64).toLongs();
        long n = input.numel();
        for (int b = 0; b < starts.length; b++) {
            long before = b == 0 ? 0 : starts[b - 1];
            if (starts[b] < before || starts[b] > n || (b == 0 && starts[b] != 0)) {
                throw new ValueException("embeddingBag: offsets " + Arrays.toString(starts) + " into " + n
                        + " positions: they start at 0 and never fall. Sort them.");
            }
        }
        Tensor rows = rows(input, weight);
        if (mode == BagMode.MAX) {
            return largest(rows, starts);
        }
        long[] bag = new long[(int) n];
        double[] lengths = new double[starts.length];
        for (int b = 0; b < starts.length; b++) {
            long end = b + 1 < starts.length ? starts[b + 1] : n;
            Arrays.fill(bag, (int) starts[b], (int) end, b);
            lengths[b] = Math.max(end - starts[b], 1);
        }
        Tensor zeros = Tensor.zeros(weight.dtype(), starts.length, weight.size(1));
        Tensor sums = zeros.indexAdd(0, Tensor.of(bag), rows);
        return mode == BagMode.SUM
                ? sums
                : sums.div(Tensor.of((Object) lengths, weight.dtype()).unsqueeze(1));
    }

    private static Tensor largest(Tensor rows, long[] starts) {
        List<Tensor> bags = new ArrayList<>();
        for (int b = 0; b < starts.length; b++) {
            long end = b + 1 < starts.length ? starts[b + 1] : rows.size(0);
            bags.add(
                    end == starts[b]
                            ? Tensor.zeros(rows.dtype(), rows.size(1))
                            : rows.slice(0, starts[b], end).max(0).values());
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
