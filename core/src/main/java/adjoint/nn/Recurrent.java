package adjoint.nn;

import adjoint.tensor.Index;
import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link RNN}, {@link GRU} and {@link LSTM} have in common: cells that are applied to one step of a sequence after the
 * other, in layers, in one direction or both.
 *
 * <pre>{@code
 * var lstm = new LSTM(28, 64, Recurrent.layers(2).bidirectional());
 * var out = lstm.forward(x);               // x: [steps, n, 28]
 * out.output();                            // [steps, n, 128]
 * out.state().hidden();                    // [4, n, 64]: layers and directions
 * lstm.forward(next, out.state());         // goes on from there
 * }</pre>
 *
 * <p>Without a state it starts from zeros. Weights start uniform in ±1/√hidden, from PyTorch's random numbers.
 *
 * @param <S> what is carried from step to step: a tensor, or an {@link LSTMState}
 */
public abstract sealed class Recurrent<S> implements Model permits RNN, GRU, LSTM {
    private final long hidden;
    private final long projected;
    private final Options options;
    private final List<RecurrentWeights> weights = new ArrayList<>();
    private final Mode mode = new Mode();

    Recurrent(int gates, long in, long hidden, long projected, Options options) {
        RecurrentWeights.checkSizes(name(), in, hidden);
        this.hidden = hidden;
        this.projected = projected;
        this.options = options;
        for (int cell = 0; cell < options.layers * options.directions(); cell++) {
            long size = cell < options.directions() ? in : out() * options.directions();
            weights.add(RecurrentWeights.draw(gates, size, hidden, projected, options.bias));
        }
    }

    // ---------------------------------------------------------------- options

    /** See {@link Options#layers}. */
    public static Options layers(int count) {
        return Options.PLAIN.layers(count);
    }

    /** See {@link Options#bidirectional}. */
    public static Options bidirectional() {
        return Options.PLAIN.bidirectional();
    }

    /** See {@link Options#batchFirst}. */
    public static Options batchFirst() {
        return Options.PLAIN.batchFirst();
    }

    /** See {@link Options#dropout}. */
    public static Options dropout(double p) {
        return Options.PLAIN.dropout(p);
    }

    /** See {@link Options#withoutBias}. */
    public static Options withoutBias() {
        return Options.PLAIN.withoutBias();
    }

    /** Where a recurrent layer differs from the plain one, said in any order. Immutable: each method gives new options. */
    public static final class Options {
        static final Options PLAIN = new Options(1, true, false, 0, false);

        private final int layers;
        private final boolean bias;
        private final boolean batchFirst;
        private final double dropout;
        private final boolean bidirectional;

        private Options(int layers, boolean bias, boolean batchFirst, double dropout, boolean bidirectional) {
            this.layers = layers;
            this.bias = bias;
            this.batchFirst = batchFirst;
            this.dropout = dropout;
            this.bidirectional = bidirectional;
        }

        /**
         * So many layers, each fed with what the one before makes. PyTorch: {@code num_layers}.
         *
         * @throws ValueException if there is none
         */
        public Options layers(int count) {
            if (count < 1) {
                throw new ValueException("layers: " + count + ": there has to be one. Give a positive number.");
            }
            return new Options(count, bias, batchFirst, dropout, bidirectional);
        }

        /** Every layer has a second cell that goes from the last step to the first. */
        public Options bidirectional() {
            return new Options(layers, bias, batchFirst, dropout, true);
        }

        /** Inputs and outputs are {@code [n, steps, ...]} instead of {@code [steps, n, ...]}. States stay as they are. */
        public Options batchFirst() {
            return new Options(layers, bias, true, dropout, bidirectional);
        }

        /**
         * In training, what all layers but the last make goes through {@link Dropout}.
         *
         * @throws ValueException if it is not from 0 to 1
         */
        public Options dropout(double p) {
            Dropouts.checkProbability("dropout", p);
            return new Options(layers, bias, batchFirst, p, bidirectional);
        }

        /** Without biases. PyTorch: {@code bias=False}. */
        public Options withoutBias() {
            return new Options(layers, false, batchFirst, dropout, bidirectional);
        }

        private int directions() {
            return bidirectional ? 2 : 1;
        }
    }

    // ---------------------------------------------------------------- what the layers differ in

    /** What a step of one cell needs of the input, for all steps. */
    abstract Tensor input(Tensor x, RecurrentWeights w);

    /** One step; the first of the state is what the cell hands out. */
    abstract Tensor[] step(Tensor x, Tensor[] state, RecurrentWeights w);

    abstract Tensor[] tensors(S state);

    abstract S state(Tensor[] tensors);

    /** The last sizes of the state's tensors. */
    abstract long[] stateSizes();

    // ---------------------------------------------------------------- forward

    /** From a state of zeros; see {@link #forward(Tensor, Object)}. */
    public final RecurrentOutput<S> forward(Tensor x) {
        return forward(x, null);
    }

    /**
     * All steps of a batch of sequences, or of one.
     *
     * @param x {@code [steps, n, in]}, {@code [n, steps, in]} if batch-first, or {@code [steps, in]}
     * @param state for each layer and direction, {@code [layers · directions, n, hidden]}, without n where x has none; null for
     *     zeros
     * @throws ShapeException if shapes do not fit
     */
    public final RecurrentOutput<S> forward(Tensor x, S state) {
        int rank = x.shape().rank();
        if (rank != 2 && rank != 3) {
            throw new ShapeException(name() + ": of x " + x.shape()
                    + ": it has to be [steps, n, in], or [steps, in] for one" + " sequence. Reshape it.");
        }
        weights.getFirst().checkInput(name(), x);
        boolean single = rank == 2;
        Tensor ordered = single ? x.unsqueeze(1) : options.batchFirst ? x.transpose(0, 1) : x;
        long steps = ordered.size(0);
        long n = ordered.size(1);
        if (steps == 0) {
            throw new ShapeException(name() + ": of x " + x.shape()
                    + ": a sequence without steps has no last state. Leave" + " it out.");
        }
        long[] rows = new long[(int) steps];
        Arrays.fill(rows, n);
        Tensor[] start = start(x, state, single ? new long[0] : new long[] {n});
        for (int i = 0; single && i < start.length; i++) {
            start[i] = start[i].unsqueeze(1);
        }
        Run run = run(ordered.reshape(steps * n, ordered.size(2)), rows, start);
        Tensor y = run.output.reshape(steps, n, run.output.size(1));
        if (single) {
            return new RecurrentOutput<>(y.squeeze(1), state(each(run.last, t -> t.squeeze(1))));
        }
        return new RecurrentOutput<>(options.batchFirst ? y.transpose(0, 1) : y, state(run.last));
    }

    /** From a state of zeros; see {@link #forward(PackedSequence, Object)}. */
    public final PackedOutput<S> forward(PackedSequence x) {
        return forward(x, null);
    }

    /**
     * All steps of sequences of several lengths, each as if it were alone.
     *
     * @param x whose elements are {@code [in]}
     * @param state for each layer and direction, {@code [layers · directions, n, hidden]}; null for zeros
     * @throws ShapeException if shapes do not fit
     */
    public final PackedOutput<S> forward(PackedSequence x, S state) {
        if (x.data().shape().rank() != 2) {
            throw new ShapeException(name() + ": of packed steps " + x.data().shape()
                    + ": each step has to be a vector. Reshape the sequences to [steps, in].");
        }
        weights.getFirst().checkInput(name(), x.data());
        long[] rows = x.batchSizes().toLongs();
        Tensor[] start = start(x.data(), state, rows[0]);
        Run run = run(
                x.data(),
                rows,
                each(start, t -> x.sortedIndices() == null ? t : t.at(Index.ALL, Index.of(x.sortedIndices()))));
        Tensor[] last =
                each(run.last, t -> x.unsortedIndices() == null ? t : t.at(Index.ALL, Index.of(x.unsortedIndices())));
        return new PackedOutput<>(x.withData(run.output), state(last));
    }

    private interface OfTensor {
        Tensor apply(Tensor t);
    }

    private static Tensor[] each(Tensor[] tensors, OfTensor f) {
        return Arrays.stream(tensors).map(f::apply).toArray(Tensor[]::new);
    }

    /** The state to start with, checked; zeros if none is given. */
    private Tensor[] start(Tensor x, S state, long... n) {
        long[] sizes = stateSizes();
        Tensor[] start = new Tensor[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            long cells = weights.size();
            long[] shape = n.length == 0 ? new long[] {cells, sizes[i]} : new long[] {cells, n[0], sizes[i]};
            if (state == null) {
                start[i] = Tensor.zeros(x.dtype(), shape);
            } else {
                start[i] = tensors(state)[i];
                weights.getFirst().checkState(name(), start[i], shape);
            }
        }
        return start;
    }

    // ---------------------------------------------------------------- through layers and steps

    /** What all steps make, one under the other, and the last states. */
    private record Run(Tensor output, Tensor[] last) {}

    /**
     * Sequences in order of falling length.
     *
     * @param data the rows of the first step, then those of the second, …
     * @param rows how many sequences have each step
     */
    private Run run(Tensor data, long[] rows, Tensor[] start) {
        List<Tensor[]> last = new ArrayList<>();
        Tensor x = data;
        for (int layer = 0; layer < options.layers; layer++) {
            if (layer > 0 && mode.isTraining() && options.dropout > 0) {
                x = Functional.dropout(x, options.dropout);
            }
            List<Tensor> sides = new ArrayList<>();
            for (int side = 0; side < options.directions(); side++) {
                int cell = layer * options.directions() + side;
                Tensor[] first = each(start, t -> t.select(0, cell));
                Run run = side == 0
                        ? forwards(x, rows, first, weights.get(cell))
                        : backwards(x, rows, first, weights.get(cell));
                sides.add(run.output);
                last.add(run.last);
            }
            x = sides.size() == 1 ? sides.getFirst() : Tensor.cat(-1, sides);
        }
        Tensor[] stacked = new Tensor[start.length];
        Arrays.setAll(stacked, i -> Tensor.stack(0, last.stream().map(s -> s[i]).toList()));
        return new Run(x, stacked);
    }

    /** The shorter a sequence, the sooner its state is put aside. */
    private Run forwards(Tensor x, long[] rows, Tensor[] first, RecurrentWeights w) {
        Tensor input = input(x, w);
        List<Tensor> outputs = new ArrayList<>();
        List<Tensor[]> ended = new ArrayList<>();
        Tensor[] state = first;
        long from = 0;
        for (int t = 0; t < rows.length; t++) {
            long n = rows[t];
            if (t > 0 && n < rows[t - 1]) {
                long before = rows[t - 1];
                ended.add(each(state, s -> s.slice(0, n, before)));
                state = each(state, s -> s.slice(0, 0, n));
            }
            state = step(input.slice(0, from, from + n), state, w);
            outputs.add(state[0]);
            from += n;
        }
        ended.add(state);
        Tensor[] last = new Tensor[state.length];
        Arrays.setAll(last, i -> join(ended.reversed().stream().map(s -> s[i]).toList()));
        return new Run(join(outputs), last);
    }

    /** From the end: the shorter a sequence, the later it joins in. */
    private Run backwards(Tensor x, long[] rows, Tensor[] first, RecurrentWeights w) {
        Tensor input = input(x, w);
        List<Tensor> outputs = new ArrayList<>();
        long to = input.size(0);
        long before = rows[rows.length - 1];
        Tensor[] state = each(first, s -> s.slice(0, 0, before));
        for (int t = rows.length - 1; t >= 0; t--) {
            long n = rows[t];
            long running = state[0].size(0);
            if (n > running) {
                Tensor[] longer = state.clone();
                Arrays.setAll(longer, i -> Tensor.cat(0, longer[i], first[i].slice(0, running, n)));
                state = longer;
            }
            state = step(input.slice(0, to - n, to), state, w);
            outputs.add(state[0]);
            to -= n;
        }
        return new Run(join(outputs.reversed()), state);
    }

    private static Tensor join(List<Tensor> parts) {
        return parts.size() == 1 ? parts.getFirst() : Tensor.cat(0, parts);
    }

    // ---------------------------------------------------------------- as a model

    private long out() {
        return projected == 0 ? hidden : projected;
    }

    private String name() {
        return getClass().getSimpleName();
    }

    /** In layers and directions: {@code weight_ih_l0}, {@code weight_hh_l0}, {@code bias_ih_l0}, …, {@code weight_ih_l0_reverse}, …. */
    @Override
    public final Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>();
        for (int cell = 0; cell < weights.size(); cell++) {
            int directions = options.directions();
            weights.get(cell).name(parts, "_l" + cell / directions + (cell % directions == 1 ? "_reverse" : ""));
        }
        parts.put("mode", mode);
        return parts;
    }

    @Override
    public final String toString() {
        return name() + "(" + weights.getFirst().in() + ", " + hidden
                + (projected == 0 ? "" : ", proj_size=" + projected)
                + (options.layers == 1 ? "" : ", num_layers=" + options.layers)
                + (options.bias ? "" : ", bias=False")
                + (options.batchFirst ? ", batch_first=True" : "")
                + (options.dropout == 0 ? "" : ", dropout=" + ModelText.number(options.dropout))
                + (options.bidirectional ? ", bidirectional=True" : "") + ")";
    }
}
