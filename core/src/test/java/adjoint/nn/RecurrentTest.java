package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.Adjoint;
import adjoint.autograd.Autograd;
import adjoint.autograd.GradCheck;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recurrent layers against loops over their cells, and over the sequences one by one. */
class RecurrentTest {
    private static Tensor randn(long... shape) {
        return Tensor.randn(Rng.torch(3), DType.F64, shape);
    }

    private static void same(Tensor a, Tensor b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        assertThat(a.toDoubles()).containsExactly(b.toDoubles(), Offset.offset(1e-12));
    }

    /** One of each kind, in both directions and two layers. */
    static Stream<Recurrent<?>> layers() {
        var options = Recurrent.layers(2).bidirectional();
        return Stream.of(
                        new RNN(3, 4, options),
                        new RNN(3, 4, RNN.Activation.RELU, Recurrent.withoutBias()),
                        new GRU(3, 4, options),
                        new LSTM(3, 4, options),
                        LSTM.projected(3, 4, 2, options))
                .peek(layer -> layer.to(DType.F64));
    }

    @Test
    void parametersHavePyTorchsNamesAndOrder() {
        assertThat(new GRU(3, 4, Recurrent.bidirectional()).stateDict().keySet())
                .containsExactly(
                        "weight_ih_l0",
                        "weight_hh_l0",
                        "bias_ih_l0",
                        "bias_hh_l0",
                        "weight_ih_l0_reverse",
                        "weight_hh_l0_reverse",
                        "bias_ih_l0_reverse",
                        "bias_hh_l0_reverse");
        var projected = LSTM.projected(3, 4, 2, Recurrent.layers(2).withoutBias());
        assertThat(projected.namedParameters().keySet())
                .containsExactly(
                        "weight_ih_l0", "weight_hh_l0", "weight_hr_l0", "weight_ih_l1", "weight_hh_l1", "weight_hr_l1");
        assertThat(projected.namedParameters().get("weight_ih_l1").shape()).hasToString("[16, 2]");
        assertThat(new LSTMCell(3, 4).stateDict().keySet())
                .containsExactly("weight_ih", "weight_hh", "bias_ih", "bias_hh");
        assertThat(GRUCell.withoutBias(3, 4).stateDict().keySet()).containsExactly("weight_ih", "weight_hh");
    }

    @Test
    void printsAsPyTorch() {
        assertThat(new LSTM(3, 4)).hasToString("LSTM(3, 4)");
        assertThat(new GRU(
                        3,
                        4,
                        Recurrent.layers(2)
                                .bidirectional()
                                .batchFirst()
                                .dropout(0.5)
                                .withoutBias()))
                .hasToString("GRU(3, 4, num_layers=2, bias=False, batch_first=True, dropout=0.5, bidirectional=True)");
        assertThat(LSTM.projected(3, 4, 2, Recurrent.layers(2))).hasToString("LSTM(3, 4, proj_size=2, num_layers=2)");
        assertThat(RNNCell.withoutBias(3, 4, RNN.Activation.RELU))
                .hasToString("RNNCell(3, 4, bias=False, nonlinearity=relu)");
    }

    @ParameterizedTest
    @MethodSource("layers")
    <S> void allDerivatives(Recurrent<S> layer) {
        GradCheck.check(x -> layer.forward(x.getFirst()).output(), randn(2, 1, 3));
        GradCheck.checkForward(x -> layer.forward(x.getFirst()).output(), randn(2, 1, 3));
        Map<String, Tensor> parameters = layer.namedParameters();
        Tensor x = randn(2, 2, 3);
        parameters.values().forEach(p -> p.grad(null));
        layer.forward(x).output().square().sum().backward();
        for (Tensor p : parameters.values()) {
            double[] gradient = p.grad().toDoubles();
            double before = p.detach().flatten().at(0).item();
            double[] around = new double[2];
            for (int i = 0; i < 2; i++) {
                p.data().view(p.numel()).set(before + (i == 0 ? 1e-5 : -1e-5), 0);
                around[i] = layer.forward(x).output().square().sum().item();
            }
            p.data().view(p.numel()).set(before, 0);
            assertThat((around[0] - around[1]) / 2e-5).isCloseTo(gradient[0], Offset.offset(1e-7));
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    <S> void examplesDoNotMix(Recurrent<S> layer) {
        Tensor x = randn(5, 3, 3);
        Tensor all = layer.forward(x).output();
        Tensor each = Autograd.vmap(one -> layer.forward(one).output())
                .apply(x.transpose(0, 1).contiguous());
        for (int i = 0; i < 3; i++) {
            RecurrentOutput<S> alone = layer.forward(x.select(1, i));
            same(alone.output(), all.select(1, i));
            same(alone.output(), each.select(0, i));
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    <S> void packedAreAsEachAlone(Recurrent<S> layer) {
        List<Tensor> sequences = List.of(randn(2, 3), randn(5, 3), randn(1, 3), randn(5, 3));
        PackedOutput<S> packed = layer.forward(Sequences.pack(sequences));
        List<Tensor> outputs = packed.output().unpack();
        for (int i = 0; i < sequences.size(); i++) {
            RecurrentOutput<S> alone = layer.forward(sequences.get(i));
            same(alone.output(), outputs.get(i));
            Tensor[] state = layer.tensors(alone.state());
            for (int k = 0; k < state.length; k++) {
                same(state[k], layer.tensors(packed.state())[k].select(1, i));
            }
        }
        // It goes on from states in the original order.
        PackedOutput<S> further = layer.forward(Sequences.pack(sequences), packed.state());
        Tensor[] first = layer.tensors(packed.state());
        for (int k = 0; k < first.length; k++) {
            first[k] = first[k].select(1, 0);
        }
        same(
                layer.forward(sequences.getFirst(), layer.state(first)).output(),
                further.output().unpack().getFirst());
    }

    @Test
    void aLayerIsALoopOverItsCell() {
        var layer = new LSTM(3, 4);
        var cell = new LSTMCell(3, 4);
        List<Tensor> values = layer.parameters();
        for (int i = 0; i < values.size(); i++) {
            Tensor value = values.get(i);
            Tensor own = cell.parameters().get(i);
            Autograd.noGrad(() -> own.copyInPlace(value));
        }
        Tensor x = Tensor.randn(6, 2, 3);
        RecurrentOutput<LSTMState> all = layer.forward(x);
        LSTMState state = cell.forward(x.select(0, 0));
        for (int t = 1; t < 6; t++) {
            state = cell.forward(x.select(0, t), state);
        }
        assertThat(state.hidden().toFloats())
                .containsExactly(all.output().select(0, 5).toFloats(), Offset.offset(1e-6f));
        assertThat(state.cell().toFloats()).containsExactly(all.state().cell().toFloats(), Offset.offset(1e-6f));
        LSTMState cut = state.detach();
        assertThat(cut.hidden().requiresGrad() || cut.cell().requiresGrad()).isFalse();
        // In two pieces, the second going on from where the first stopped.
        RecurrentOutput<LSTMState> half = layer.forward(x.slice(0, 0, 3));
        RecurrentOutput<LSTMState> rest = layer.forward(x.slice(0, 3, 6), half.state());
        assertThat(rest.output().toFloats())
                .containsExactly(all.output().slice(0, 3, 6).toFloats(), Offset.offset(1e-6f));
    }

    @Test
    void theOtherDirectionIsTheSequenceReversed() {
        var both = new GRU(3, 4, Recurrent.bidirectional());
        both.to(DType.F64);
        var back = new GRU(3, 4);
        back.to(DType.F64);
        back.parameters().forEach(p -> p.requiresGrad(false));
        for (String name : List.copyOf(back.namedParameters().keySet())) {
            back.namedParameters()
                    .get(name)
                    .copyInPlace(both.namedParameters().get(name + "_reverse").detach());
        }
        Tensor x = randn(5, 2, 3);
        Tensor reversed = back.forward(x.flip(0)).output().flip(0);
        same(reversed, both.forward(x).output().slice(-1, 4, 8));
        same(
                back.forward(x.flip(0)).state().select(0, 0),
                both.forward(x).state().select(0, 1));
    }

    @Test
    void batchFirstIsTransposed() {
        Adjoint.seed(1);
        var plain = new RNN(3, 4);
        Adjoint.seed(1);
        var batched = new RNN(3, 4, Recurrent.batchFirst());
        Tensor x = Tensor.randn(5, 2, 3);
        RecurrentOutput<Tensor> out = batched.forward(x.transpose(0, 1));
        assertThat(out.output().transpose(0, 1).toFloats())
                .containsExactly(plain.forward(x).output().toFloats());
        assertThat(out.state().toFloats())
                .containsExactly(plain.forward(x).state().toFloats());
        assertThat(batched.forward(x.select(1, 0)).output().shape()).hasToString("[5, 4]");
    }

    @Test
    void dropoutBetweenLayersInTrainingOnly() {
        var layer = new GRU(3, 4, Recurrent.layers(2).dropout(0.5));
        Tensor x = Tensor.ones(4, 2, 3);
        assertThat(layer.forward(x).output().equal(layer.forward(x).output())).isFalse();
        layer.eval();
        assertThat(layer.forward(x).output().equal(layer.forward(x).output())).isTrue();
        assertThat(layer.isTraining()).isFalse();
    }

    @Test
    void refusals() {
        var rnn = new RNN(3, 4);
        var lstm = new LSTM(3, 4);
        Tensor x = Tensor.ones(2, 2, 3);
        for (Tensor wrong :
                List.of(Tensor.ones(3), Tensor.ones(2, 2, 4), Tensor.ones(0, 2, 3), Tensor.ones(1, 2, 2, 3))) {
            assertThatThrownBy(() -> rnn.forward(wrong)).isInstanceOf(ShapeException.class);
        }
        assertThatThrownBy(() -> rnn.forward(x.to(DType.F64))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> rnn.forward(x, Tensor.ones(1, 3, 4))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> rnn.forward(x, Tensor.ones(2, 4))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> rnn.forward(x, Tensor.ones(DType.F64, 1, 2, 4)))
                .isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> lstm.forward(x, new LSTMState(Tensor.ones(1, 2, 4), Tensor.ones(1, 1, 4))))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> rnn.forward(Sequences.pack(List.of(Tensor.ones(2)))))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> new RNN(0, 4)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> new GRUCell(3, 0)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Recurrent.layers(0)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Recurrent.dropout(1.5)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> LSTM.projected(3, 4, 4, Recurrent.layers(1))).isInstanceOf(ValueException.class);
        var cell = new GRUCell(3, 4);
        assertThatThrownBy(() -> cell.forward(x)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> cell.forward(Tensor.ones(2, 3), Tensor.ones(3, 4)))
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void sequencesArePaddedAndPacked() {
        List<Tensor> sequences = new ArrayList<>(List.of(Tensor.ones(1), Tensor.of(2.0, 3, 4), Tensor.of(5.0, 6)));
        assertThat(Sequences.pad(sequences).toDoubles()).containsExactly(1, 2, 5, 0, 3, 6, 0, 4, 0);
        assertThat(Sequences.pad(sequences, Sequences.Layout.BATCH_FIRST, 9, Sequences.Side.LEFT)
                        .toDoubles())
                .containsExactly(9, 9, 1, 2, 3, 4, 9, 5, 6);
        PackedSequence packed = Sequences.pack(sequences);
        assertThat(packed.data().toDoubles()).containsExactly(2, 5, 1, 3, 6, 4);
        assertThat(packed.batchSizes().toLongs()).containsExactly(3, 2, 1);
        assertThat(packed.sortedIndices().toLongs()).containsExactly(1, 2, 0);
        assertThat(packed.lengths()).containsExactly(1, 3, 2);
        assertThat(packed.pad().data().toDoubles()).containsExactly(1, 2, 5, 0, 3, 6, 0, 4, 0);
        assertThat(packed.pad(Sequences.Layout.BATCH_FIRST, -1, 4).data().toDoubles())
                .containsExactly(1, -1, -1, -1, 2, 3, 4, -1, 5, 6, -1, -1);
        assertThat(packed.pad().lengths().toLongs()).containsExactly(1, 3, 2);
        for (int i = 0; i < 3; i++) {
            assertThat(packed.unpack().get(i).equal(sequences.get(i))).isTrue();
        }
        assertThatThrownBy(() -> packed.pad(Sequences.Layout.TIME_FIRST, 0, 2)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> packed.withData(Tensor.ones(5))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Sequences.pack(sequences, Sequences.Order.FALLING))
                .isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Sequences.pad(List.of())).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Sequences.pad(List.of(Tensor.ones(1, 2), Tensor.ones(1, 3))))
                .isInstanceOf(ShapeException.class);
        Tensor x = Tensor.ones(3, 2);
        assertThatThrownBy(() -> Sequences.packPadded(x, 1)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Sequences.packPadded(x, 4, 1)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Sequences.packPadded(x, 0, 1)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Sequences.unpad(x, 1, 4)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Sequences.packPadded(Tensor.ones(0, 0))).isInstanceOf(ShapeException.class);
    }

    @Test
    void paddingGetsNoGradient() {
        Tensor x = Tensor.ones(3, 2).requiresGrad(true);
        Sequences.packPadded(x, 1, 3).pad().data().sum().backward();
        assertThat(x.grad().toDoubles()).containsExactly(1, 1, 0, 1, 0, 1);
    }
}
