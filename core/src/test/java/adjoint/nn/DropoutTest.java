package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.Autograd;
import adjoint.autograd.Vmap;
import adjoint.tensor.Randomness;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropout: its mask in gradients and under vmap, its modes, what it refuses. The numbers are PyTorch's reference cases. */
class DropoutTest {
    @Test
    void theGradientHasTheSameMask() {
        Tensor x = Tensor.rand(50).add(1.0).detach().requiresGrad(true);
        Tensor y = Functional.dropout(x, 0.4);
        y.sum().backward();
        assertThat(x.grad().mul(x.detach()).equal(y.detach())).isTrue();
        assertThat(y.detach().eq(0).sum().itemLong()).isBetween(5L, 40L);
    }

    @Test
    void aMaskLeavesOutChannelsAsAWhole() {
        Tensor y = Functional.dropout2d(Tensor.ones(20, 5, 2, 3), 0.5).reshape(100, 6);
        Tensor sums = y.sum(1);
        assertThat(sums.eq(0).logicalOr(sums.eq(12)).all().itemBoolean()).isTrue();
        assertThat(sums.eq(0).sum().itemLong()).isBetween(20L, 80L);
    }

    @Test
    void nothingIsDrawnWhereNothingIsToChoose() {
        Rng rng = Rng.torch(1);
        Rng untouched = Rng.torch(1);
        Tensor x = Tensor.of(1.0, 2);
        assertThat(Functional.dropout(x, 0, rng)).isSameAs(x);
        assertThat(Functional.dropout(x, 1, rng).toDoubles()).containsExactly(0, 0);
        assertThat(Functional.dropout(Tensor.zeros(0, 3), 0.5, rng).numel()).isZero();
        assertThat(rng.nextLong()).isEqualTo(untouched.nextLong());
        assertThat(Functional.dropout(Tensor.of(Double.NaN), 1).item()).isNaN();
        assertThat(Functional.dropout(Tensor.of(3L), 0).itemLong()).isEqualTo(3);
    }

    @Test
    void inUseItPassesOnWhatItGets() {
        Tensor x = Tensor.ones(4);
        for (Layer layer : new Layer[] {new Dropout(), new AlphaDropout(), new Dropout2d(0.1), Dropout.inPlace(0.5)}) {
            assertThat(layer.isTraining()).isTrue();
            layer.eval();
            assertThat(layer.forward(x)).isSameAs(x);
        }
        Mode mode = new Mode();
        mode.training(false);
        assertThat(Functional.dropout(x, 0.5, mode)).isSameAs(x);
    }

    @Test
    void inPlaceItIsRecordedOrRefusedAsAnyWrite() {
        Tensor leaf = Tensor.ones(40).requiresGrad(true);
        assertThatThrownBy(() -> Functional.dropoutInPlace(leaf, 0.5)).isInstanceOf(GraphException.class);
        Tensor x = leaf.mul(1.0);
        assertThat(Dropout.inPlace(0.5).forward(x)).isSameAs(x);
        x.sum().backward();
        assertThat(leaf.grad().equal(x.detach())).isTrue();
    }

    @Test
    void underVmapItIsSaidWhetherExamplesShareTheMask() {
        Tensor x = Tensor.ones(8, 30);
        Tensor different =
                Autograd.vmap(t -> Functional.dropout(t, 0.5), Vmap.first().randomness(Randomness.DIFFERENT), x);
        assertThat(different.at(0).equal(different.at(1))).isFalse();
        Tensor same =
                Autograd.vmap(t -> Functional.dropout(t, 0.5), Vmap.first().randomness(Randomness.SAME), x);
        assertThat(same.equal(same.at(0).expand(8, 30))).isTrue();
        assertThatThrownBy(() -> Autograd.vmap(t -> Functional.dropout(t, 0.5)).apply(x))
                .isInstanceOf(GraphException.class);
    }

    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        Tensor y = Functional.alphaDropout(Tensor.randn(Rng.torch(5), DType.F64, 20_000), 0.3);
        assertThat(y.mean().item()).isBetween(-0.05, 0.05);
        assertThat(y.var().item()).isBetween(0.95, 1.05);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.5, Double.NaN})
    void probabilitiesAreFrom0To1(double p) {
        Tensor x = Tensor.ones(2, 3);
        for (DoubleFunction<?> made : new DoubleFunction<?>[] {
            Dropout::new,
            Dropout::inPlace,
            Dropout3d::new,
            FeatureAlphaDropout::new,
            q -> Functional.dropout(x, q),
            q -> Functional.dropoutInPlace(x, q),
            q -> Functional.dropout(x, q, new Mode()),
            q -> Functional.dropout1d(x, q),
            q -> Functional.alphaDropout(x, q),
            x::bernoulli
        }) {
            assertThatThrownBy(() -> made.apply(p)).isInstanceOf(ValueException.class);
        }
    }

    @Test
    void shapesAndTypesHaveToMakeSense() {
        assertThatThrownBy(() -> Functional.dropout(Tensor.of(1L, 2), 0.5)).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Functional.dropout1d(Tensor.ones(3), 0.5)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.dropout2d(Tensor.ones(3, 3), 0.5)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.dropout3d(Tensor.ones(1, 1, 1, 1, 1, 1), 0.5))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.featureAlphaDropout(Tensor.ones(3), 0.5))
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void texts() {
        assertThat(new Dropout().toString()).isEqualTo("Dropout(p=0.5, inplace=False)");
        assertThat(Dropout.inPlace(0.25).toString()).isEqualTo("Dropout(p=0.25, inplace=True)");
        assertThat(new AlphaDropout(1e-5).toString()).isEqualTo("AlphaDropout(p=1e-05, inplace=False)");
        assertThat(ModelText.number(-1.25e-7)).isEqualTo("-1.25e-07");
        assertThat(ModelText.number(1e-4)).isEqualTo("0.0001");
        assertThat(ModelText.number(1.5e-4)).isEqualTo("0.00015");
        assertThat(ModelText.number(12345678)).isEqualTo("12345678.0");
        assertThat(ModelText.number(1e16)).isEqualTo("1e+16");
        assertThat(ModelText.number(1e100)).isEqualTo("1e+100");
        assertThat(ModelText.number(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
        assertThat(ModelText.number(0)).isEqualTo("0.0");
    }

    @Test
    void gumbelSoftmaxChoosesClassesAndPassesGradientsOn() {
        Tensor logits = Tensor.of(0.0, 1, 2).expand(20_000, 3).clone().requiresGrad(true);
        Tensor hard = Functional.hardGumbelSoftmax(logits, 0.5, -1);
        assertThat(hard.detach().round().sum(1).eq(1).all().itemBoolean()).isTrue();
        Tensor share = hard.detach().mean(0).sub(Tensor.of(0.0, 1, 2).softmax(0));
        assertThat(share.abs().max().item()).isLessThan(0.02);
        hard.mul(Tensor.of(1.0, 0, 0)).sum().backward();
        assertThat(logits.grad().abs().sum().item()).isPositive();
        assertThatThrownBy(() -> Functional.gumbelSoftmax(logits, 0, -1)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Functional.gumbelSoftmax(Tensor.of(1L), 1, -1)).isInstanceOf(DTypeException.class);
    }
}
