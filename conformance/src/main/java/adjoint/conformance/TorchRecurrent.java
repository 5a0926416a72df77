package adjoint.conformance;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.nn.GRU;
import adjoint.nn.GRUCell;
import adjoint.nn.LSTM;
import adjoint.nn.LSTMCell;
import adjoint.nn.LSTMState;
import adjoint.nn.PackedOutput;
import adjoint.nn.PackedSequence;
import adjoint.nn.PaddedSequences;
import adjoint.nn.RNN;
import adjoint.nn.RNNCell;
import adjoint.nn.Recurrent;
import adjoint.nn.RecurrentOutput;
import adjoint.nn.Sequences;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Recurrent layers and cells, and sequences of several lengths. */
final class TorchRecurrent {
    private TorchRecurrent() {}

    static void define() {
        layers();
        cells();
        sequences();
    }

    // ---------------------------------------------------------------- layers

    private static void layers() {
        String more = "num_layers, bias, batch_first, dropout, bidirectional";
        TorchTable.define(
                "nn.RNN(input_size, hidden_size, num_layers, nonlinearity, bias, batch_first, dropout, bidirectional)",
                a -> new RNN(in(a), hidden(a), activation(a), options(a)));
        TorchTable.define("nn.GRU(input_size, hidden_size, " + more + ")", a -> new GRU(in(a), hidden(a), options(a)));
        TorchTable.define(
                "nn.LSTM(input_size, hidden_size, " + more + ", proj_size)",
                a -> a.integer("proj_size", 0) == 0
                        ? new LSTM(in(a), hidden(a), options(a))
                        : LSTM.projected(in(a), hidden(a), a.integer("proj_size", 0), options(a)));
        TorchTable.define("RNN.__call__(self, input, hx)", a -> {
            Tensor state = TorchLayers.optional(a, "hx");
            return through((RNN) a.get("self"), a, state);
        });
        TorchTable.define("GRU.__call__(self, input, hx)", a -> {
            Tensor state = TorchLayers.optional(a, "hx");
            return through((GRU) a.get("self"), a, state);
        });
        TorchTable.define("LSTM.__call__(self, input, hx)", a -> through((LSTM) a.get("self"), a, pair(a)));
        for (String layer : List.of("RNN", "GRU", "LSTM")) {
            TorchTable.define(layer + ".flatten_parameters(self)", a -> a.has("self") ? null : a);
        }
    }

    private static long in(Arguments a) {
        return a.integer("input_size", 0);
    }

    private static long hidden(Arguments a) {
        return a.integer("hidden_size", 0);
    }

    private static Recurrent.Options options(Arguments a) {
        Recurrent.Options options = Recurrent.layers(a.integer("num_layers", 1)).dropout(a.number("dropout", 0));
        options = a.flag("bias", true) ? options : options.withoutBias();
        options = a.flag("batch_first", false) ? options.batchFirst() : options;
        return a.flag("bidirectional", false) ? options.bidirectional() : options;
    }

    private static RNN.Activation activation(Arguments a) {
        return switch (a.has("nonlinearity") ? (String) a.get("nonlinearity") : "tanh") {
            case "tanh" -> RNN.Activation.TANH;
            case "relu" -> RNN.Activation.RELU;
            default -> throw new Unwritable("such an activation");
        };
    }

    private static LSTMState pair(Arguments a) {
        if (!a.has("hx")) {
            return null;
        }
        List<Object> both = Torch.items(a.get("hx"));
        if (both.size() != 2) {
            throw new Unwritable("such a state");
        }
        return new LSTMState((Tensor) both.get(0), (Tensor) both.get(1));
    }

    private static <S> Tuple through(Recurrent<S> layer, Arguments a, S state) {
        if (a.get("input") instanceof PackedSequence packed) {
            PackedOutput<S> out = layer.forward(packed, state);
            return new Tuple(List.of(out.output(), value(out.state())));
        }
        RecurrentOutput<S> out = layer.forward(a.tensor("input"), state);
        return new Tuple(List.of(out.output(), value(out.state())));
    }

    private static Object value(Object state) {
        return state instanceof LSTMState(Tensor hidden, Tensor cell) ? new Tuple(List.of(hidden, cell)) : state;
    }

    // ---------------------------------------------------------------- cells

    private static void cells() {
        TorchTable.define(
                "nn.RNNCell(input_size, hidden_size, bias, nonlinearity)",
                a -> a.flag("bias", true)
                        ? new RNNCell(in(a), hidden(a), activation(a))
                        : RNNCell.withoutBias(in(a), hidden(a), activation(a)));
        TorchTable.define(
                "nn.GRUCell(input_size, hidden_size, bias)",
                a -> a.flag("bias", true) ? new GRUCell(in(a), hidden(a)) : GRUCell.withoutBias(in(a), hidden(a)));
        TorchTable.define(
                "nn.LSTMCell(input_size, hidden_size, bias)",
                a -> a.flag("bias", true) ? new LSTMCell(in(a), hidden(a)) : LSTMCell.withoutBias(in(a), hidden(a)));
        TorchTable.define(
                "RNNCell.__call__(self, input, hx)",
                a -> ((RNNCell) a.get("self")).forward(a.tensor("input"), TorchLayers.optional(a, "hx")));
        TorchTable.define(
                "GRUCell.__call__(self, input, hx)",
                a -> ((GRUCell) a.get("self")).forward(a.tensor("input"), TorchLayers.optional(a, "hx")));
        TorchTable.define(
                "LSTMCell.__call__(self, input, hx)",
                a -> value(((LSTMCell) a.get("self")).forward(a.tensor("input"), pair(a))));
    }

    // ---------------------------------------------------------------- sequences

    private static void sequences() {
        for (String module : List.of("nn.utils.rnn.", "torch.nn.utils.rnn.")) {
            TorchTable.define(
                    module + "pad_sequence(sequences, batch_first, padding_value, padding_side)",
                    a -> Sequences.pad(a.tensors("sequences"), layout(a), a.number("padding_value", 0), side(a)));
            TorchTable.define(
                    module + "unpad_sequence(padded_sequences, lengths, batch_first)",
                    a -> new ArrayList<Object>(Sequences.unpad(
                            layout(a) == Sequences.Layout.BATCH_FIRST
                                    ? a.tensor("padded_sequences").transpose(0, 1)
                                    : a.tensor("padded_sequences"),
                            lengths(a))));
            TorchTable.define(
                    module + "pack_sequence(sequences, enforce_sorted)",
                    a -> Sequences.pack(a.tensors("sequences"), order(a)));
            TorchTable.define(
                    module + "pack_padded_sequence(input, lengths, batch_first, enforce_sorted)",
                    a -> Sequences.packPadded(a.tensor("input"), lengths(a), layout(a), order(a)));
            TorchTable.define(module + "pad_packed_sequence(sequence, batch_first, padding_value, total_length)", a -> {
                var packed = (PackedSequence) a.get("sequence");
                long longest = packed.batchSizes().size(0);
                PaddedSequences padded = packed.pad(
                        layout(a),
                        a.number("padding_value", 0),
                        a.has("total_length") ? a.integer("total_length", 0) : longest);
                return new Tuple(List.of(padded.data(), padded.lengths()));
            });
            TorchTable.define(
                    module + "unpack_sequence(packed_sequences)",
                    a -> new ArrayList<Object>(((PackedSequence) a.get("packed_sequences")).unpack()));
        }
    }

    private static Sequences.Layout layout(Arguments a) {
        return a.flag("batch_first", false) ? Sequences.Layout.BATCH_FIRST : Sequences.Layout.TIME_FIRST;
    }

    private static Sequences.Order order(Arguments a) {
        return a.flag("enforce_sorted", true) ? Sequences.Order.FALLING : Sequences.Order.ANY;
    }

    private static Sequences.Side side(Arguments a) {
        return switch (a.has("padding_side") ? (String) a.get("padding_side") : "right") {
            case "right" -> Sequences.Side.RIGHT;
            case "left" -> Sequences.Side.LEFT;
            default -> throw new Unwritable("such a side");
        };
    }

    private static long[] lengths(Arguments a) {
        return a.get("lengths") instanceof Tensor t ? t.to(DType.I64).toLongs() : a.sizes("lengths");
    }

    /** The fields of a packed sequence, in PyTorch's order. */
    static List<Object> fields(PackedSequence packed) {
        return Arrays.asList(packed.data(), packed.batchSizes(), packed.sortedIndices(), packed.unsortedIndices());
    }

    static Object field(PackedSequence packed, String name) {
        int at = List.of("data", "batch_sizes", "sorted_indices", "unsorted_indices")
                .indexOf(name);
        if (at < 0) {
            throw new Unsupported("attribute " + name);
        }
        return fields(packed).get(at);
    }
}
