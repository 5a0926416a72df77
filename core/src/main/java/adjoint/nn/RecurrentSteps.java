package adjoint.nn;

import adjoint.op.Binary;
import adjoint.op.Ternary;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** One step of the recurrent cells, as functions of the input's products, which are there for all steps at once. */
final class RecurrentSteps {
    private RecurrentSteps() {}

    /** The input's products of {@link #rnn} and {@link #lstm}: {@code [..., in] → [..., gates · hidden]}. */
    static Tensor input(Tensor x, RecurrentWeights w) {
        Tensor bias = w.inputBias() == null ? null : w.inputBias().add(w.hiddenBias());
        return Functional.linear(x, w.input(), bias);
    }

    /** {@code activation(x + W h)}. Elman, "Finding Structure in Time", 1990. */
    static Tensor rnn(Tensor x, Tensor h, RecurrentWeights w, RNN.Activation activation) {
        Tensor sum = x.add(h.matmul(w.hidden().t()));
        return activation == RNN.Activation.RELU ? sum.relu() : sum.tanh();
    }

    /**
     * {@code c' = σ(f) c + σ(i) tanh(g)}, {@code h' = σ(o) tanh(c')}, where i, f, g, o lie beside each other. Hochreiter and
     * Schmidhuber, "Long Short-Term Memory", 1997.
     */
    static LSTMState lstm(Tensor x, LSTMState state, RecurrentWeights w) {
        Tensor all = x.add(state.hidden().matmul(w.hidden().t()));
        long n = state.cell().size(-1);
        Tensor both = all.slice(-1, 0, 2 * n).sigmoid();
        Tensor in = both.slice(-1, 0, n);
        Tensor forget = both.slice(-1, n, 2 * n);
        Tensor kept = Engine.run(Binary.GATED_TANH, in, all.slice(-1, 2 * n, 3 * n));
        Tensor cell = Engine.run(Ternary.MUL_ADD, forget, state.cell(), kept);
        Tensor out = all.slice(-1, 3 * n, 4 * n).sigmoid();
        Tensor hidden = Engine.run(Binary.GATED_TANH, out, cell);
        Tensor handed =
                w.projection() == null ? hidden : hidden.matmul(w.projection().t());
        return new LSTMState(handed, cell);
    }

    /**
     * {@code n = tanh(x_n + σ(r) W_n h)}, {@code h' = n + σ(z) (h − n)}, where r, z, n lie beside each other. Cho et al.,
     * "Learning Phrase Representations using RNN Encoder–Decoder", 2014.
     */
    static Tensor gru(Tensor x, Tensor h, RecurrentWeights w) {
        Tensor own = Functional.linear(h, w.hidden(), w.hiddenBias());
        long n = h.size(-1);
        Tensor both = x.slice(-1, 0, 2 * n).add(own.slice(-1, 0, 2 * n)).sigmoid();
        Tensor reset = both.slice(-1, 0, n);
        Tensor update = both.slice(-1, n, 2 * n);
        Tensor fresh = Engine.run(Ternary.MUL_ADD, reset, own.slice(-1, 2 * n, 3 * n), x.slice(-1, 2 * n, 3 * n))
                .tanh();
        return Engine.run(Ternary.MUL_ADD, update, h.sub(fresh), fresh);
    }
}
