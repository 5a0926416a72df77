package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.Adjoint;
import adjoint.autograd.Autograd;
import adjoint.autograd.GradCheck;
import adjoint.nn.MultiHeadAttention.Weights;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Attention: what masks leave out, layouts, examples apart from each other; transformers and their copies. */
class AttentionTest {
    private static Tensor randn(long... shape) {
        return Tensor.randn(Rng.torch(3), DType.F64, shape);
    }

    private static void same(Tensor a, Tensor b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        assertThat(a.toDoubles()).containsExactly(b.toDoubles(), Offset.offset(1e-12));
    }

    private static <M extends Model> M real(M model) {
        model.to(DType.F64);
        return model;
    }

    // ---------------------------------------------------------------- the function

    @Test
    void aMaskLeavesOut() {
        Tensor q = randn(2, 3);
        Tensor k = randn(4, 3);
        Tensor v = randn(4, 2);
        Tensor mask = Tensor.of((Object) new boolean[][] {{true, true, false, false}, {false, false, false, false}});
        Tensor out = Functional.scaledDotProductAttention(q, k, v, mask);
        Tensor two = Functional.scaledDotProductAttention(q.slice(0, 0, 1), k.slice(0, 0, 2), v.slice(0, 0, 2));
        same(two, out.slice(0, 0, 1));
        assertThat(out.select(0, 1).toDoubles()).as("nothing to look at").containsExactly(0, 0);
        Tensor added = Tensor.zeros(DType.F64, 2, 4).maskedFill(mask.logicalNot(), Double.NEGATIVE_INFINITY);
        same(out, Functional.scaledDotProductAttention(q, k, v, added));
        assertThat(Functional.causalMask(2, 3).toBooleans()).containsExactly(true, false, false, true, true, false);
    }

    @Test
    void queriesThatSeeNothingHaveNoGradientAndNoNaN() {
        Tensor mask = Tensor.of((Object) new boolean[][] {{true, false}, {false, false}});
        GradCheck.check(
                in -> Functional.scaledDotProductAttention(in.get(0), in.get(1), in.get(2), mask),
                randn(2, 3),
                randn(2, 3),
                randn(2, 2));
        GradCheck.check(
                in -> Functional.scaledDotProductAttention(in.get(0), in.get(1), in.get(2), in.get(3)),
                randn(2, 3),
                randn(2, 3),
                randn(2, 2),
                randn(2, 2));
    }

    @Test
    void allDerivativesAndBatching() {
        GradCheck.checkAll(
                in -> Functional.scaledDotProductAttention(in.get(0), in.get(1), in.get(2)),
                randn(2, 3),
                randn(3, 3),
                randn(3, 2));
    }

    @Test
    void theFunctionRefuses() {
        Tensor x = Tensor.ones(2, 3);
        assertThatThrownBy(() -> Functional.scaledDotProductAttention(Tensor.ones(3), x, x))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.scaledDotProductAttention(x, Tensor.ones(2, 4), x))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.scaledDotProductAttention(x, x, Tensor.ones(3, 3)))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.scaledDotProductAttention(x, x, x, Tensor.ones(3, 2)))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.scaledDotProductAttention(x, x, x, Tensor.ones(DType.I64, 2, 2)))
                .isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Functional.scaledDotProductAttention(x, x.to(DType.F64), x))
                .isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Functional.scaledDotProductAttention(x, x, x, null, 1.5, 1))
                .isInstanceOf(ValueException.class);
    }

    // ---------------------------------------------------------------- several heads

    @Test
    void parametersHavePyTorchsNames() {
        assertThat(new MultiHeadAttention(4, 2).stateDict().keySet())
                .containsExactly("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias");
        var other = new MultiHeadAttention(
                4, 2, Attention.keySize(3).valueSize(5).learnedKey().withoutBias());
        assertThat(other.stateDict().keySet())
                .containsExactly(
                        "q_proj_weight", "k_proj_weight", "v_proj_weight", "bias_k", "bias_v", "out_proj.weight");
        assertThat(other.namedParameters().get("v_proj_weight").shape()).hasToString("[4, 5]");
    }

    @Test
    void headsAttendWithTheirPartOfTheFeatures() {
        var attention = real(new MultiHeadAttention(4, 2, Attention.batchFirst()));
        Tensor x = randn(3, 5, 4);
        AttentionOutput out = attention.forward(x, x, x, null, null, Weights.EACH_HEAD);
        assertThat(out.weights().shape()).hasToString("[3, 2, 5, 5]");
        Tensor all = Functional.linear(
                x,
                attention.namedParameters().get("in_proj_weight"),
                attention.namedParameters().get("in_proj_bias"));
        Tensor[] heads = new Tensor[2];
        for (int h = 0; h < 2; h++) {
            heads[h] = Functional.scaledDotProductAttention(
                    all.narrow(-1, 2 * h, 2), all.narrow(-1, 4 + 2 * h, 2), all.narrow(-1, 8 + 2 * h, 2));
        }
        Tensor wanted = Functional.linear(
                Tensor.cat(-1, heads),
                attention.namedParameters().get("out_proj.weight"),
                attention.namedParameters().get("out_proj.bias"));
        same(wanted, out.output());
        same(wanted, attention.forward(x, x, x, null, null, Weights.NONE).output());
        assertThat(attention.forward(x, x, x, null, null, Weights.NONE).weights())
                .isNull();
        same(out.weights().mean(1), attention.forward(x, x, x).weights());
        // Of different tensors with the same numbers, without the common product.
        same(wanted, attention.forward(x, x.clone(), x.clone()).output());
    }

    @Test
    void examplesDoNotMixAndLayoutsAgree() {
        Adjoint.seed(4);
        var first = real(
                new MultiHeadAttention(4, 2, Attention.batchFirst().learnedKey().zeroKey()));
        Adjoint.seed(4);
        var plain = real(new MultiHeadAttention(4, 2, Attention.learnedKey().zeroKey()));
        Tensor q = randn(3, 2, 4);
        Tensor k = randn(3, 5, 4);
        AttentionOutput out = first.forward(q, k, k);
        assertThat(out.weights().shape()).hasToString("[3, 2, 7]");
        same(
                out.output(),
                plain.forward(q.transpose(0, 1), k.transpose(0, 1), k.transpose(0, 1))
                        .output()
                        .transpose(0, 1));
        Tensor each = Autograd.vmap(
                        (Tensor a, Tensor b) -> plain.forward(a, b, b).output())
                .apply(q, k);
        same(out.output(), each);
        for (int i = 0; i < 3; i++) {
            same(
                    plain.forward(q.select(0, i), k.select(0, i), k.select(0, i))
                            .output(),
                    out.output().select(0, i));
        }
    }

    @Test
    void masksLeaveOutWhatTheySay() {
        var attention = real(new MultiHeadAttention(4, 2));
        Tensor x = randn(3, 2, 4);
        Tensor padding = Tensor.of((Object) new boolean[][] {{false, false, true}, {false, true, true}});
        Tensor weights =
                attention.forward(x, x, x, null, padding, Weights.AVERAGED).weights();
        assertThat(weights.at(0).select(-1, 2).toDoubles()).containsOnly(0);
        assertThat(weights.at(1).select(-1, 0).toDoubles())
                .usingComparatorWithPrecision(1e-12)
                .containsOnly(1);
        Tensor causal = Transformer.causalMask(3);
        assertThat(causal.toDoubles())
                .containsExactly(
                        0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0, Double.NEGATIVE_INFINITY, 0, 0, 0);
        Tensor w = attention.forward(x, x, x, causal, null, Weights.EACH_HEAD).weights();
        same(w, w.tril());
        same(
                w,
                attention
                        .forward(x, x, x, causal.ne(0), null, Weights.EACH_HEAD)
                        .weights());
        same(
                w,
                attention
                        .forward(x, x, x, causal.expand(4, 3, 3), null, Weights.EACH_HEAD)
                        .weights());
        Tensor everything = Tensor.ones(3, 3).to(DType.BOOL);
        assertThat(attention
                        .forward(x, x, x, everything, null, Weights.AVERAGED)
                        .weights()
                        .toDoubles())
                .as("as in PyTorch: no share of nothing")
                .containsOnly(Double.NaN);
        assertThat(attention
                        .forward(x, x, x, everything, null, Weights.NONE)
                        .output()
                        .isNaN()
                        .any()
                        .itemBoolean())
                .isFalse();
    }

    @Test
    void headsRefuse() {
        var attention = new MultiHeadAttention(4, 2);
        Tensor x = Tensor.ones(3, 2, 4);
        Tensor shorter = Tensor.ones(2, 2, 4);
        assertThatThrownBy(() -> new MultiHeadAttention(5, 2)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> new MultiHeadAttention(4, 0)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> attention.forward(x, x.select(1, 0), x)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> attention.forward(x, x, shorter)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> attention.forward(x, x.slice(1, 0, 1), x.slice(1, 0, 1)))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> attention.forward(Tensor.ones(3, 2, 5), x, x)).isInstanceOf(ShapeException.class);
        for (Tensor mask : List.of(Tensor.ones(2, 3), Tensor.ones(2, 3, 3), Tensor.ones(3))) {
            assertThatThrownBy(() -> attention.forward(x, x, x, mask, null, Weights.NONE))
                    .isInstanceOf(ShapeException.class);
        }
        for (Tensor padding : List.of(Tensor.ones(3, 2), Tensor.ones(3))) {
            assertThatThrownBy(() -> attention.forward(x, x, x, null, padding, Weights.NONE))
                    .isInstanceOf(ShapeException.class);
        }
        assertThatThrownBy(() -> attention.forward(x, x, x, Tensor.ones(DType.I64, 3, 3), null, Weights.NONE))
                .isInstanceOf(DTypeException.class);
    }

    @Test
    void derivativesOfHeads() {
        var attention = real(new MultiHeadAttention(4, 2, Attention.learnedKey().zeroKey()));
        GradCheck.check(
                in -> attention.forward(in.get(0), in.get(1), in.get(2)).output(),
                randn(2, 2, 4),
                randn(3, 2, 4),
                randn(3, 2, 4));
    }

    @Test
    void dropoutInTrainingOnly() {
        var attention = new MultiHeadAttention(4, 2, Attention.dropout(0.5));
        Tensor x = Tensor.randn(6, 2, 4);
        assertThat(attention
                        .forward(x, x, x)
                        .weights()
                        .equal(attention.forward(x, x, x).weights()))
                .isFalse();
        attention.eval();
        assertThat(attention
                        .forward(x, x, x)
                        .weights()
                        .equal(attention.forward(x, x, x).weights()))
                .isTrue();
    }

    // ---------------------------------------------------------------- transformers

    @Test
    void layersOfAStackAreCopies() {
        var layer = new TransformerEncoderLayer(4, 2, Transformer.feedForward(6));
        layer.to(DType.F64);
        layer.namedParameters().get("linear1.bias").requiresGrad(false);
        layer.eval();
        double next = Tensor.rand(Rng.torch(1), DType.F64, 1).item();
        Rng before = Rng.global();
        Rng.global(Rng.torch(1));
        var encoder = new TransformerEncoder(layer, 2, new LayerNorm(4));
        assertThat(Tensor.rand(Rng.global(), DType.F64, 1).item())
                .as("nothing is drawn")
                .isEqualTo(next);
        Rng.global(before);
        assertThat(encoder.layers()).hasSize(2);
        Tensor mine = layer.namedParameters().get("linear1.weight");
        for (String name : List.of("layers.0.linear1.weight", "layers.1.linear1.weight")) {
            Tensor copy = encoder.namedParameters().get(name);
            assertThat(copy).isNotSameAs(mine);
            assertThat(copy.equal(mine)).isTrue();
            assertThat(copy.sharesMemory(mine)).isFalse();
        }
        assertThat(encoder.namedParameters().get("layers.0.linear1.bias").requiresGrad())
                .isFalse();
        assertThat(encoder.layers().getFirst().isTraining()).isFalse();
        assertThat(encoder.namedParameters()).hasSize(26).containsKey("norm.bias");
        assertThatThrownBy(() -> new TransformerEncoder(layer, 0)).isInstanceOf(ValueException.class);
    }

    @Test
    void laterPlacesDoNotMatterUnderACausalMask() {
        var options =
                Transformer.feedForward(6).dropout(0).batchFirst().normFirst().activation(Functional::gelu);
        var transformer = real(new Transformer(4, 2, 1, 2, options));
        Tensor source = randn(2, 5, 4);
        Tensor target = randn(2, 3, 4);
        var masks = TransformerMasks.NONE.target(Transformer.causalMask(3));
        Tensor all = transformer.forward(source, target, masks);
        Tensor one = transformer.forward(
                source, target.slice(1, 0, 1), TransformerMasks.NONE.target(Transformer.causalMask(1)));
        same(one, all.slice(1, 0, 1));
        // Padding of the source does not matter either.
        Tensor padding = Tensor.of(
                (Object) new boolean[][] {{false, false, false, true, true}, {false, false, false, true, true}});
        same(
                transformer.forward(source.slice(1, 0, 3), target, masks),
                transformer.forward(source, target, masks.sourcePadding(padding).memoryPadding(padding)));
        same(all.select(0, 0), transformer.forward(source.select(0, 0), target.select(0, 0), masks));
        assertThat(all.equal(transformer.forward(source, target))).isFalse();
        assertThat(transformer.encoder().layers()).hasSize(1);
        assertThat(transformer.decoder().layers()).hasSize(2);
        assertThatThrownBy(() -> transformer.forward(source, randn(3, 3, 4))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> transformer.forward(randn(2, 5, 3), target)).isInstanceOf(ShapeException.class);
    }

    @Test
    void derivativesOfTransformers() {
        var options = Transformer.feedForward(3).dropout(0).activation(Tensor::tanh);
        var transformer = real(new Transformer(4, 2, 1, 1, options));
        GradCheck.check(in -> transformer.forward(in.get(0), in.get(1)), randn(2, 1, 4), randn(2, 1, 4));
        Tensor out = transformer.forward(randn(2, 1, 4), randn(2, 1, 4));
        out.square().sum().backward();
        assertThat(transformer.parameters()).allMatch(p -> p.grad() != null);
    }

    @Test
    void printsAsPyTorch() {
        assertThat(new MultiHeadAttention(4, 2)).hasToString("""
                MultiheadAttention(
                  (out_proj): NonDynamicallyQuantizableLinear(in_features=4, out_features=4, bias=True)
                )""");
        String text = new TransformerEncoder(new TransformerEncoderLayer(4, 2), 2).toString();
        assertThat(text).startsWith("""
                TransformerEncoder(
                  (layers): ModuleList(
                    (0-1): 2 x TransformerEncoderLayer(
                      (self_attn): MultiheadAttention(
                """).contains("(dropout2): Dropout(p=0.1, inplace=False)");
        assertThat(new Transformer(4, 2, 1, 1).structure())
                .startsWith("Transformer(\n  (encoder): TransformerEncoder(\n");
    }
}
