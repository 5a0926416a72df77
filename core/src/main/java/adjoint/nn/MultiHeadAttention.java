package adjoint.nn;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Attention by several heads: queries, keys and values are projected, each head attends with its part of the features, and
 * what the heads find is projected together. Vaswani et al., "Attention Is All You Need", 2017. PyTorch: {@code
 * MultiheadAttention}.
 *
 * <pre>{@code
 * var attention = new MultiHeadAttention(64, 8, Attention.batchFirst());
 * var out = attention.forward(x, x, x);     // x: [n, places, 64]
 * out.output();                             // [n, places, 64]
 * out.weights();                            // [n, places, places], the mean over the heads
 * }</pre>
 *
 * <p>Masks say what is left out: true, or −∞ in one that is added to the scores.
 */
public final class MultiHeadAttention implements Model {
    /** Which weights are given beside the output. */
    public enum Weights {
        /** None. */
        NONE,
        /** Their means over the heads. */
        AVERAGED,
        /** Those of each head. */
        EACH_HEAD
    }

    private final long size;
    private final long heads;
    private final Attention.Options options;
    /** One matrix for all three where they have the same size, else one for each. */
    private final List<Tensor> projections;

    private final Tensor inBias;
    private final Linear out;
    private final Tensor learnedKey;
    private final Tensor learnedValue;
    private final Mode mode = new Mode();

    /**
     * Queries, keys and values of {@code size} features.
     *
     * @throws ValueException if the features cannot be divided among so many heads
     */
    public MultiHeadAttention(long size, long heads) {
        this(size, heads, Attention.Options.PLAIN);
    }

    /** Not in the plain way. */
    public MultiHeadAttention(long size, long heads, Attention.Options options) {
        this(size, heads, options, Rng.global());
    }

    MultiHeadAttention(long size, long heads, Attention.Options options, Rng rng) {
        if (size <= 0 || heads <= 0 || size % heads != 0) {
            throw new ValueException("MultiHeadAttention: " + size + " features for " + heads
                    + " heads: each has to get as many. Give a number that divides " + size + ".");
        }
        this.size = size;
        this.heads = heads;
        this.options = options;
        long keys = options.keySize == 0 ? size : options.keySize;
        long values = options.valueSize == 0 ? size : options.valueSize;
        boolean packed = keys == size && values == size;
        projections = packed
                ? List.of(Tensor.zeros(3 * size, size))
                : List.of(Tensor.zeros(size, size), Tensor.zeros(size, keys), Tensor.zeros(size, values));
        // In PyTorch's order of drawing: the last projection comes first.
        out = options.bias ? new Linear(size, size, rng, DType.F32) : Linear.withoutBias(size, size, rng, DType.F32);
        projections.forEach(w -> Init.xavierUniform(rng, w, 1).requiresGrad(true));
        inBias = options.bias ? Tensor.zeros(3 * size).requiresGrad(true) : null;
        if (options.bias) {
            Init.zeros(out.bias());
        }
        learnedKey = options.learnedKey ? learned(rng) : null;
        learnedValue = options.learnedKey ? learned(rng) : null;
    }

    private Tensor learned(Rng rng) {
        return Init.xavierNormal(rng, Tensor.zeros(1, 1, size), 1).requiresGrad(true);
    }

    /** Without masks; with the weights averaged over the heads. */
    public AttentionOutput forward(Tensor query, Tensor key, Tensor value) {
        return forward(query, key, value, null, null, Weights.AVERAGED);
    }

    /**
     * What each query finds.
     *
     * @param query {@code [queries, n, size]}, {@code [n, queries, size]} if batch-first, or {@code [queries, size]}
     * @param key {@code [keys, n, keySize]}, or as the queries
     * @param value {@code [keys, n, valueSize]}, or as the queries
     * @param mask which keys a query may not look at, {@code [queries, keys]}, or {@code [n · heads, queries, keys]}; null for none
     * @param keyPadding which keys no query may look at, {@code [n, keys]}, or {@code [keys]}; null for none
     * @throws ShapeException if shapes do not fit
     */
    public AttentionOutput forward(
            Tensor query, Tensor key, Tensor value, Tensor mask, Tensor keyPadding, Weights weights) {
        checkRanks(query, key, value, keyPadding);
        if (query.shape().rank() == 2) {
            Tensor k = key.unsqueeze(1);
            Tensor padding = keyPadding == null ? null : keyPadding.unsqueeze(0);
            AttentionOutput one = attend(
                    query.unsqueeze(1), k, key == value ? k : value.unsqueeze(1), query == key, mask, padding, weights);
            return new AttentionOutput(
                    one.output().squeeze(1),
                    one.weights() == null ? null : one.weights().squeeze(0));
        }
        if (options.batchFirst) {
            Tensor k = key.transpose(0, 1);
            AttentionOutput turned = attend(
                    query.transpose(0, 1),
                    k,
                    key == value ? k : value.transpose(0, 1),
                    query == key,
                    mask,
                    keyPadding,
                    weights);
            return new AttentionOutput(turned.output().transpose(0, 1), turned.weights());
        }
        return attend(query, key, value, query == key, mask, keyPadding, weights);
    }

    private void checkRanks(Tensor query, Tensor key, Tensor value, Tensor keyPadding) {
        int rank = query.shape().rank();
        if ((rank != 2 && rank != 3)
                || key.shape().rank() != rank
                || value.shape().rank() != rank) {
            throw new ShapeException("MultiHeadAttention: of queries " + query.shape() + ", keys " + key.shape()
                    + ", values " + value.shape()
                    + ": all have to be [places, n, features], or [places, features] for one"
                    + " example. Reshape them.");
        }
        if (keyPadding != null && keyPadding.shape().rank() != rank - 1) {
            throw new ShapeException("MultiHeadAttention: with key padding " + keyPadding.shape() + " of keys "
                    + key.shape() + ": it has to be [n, keys], without n as the keys. Reshape it.");
        }
    }

    /** With all three {@code [places, n, features]}; {@code same} says that the keys are the queries. */
    private AttentionOutput attend(
            Tensor query, Tensor key, Tensor value, boolean same, Tensor mask, Tensor keyPadding, Weights weights) {
        checkSizes(query, key, value);
        long n = query.size(1);
        Tensor[] projected = project(query, key, value, same);
        Tensor added = Attentions.added("MultiHeadAttention", mask, query.dtype());
        checkMask(added, n, query.size(0), key.size(0));
        Tensor padding = Attentions.added("MultiHeadAttention", keyPadding, query.dtype());
        checkPadding(padding, n, key.size(0));
        if (learnedKey != null) {
            projected[1] = Tensor.cat(0, projected[1], learnedKey.expand(1, n, size));
            projected[2] = Tensor.cat(0, projected[2], learnedValue.expand(1, n, size));
        }
        Tensor[] parts = Arrays.stream(projected).map(this::byHead).toArray(Tensor[]::new);
        if (options.zeroKey) {
            Tensor zero = Tensor.zeros(query.dtype(), n * heads, 1, size / heads);
            parts[1] = Tensor.cat(1, parts[1], zero);
            parts[2] = Tensor.cat(1, parts[2], zero);
        }
        long further = parts[1].size(1) - key.size(0);
        return found(query, parts, merged(further(added, further), further(padding, further), n), weights);
    }

    private void checkSizes(Tensor query, Tensor key, Tensor value) {
        boolean packed = projections.size() == 1;
        long keys = packed ? size : projections.get(1).size(1);
        long values = packed ? size : projections.get(2).size(1);
        boolean together = key.size(0) == value.size(0) && key.size(1) == value.size(1) && key.size(1) == query.size(1);
        if (query.size(2) != size || key.size(2) != keys || value.size(2) != values || !together) {
            throw new ShapeException("MultiHeadAttention: of queries " + query.shape() + ", keys " + key.shape()
                    + ", values " + value.shape() + " as [places, n, features]: the features have to be " + size + ", "
                    + keys
                    + " and " + values + ", n the same, and each key has a value. Check the inputs, and batchFirst.");
        }
    }

    private void checkMask(Tensor mask, long n, long queries, long keys) {
        if (mask == null) {
            return;
        }
        long[] sizes = mask.shape().sizes();
        if (!Arrays.equals(sizes, new long[] {queries, keys})
                && !Arrays.equals(sizes, new long[] {n * heads, queries, keys})) {
            throw new ShapeException("MultiHeadAttention: with a mask " + mask.shape() + " of " + queries + " queries, "
                    + keys + " keys: it has to be [" + queries + ", " + keys + "], or [" + n * heads + ", " + queries
                    + ", "
                    + keys + "] with one for each example and head. Reshape it.");
        }
    }

    private static void checkPadding(Tensor padding, long n, long keys) {
        if (padding != null && (padding.size(0) != n || padding.size(1) != keys)) {
            throw new ShapeException(
                    "MultiHeadAttention: with key padding " + padding.shape() + " of " + n + " examples, " + keys
                            + " keys: it has to be [" + n + ", " + keys + "]. Check whether it is transposed.");
        }
    }

    /** The three projected; by one product where they are the same. */
    private Tensor[] project(Tensor query, Tensor key, Tensor value, boolean same) {
        if (same && key == value && projections.size() == 1) {
            return Functional.linear(query, projections.getFirst(), inBias)
                    .chunk(3, -1)
                    .toArray(Tensor[]::new);
        }
        List<Tensor> matrices = projections.size() == 1 ? projections.getFirst().chunk(3, 0) : projections;
        Tensor[] inputs = {query, key, value};
        Tensor[] projected = new Tensor[3];
        for (int i = 0; i < 3; i++) {
            Tensor bias = inBias == null ? null : inBias.narrow(0, i * size, size);
            projected[i] = Functional.linear(inputs[i], matrices.get(i), bias);
        }
        return projected;
    }

    /** {@code [places, n, size] → [n · heads, places, size / heads]}. */
    private Tensor byHead(Tensor t) {
        return t.reshape(t.size(0), t.size(1) * heads, size / heads).transpose(0, 1);
    }

    /** A mask that leaves out none of so many further keys. */
    private static Tensor further(Tensor mask, long keys) {
        return mask == null || keys == 0 ? mask : Functional.pad(mask, 0, keys);
    }

    /** What is added to the scores {@code [n · heads, queries, keys]}, or null. */
    private Tensor merged(Tensor mask, Tensor padding, long n) {
        if (padding == null) {
            return mask;
        }
        Tensor each = padding.reshape(n, 1, 1, padding.size(1))
                .expand(n, heads, 1, padding.size(1))
                .reshape(n * heads, 1, padding.size(1));
        return mask == null ? each : mask.add(each);
    }

    private AttentionOutput found(Tensor query, Tensor[] parts, Tensor mask, Weights wanted) {
        double scale = 1 / Math.sqrt((double) size / heads);
        double dropout = mode.isTraining() ? options.dropout : 0;
        Tensor weights = null;
        Tensor mixed;
        if (wanted == Weights.NONE) {
            mixed = Attentions.scaledDotProduct(parts[0], parts[1], parts[2], mask, dropout, scale);
        } else {
            Tensor scores = parts[0].mul(scale).matmul(parts[1].mT());
            Tensor shares = (mask == null ? scores : scores.add(mask)).softmax(-1);
            shares = Functional.dropout(shares, dropout);
            mixed = shares.matmul(parts[2]);
            weights = shares.unflatten(0, query.size(1), heads);
            weights = wanted == Weights.AVERAGED ? weights.mean(1) : weights;
        }
        Tensor together = mixed.transpose(0, 1).reshape(query.size(0), query.size(1), size);
        return new AttentionOutput(out.forward(together), weights);
    }

    /** {@code in_proj_weight} or one for each of q, k and v; {@code in_proj_bias}, {@code bias_k}, {@code bias_v}; {@code out_proj}. */
    @Override
    public Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>();
        if (projections.size() == 1) {
            parts.put("in_proj_weight", projections.getFirst());
        } else {
            parts.put("q_proj_weight", projections.get(0));
            parts.put("k_proj_weight", projections.get(1));
            parts.put("v_proj_weight", projections.get(2));
        }
        if (inBias != null) {
            parts.put("in_proj_bias", inBias);
        }
        if (learnedKey != null) {
            parts.put("bias_k", learnedKey);
            parts.put("bias_v", learnedValue);
        }
        parts.put("out_proj", out);
        parts.put("mode", mode);
        return parts;
    }

    /** As PyTorch prints it, whose last projection has a class of its own. */
    @Override
    public String toString() {
        return "MultiheadAttention(\n  (out_proj): NonDynamicallyQuantizable" + out + "\n)";
    }
}
