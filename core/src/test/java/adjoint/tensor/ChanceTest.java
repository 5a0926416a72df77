package adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.Autograd;
import adjoint.autograd.Vmap;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.DataException;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Random tensors: their order in memory, gradients, transforms, refusals. The numbers are PyTorch's reference cases. */
class ChanceTest {
    private final Rng rng = Rng.torch(3);

    private static Tensor examples(UnaryOperator<Tensor> f, Randomness randomness, Tensor x) {
        return Autograd.vmap(f, Vmap.first().randomness(randomness), x);
    }

    @Test
    void numbersFollowOneAnotherAsTheElementsDoInMemory() {
        Tensor x = Tensor.zeros(3, 4).t();
        x.uniformInPlace(rng, 0, 1);
        assertThat(x.t().equal(Tensor.rand(Rng.torch(3), DType.F32, 3, 4))).isTrue();
        Tensor like = Tensor.randLike(Rng.torch(3), x);
        assertThat(like.equal(x)).isTrue();
        assertThat(like.strides()).containsExactly(x.strides());
        // A part of a larger tensor has no dense layout to follow; one that is repeated has none at all.
        Tensor part = Tensor.zeros(4, 6).slice(1, 0, 6, 2);
        assertThat(Tensor.randnLike(Rng.torch(3), part).equal(Tensor.randn(Rng.torch(3), DType.F32, 4, 3)))
                .isTrue();
        assertThat(Tensor.randLike(Tensor.zeros(3).expand(2, 3)).strides()).containsExactly(3, 1);
        assertThatThrownBy(() -> Tensor.zeros(3).expand(2, 3).uniformInPlace(0, 1))
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void parametersOfWhatIsDrawnHaveGradientsOfZero() {
        Tensor p = Tensor.of(0.25, 0.5).requiresGrad(true);
        Tensor mean = Tensor.of(1.0, 2).requiresGrad(true);
        Tensor y = p.bernoulli().add(p.poisson()).add(Tensor.normal(mean, p)).add(Tensor.normal(mean, 1.0));
        y.sum().backward();
        assertThat(p.grad().toDoubles()).containsExactly(0, 0);
        assertThat(mean.grad().toDoubles()).containsExactly(0, 0);
        Tensor z = mean.mul(2.0);
        z.exponentialInPlace(1).sum().backward();
        assertThat(mean.grad().toDoubles()).containsExactly(0, 0);
        assertThat(Autograd.grad(t -> t.bernoulli().sum()).apply(Tensor.of(0.5)).item())
                .isZero();
        assertThat(Tensor.of(1.0, 2).requiresGrad(true).multinomial(1).requiresGrad())
                .isFalse();
    }

    @Test
    void underVmapExamplesDrawAsALoopWould() {
        Tensor p = Tensor.rand(rng, DType.F32, 3, 5);
        for (UnaryOperator<Tensor> f : Arrays.<UnaryOperator<Tensor>>asList(
                t -> t.bernoulli(rng),
                t -> t.mul(20.0).poisson(rng),
                t -> t.multinomial(rng, 4, Replacement.WITHOUT).to(DType.F32),
                t -> t.multinomial(rng, 4, Replacement.WITH).to(DType.F32),
                t -> Tensor.zerosLike(t).bernoulliInPlace(rng, t),
                t -> Tensor.zerosLike(t).exponentialInPlace(rng, 2).mul(t))) {
            Tensor start = rng.state();
            Tensor all = examples(f, Randomness.DIFFERENT, p);
            rng.state(start);
            Tensor loop = Tensor.stack(0, f.apply(p.at(0)), f.apply(p.at(1)), f.apply(p.at(2)));
            assertThat(all.equal(loop)).isTrue();
            assertThatThrownBy(() -> examples(f, Randomness.ERROR, p)).isInstanceOf(GraphException.class);
        }
        // Weights that are one for all, drawn from for each.
        Tensor weights = Tensor.ones(100);
        Tensor drawn =
                examples(t -> weights.multinomial(3).add(t.to(DType.I64).mul(0L)), Randomness.DIFFERENT, p.at(0));
        assertThat(drawn.at(0).equal(drawn.at(1))).isFalse();
        Tensor same = examples(t -> weights.multinomial(3).add(t.to(DType.I64).mul(0L)), Randomness.SAME, p.at(0));
        assertThat(same.at(0).equal(same.at(1))).isTrue();
        assertThatThrownBy(() -> examples(Tensor::bernoulli, Randomness.SAME, p))
                .isInstanceOf(GraphException.class);
    }

    @Test
    void aStateIsPyTorchsAndBringsBackAllThatFollows() {
        Tensor.randn(rng, DType.F32, 3);
        Tensor state = rng.state();
        assertThat(state.dtype()).isEqualTo(DType.U8);
        assertThat(state.shape().sizes()).containsExactly(5056);
        Tensor next = Tensor.randn(rng, DType.F64, 5);
        Rng other = Rng.torch(1);
        other.state(state);
        assertThat(Tensor.randn(other, DType.F64, 5).equal(next)).isTrue();
        assertThat(other.initialSeed()).isEqualTo(3);
        for (int used : new int[] {0, 1, 623, 624, 625}) {
            Rng stream = Rng.torch(used);
            Tensor.rand(stream, DType.F32, used);
            other.state(stream.state());
            assertThat(other.nextLong()).isEqualTo(stream.nextLong());
        }
    }

    @Test
    void whatIsNoStateIsRefusedAndChangesNothing() {
        Tensor state = rng.state();
        Tensor broken = state.clone();
        broken.set(7, Index.at(8));
        for (Tensor bad : new Tensor[] {Tensor.zeros(5056), state.slice(0, 0, 10), state.mul(0L), broken}) {
            assertThatThrownBy(() -> rng.state(bad)).isInstanceOf(DataException.class);
        }
        assertThat(rng.state().equal(state)).isTrue();
    }

    @Test
    void emptyAndSingle() {
        assertThat(Tensor.zeros(0, 3).multinomial(2).shape().sizes()).containsExactly(0, 2);
        assertThat(Tensor.zeros(0).bernoulli().numel()).isZero();
        assertThat(Tensor.zeros(0, 2).poisson().shape().sizes()).containsExactly(0, 2);
        assertThat(Tensor.scalar(0.0).poisson().item()).isZero();
        assertThat(Tensor.of(0.0, 3, 0).multinomial(4, Replacement.WITH).toLongs())
                .containsOnly(1);
        assertThat(Tensor.of(0.0, 3, 0).multinomial(1).toLongs()).containsExactly(1);
        assertThat(Tensor.normal(Tensor.of(2.0, 3), 0).toDoubles()).containsExactly(2, 3);
        assertThat(Tensor.randperm(0).numel()).isZero();
    }

    @Test
    void frequenciesAreThoseAskedFor() {
        Tensor drawn = Tensor.of(1.0, 2, 1).multinomial(rng, 20_000, Replacement.WITH);
        assertThat(drawn.eq(1).to(DType.F32).mean().item()).isBetween(0.48, 0.52);
        assertThat(Tensor.full(3.0, 20_000).poisson(rng).mean().item()).isBetween(2.9, 3.1);
        assertThat(Tensor.zeros(20_000).exponentialInPlace(rng, 4).mean().item())
                .isBetween(0.24, 0.26);
        assertThat(Tensor.zeros(20_000).geometricInPlace(rng, 0.25).mean().item())
                .isBetween(3.9, 4.1);
        assertThat(Tensor.zeros(20_000)
                        .logNormalInPlace(rng, 1, 0.5)
                        .log()
                        .std()
                        .item())
                .isBetween(0.49, 0.51);
        assertThat(Tensor.zeros(20_001).cauchyInPlace(rng, 2, 0.1).median().item())
                .isBetween(1.98, 2.02);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        Tensor x = Tensor.zeros(3);
        refused(
                ValueException.class,
                () -> Tensor.of(0.5, 1.5).bernoulli(rng),
                () -> Tensor.of(Double.NaN).bernoulli(rng),
                () -> x.bernoulliInPlace(rng, Tensor.of(-0.5)),
                () -> x.bernoulliInPlace(rng, 2),
                () -> Tensor.of(-1.0).poisson(rng),
                () -> Tensor.of(Double.NaN).poisson(rng),
                () -> Tensor.of(0.5, 0.5).multinomial(rng, 3, Replacement.WITHOUT),
                () -> Tensor.of(0.5, 0.5).multinomial(rng, 0, Replacement.WITHOUT),
                () -> Tensor.of(0.0, 0).multinomial(rng, 1, Replacement.WITHOUT),
                () -> Tensor.of(0.0, -1).multinomial(rng, 2, Replacement.WITH),
                () -> Tensor.of(Double.POSITIVE_INFINITY, 1).multinomial(rng, 1, Replacement.WITH),
                () -> Tensor.zeros(2, 0).multinomial(rng, 1, Replacement.WITH),
                () -> Tensor.normal(rng, x, -1),
                () -> Tensor.normal(rng, x, Tensor.of(-1.0)),
                () -> Tensor.normal(rng, 0, Tensor.of(Double.NaN)),
                () -> x.uniformInPlace(rng, 2, 1),
                () -> x.exponentialInPlace(rng, 0),
                () -> x.geometricInPlace(rng, 1),
                () -> x.cauchyInPlace(rng, 0, 0),
                () -> x.logNormalInPlace(rng, 0, 0),
                () -> x.randomInPlace(rng, 3, 3),
                () -> Tensor.randint(rng, DType.I8, 0, 300, 2),
                () -> Tensor.randint(rng, DType.BOOL, 0, 3, 2),
                () -> Tensor.randint(rng, DType.U8, -1, 3, 2));
    }

    @Test
    void typesAndShapesThatDoNotFitAreRefused() {
        Tensor whole = Tensor.of(1L, 0);
        refused(
                DTypeException.class,
                () -> whole.bernoulli(rng),
                () -> whole.poisson(rng),
                () -> whole.multinomial(rng, 1, Replacement.WITH),
                () -> whole.exponentialInPlace(rng, 1),
                () -> whole.cauchyInPlace(rng, 0, 1),
                () -> whole.logNormalInPlace(rng, 0, 1),
                () -> Tensor.zeros(2).bernoulliInPlace(rng, whole),
                () -> Tensor.normal(rng, whole, 1),
                () -> Tensor.normal(rng, 1, whole),
                () -> Tensor.randLike(rng, whole),
                () -> Tensor.randnLike(rng, whole),
                () -> Tensor.zeros(DType.BOOL, 2).geometricInPlace(rng, 0.5));
        refused(
                ShapeException.class,
                () -> Tensor.ones(2, 2, 2).multinomial(rng, 1, Replacement.WITH),
                () -> Tensor.scalar(1.0).multinomial(rng, 1, Replacement.WITH),
                () -> Tensor.zeros(3).bernoulliInPlace(rng, Tensor.zeros(2, 3)),
                () -> Tensor.normal(rng, Tensor.zeros(2), Tensor.ones(3)));
        refused(
                GraphException.class,
                () -> Tensor.zeros(3).requiresGrad(true).bernoulliInPlace(rng, 0.5),
                () -> Tensor.zeros(3).requiresGrad(true).bernoulliInPlace(rng, Tensor.of(0.5)));
    }

    /** Each is refused with this exception, and none draws a number. */
    private void refused(Class<? extends AdjointException> type, Runnable... calls) {
        Tensor before = rng.state();
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(type);
        }
        assertThat(rng.state().equal(before)).isTrue();
    }
}
