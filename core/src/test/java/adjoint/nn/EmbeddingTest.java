package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.Autograd;
import adjoint.autograd.GradCheck;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Tables of vectors and bags of their rows; the layer of two inputs, and the one that does nothing. */
class EmbeddingTest {
    private static Tensor table() {
        return Tensor.arange(DType.F64, 0, 12, 1).reshape(4, 3).requiresGrad(true);
    }

    @Test
    void rowsAreRead() {
        var layer = new Embedding(table(), Embedding.Options.PLAIN);
        Tensor x = Tensor.of((Object) new long[][] {{1, 3}, {1, 0}});
        Tensor rows = layer.forward(x);
        assertThat(rows.shape()).hasToString("[2, 2, 3]");
        assertThat(rows.gradFn()).isEqualTo("EmbeddingBackward0");
        assertThat(rows.select(-1, 0).toDoubles()).containsExactly(3, 9, 3, 0);
        rows.sum().backward();
        assertThat(layer.weight().grad().select(1, 0).toDoubles()).containsExactly(1, 2, 0, 1);
        assertThat(layer.stateDict().keySet()).containsExactly("weight");
        Tensor each = Autograd.vmap(layer::forward).apply(x);
        assertThat(each.toDoubles()).containsExactly(rows.toDoubles());
        assertThat(layer.forward(Tensor.scalar(2L)).shape()).hasToString("[3]");
        assertThat(layer.forward(Tensor.zeros(DType.I64, 0)).shape()).hasToString("[0, 3]");
    }

    @Test
    void paddingStaysZero() {
        var layer = new Embedding(4, 3, Embedding.padding(-1));
        assertThat(layer).hasToString("Embedding(4, 3, padding_idx=3)");
        assertThat(layer.weight().select(0, 3).toDoubles()).containsOnly(0);
        layer.forward(Tensor.of(3L, 1, 3)).sum().backward();
        assertThat(layer.weight().grad().select(1, 0).toDoubles()).containsExactly(0, 1, 0, 0);
        assertThatThrownBy(() -> new Embedding(4, 3, Embedding.padding(4))).isInstanceOf(IndexException.class);
    }

    @Test
    void normsAreKeptSmallWhereTheyAreRead() {
        var layer = new Embedding(table(), Embedding.maxNorm(1).normType(1));
        layer.forward(Tensor.of(1L, 1));
        assertThat(layer.weight().detach().abs().sum(1).toDoubles())
                .containsExactly(new double[] {3, 1, 21, 30}, Offset.offset(1e-6));
    }

    @Test
    void frequentRowsLearnNoFaster() {
        var layer = new Embedding(table(), Embedding.gradientByCount());
        layer.forward(Tensor.of(1L, 1, 1, 2)).sum().backward();
        assertThat(layer.weight().grad().select(1, 0).toDoubles()).containsExactly(0, 1, 1, 0);
        assertThat(layer).hasToString("Embedding(4, 3, scale_grad_by_freq=True)");
    }

    @Test
    void whatIsNotThereIsRefused() {
        var layer = new Embedding(4, 3);
        for (long position : new long[] {4, -1}) {
            assertThatThrownBy(() -> layer.forward(Tensor.scalar(position)))
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("0 to 3");
        }
        assertThatThrownBy(() -> layer.forward(Tensor.ones(2))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> layer.forward(Tensor.of(true))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Functional.embedding(Tensor.scalar(0L), Tensor.ones(3)))
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void bags() {
        Tensor x = Tensor.of(1L, 2, 3, 0);
        Tensor starts = Tensor.of(0L, 2, 2);
        Tensor w = table();
        assertThat(Functional.embeddingBag(x, w, starts, BagMode.SUM)
                        .select(1, 0)
                        .toDoubles())
                .containsExactly(9, 0, 9);
        assertThat(Functional.embeddingBag(x, w, starts, BagMode.MEAN)
                        .select(1, 0)
                        .toDoubles())
                .containsExactly(4.5, 0, 4.5);
        assertThat(Functional.embeddingBag(x, w, starts, BagMode.MAX)
                        .select(1, 0)
                        .toDoubles())
                .containsExactly(6, 0, 9);
        for (BagMode mode : BagMode.values()) {
            var layer = new EmbeddingBag(4, 3, mode, Embedding.padding(2));
            assertThat(layer)
                    .hasToString("EmbeddingBag(4, 3, mode='" + mode.name().toLowerCase(java.util.Locale.ROOT)
                            + "', padding_idx=2)");
            Tensor out = layer.forward(x.reshape(2, 2));
            assertThat(out.toDoubles())
                    .containsExactly(layer.forward(x, Tensor.of(0L, 2)).toDoubles());
            assertThat(out.select(0, 0).toDoubles())
                    .as("one of them is padding")
                    .containsExactly(layer.weight().select(0, 1).toDoubles());
        }
        Tensor weights = Tensor.of((Object) new double[] {1, 2, 3, 4}, DType.F64);
        assertThat(Functional.embeddingBag(x, w, starts, BagMode.SUM, weights, Embedding.Options.PLAIN)
                        .select(1, 0)
                        .toDoubles())
                .containsExactly(15, 0, 27);
        assertThatThrownBy(() -> Functional.embeddingBag(x, w, starts, BagMode.MEAN, weights, Embedding.Options.PLAIN))
                .isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Functional.embeddingBag(x, w, null, BagMode.MEAN, null, Embedding.Options.PLAIN))
                .isInstanceOf(ShapeException.class);
        for (Tensor wrong : List.of(Tensor.of(1L, 2), Tensor.of(0L, 5), Tensor.of(0L, 2, 1))) {
            assertThatThrownBy(() -> Functional.embeddingBag(x, w, wrong, BagMode.SUM))
                    .isInstanceOf(ValueException.class);
        }
    }

    @Test
    void bilinear() {
        var layer = new Bilinear(2, 3, 4);
        layer.to(DType.F64);
        assertThat(layer.stateDict().keySet()).containsExactly("weight", "bias");
        assertThat(layer).hasToString("Bilinear(in1_features=2, in2_features=3, out_features=4, bias=True)");
        Tensor x = Tensor.randn(Rng.torch(1), DType.F64, 5, 2);
        Tensor y = Tensor.randn(Rng.torch(2), DType.F64, 5, 3);
        Tensor wanted = Tensor.einsum("ni,kij,nj->nk", x, layer.weight(), y).add(layer.bias());
        assertThat(layer.forward(x, y).toDoubles()).containsExactly(wanted.toDoubles(), Offset.offset(1e-12));
        GradCheck.checkAll(
                in -> Functional.bilinear(in.get(0), in.get(1), in.get(2), layer.bias()), x, y, layer.weight());
        Tensor longer = y.unsqueeze(0);
        assertThatThrownBy(() -> layer.forward(x, x)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> layer.forward(x, longer)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> layer.forward(x, y.slice(0, 0, 1))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> layer.forward(x, y.to(DType.F32))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> new Bilinear(0, 3, 4)).isInstanceOf(ValueException.class);
    }

    @Test
    void nothing() {
        Tensor x = Tensor.ones(2);
        assertThat(new Passthrough().forward(x)).isSameAs(x);
        assertThat(new Passthrough().structure()).isEqualTo("Identity()");
    }
}
