package adjoint.distributions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.Autograd;
import adjoint.autograd.GradCheck;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Distributions: samples against moments, densities against sums of 1, derivatives, refusals. */
class DistributionsTest {
    private static final Offset<Double> NEAR = Offset.offset(0.05);

    private static Tensor f64(double... values) {
        return Tensor.of((Object) values, DType.F64);
    }

    @Test
    void samplesHaveTheMomentsAndTheEntropy() {
        Rng rng = Rng.torch(1);
        for (Distribution d : new Distribution[] {
            new Normal(f64(1, -2), f64(0.5, 2)),
            new Uniform(f64(-1, 2), f64(1, 5)),
            Bernoulli.ofProbs(f64(0.2, 0.5)),
            Bernoulli.ofLogits(f64(-1, 0.3)),
            Multinomial.ofProbs(6, f64(0.2, 0.3, 0.5)),
            Multinomial.ofLogits(2, f64(0.2, 0.3))
        }) {
            Tensor x = d.sample(rng, 40_000);
            assertThat(x.mean(0).sub(d.mean()).abs().max().item()).isCloseTo(0, NEAR);
            assertThat(x.var(0).div(d.variance()).sub(1).abs().max().item()).isCloseTo(0, NEAR);
            Tensor surprise = d.logProb(x).neg().mean(0);
            assertThat(surprise.sub(d.entropy()).abs().max().item()).isCloseTo(0, NEAR);
        }
        Categorical c = Categorical.ofLogits(f64(0, 1, 2));
        assertThat(c.logProb(c.sample(rng, 40_000)).mean().add(c.entropy()).item())
                .isCloseTo(0, NEAR);
    }

    @Test
    void probabilitiesAddUpToOne() {
        Categorical c = Categorical.ofProbs(f64(1, 0, 3));
        assertThat(c.logProb(Tensor.arange(3)).exp().sum().item()).isCloseTo(1, Offset.offset(1e-12));
        Tensor counts = Tensor.of((Object) new double[][] {{2, 0}, {1, 1}, {0, 2}}, DType.F64);
        assertThat(Multinomial.ofProbs(2, f64(0.3, 0.7))
                        .logProb(counts)
                        .exp()
                        .sum()
                        .item())
                .isCloseTo(1, Offset.offset(1e-12));
        Normal n = new Normal(f64(1), f64(2));
        assertThat(n.cumulative(n.quantile(f64(0.3))).item()).isCloseTo(0.3, Offset.offset(1e-12));
        assertThat(new Uniform(0, 4).logProb(Tensor.of(4.0)).item()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void shapesAreThoseOfTheSamplesThenOfTheParameters() {
        Categorical c = Categorical.ofProbs(Tensor.ones(2, 3));
        assertThat(c.sample().shape().sizes()).containsExactly(2);
        assertThat(c.sample(4, 5).shape().sizes()).containsExactly(4, 5, 2);
        assertThat(c.mean().isNaN().all().itemBoolean()).isTrue();
        Multinomial m = Multinomial.ofProbs(4, Tensor.ones(2, 3));
        assertThat(m.sample(5).shape().sizes()).containsExactly(5, 2, 3);
        assertThat(m.sample(5).sum(-1).eq(4).all().itemBoolean()).isTrue();
        assertThat(Multinomial.ofProbs(0, Tensor.ones(3)).sample().sum().item()).isZero();
        assertThat(Multinomial.ofProbs(0, Tensor.ones(3)).entropy().item()).isZero();
        assertThat(new Normal(Tensor.zeros(2, 1), Tensor.ones(3))
                        .sample(4)
                        .shape()
                        .sizes())
                .containsExactly(4, 2, 3);
    }

    @Test
    void derivativesFlowThroughAllButSamples() {
        for (UnaryOperator<Tensor> f : List.<UnaryOperator<Tensor>>of(
                p -> new Normal(p, p.square()).logProb(f64(0.1, 2)),
                p -> new Normal(p, p).entropy(),
                p -> new Normal(p, p).reparameterizedSample(Rng.torch(1), 3),
                p -> new Uniform(p, p.add(3.0)).reparameterizedSample(Rng.torch(1), 3),
                p -> Bernoulli.ofLogits(p).logProb(f64(0, 1)),
                p -> Bernoulli.ofProbs(p).entropy(),
                p -> Categorical.ofProbs(p).logProb(Tensor.of(1L)),
                p -> Multinomial.ofLogits(3, p).logProb(f64(1, 2)),
                p -> Multinomial.ofProbs(3, p).entropy())) {
            GradCheck.check(x -> f.apply(x.getFirst()), f64(0.3, 0.6));
        }
        Tensor p = f64(0.3, 0.6).requiresGrad(true);
        assertThat(new Normal(p, p).sample(2).requiresGrad()).isFalse();
        assertThat(new Uniform(p, p.add(1.0)).sample(2).requiresGrad()).isFalse();
        assertThat(Bernoulli.ofProbs(p).sample(2).requiresGrad()).isFalse();
        assertThat(Multinomial.ofProbs(2, p).sample(2).requiresGrad()).isFalse();
    }

    @Test
    void underVmapNothingIsChecked() {
        Tensor p = f64(0.2, 1.5);
        Tensor all = Autograd.vmap(t -> Bernoulli.ofProbs(t).mean()).apply(p);
        assertThat(all.equal(p)).isTrue();
    }

    @Test
    void parametersAndValuesThatMakeNoSenseAreRefused() {
        Map<String, Runnable> calls = Map.ofEntries(
                Map.entry("scale", () -> new Normal(0, 0)),
                Map.entry("scale NaN", () -> new Normal(Tensor.zeros(2), Tensor.of(1, Double.NaN))),
                Map.entry("bounds", () -> new Uniform(2, 2)),
                Map.entry("probs", () -> Bernoulli.ofProbs(1.5)),
                Map.entry("negative", () -> Categorical.ofProbs(f64(-1, 2))),
                Map.entry("zeros", () -> Categorical.ofProbs(f64(0, 0))),
                Map.entry("NaN", () -> Categorical.ofLogits(f64(0, Double.NaN))),
                Map.entry("total", () -> Multinomial.ofProbs(-1, f64(1, 1))),
                Map.entry("NaN value", () -> new Normal(0, 1).logProb(Tensor.of(Double.NaN))),
                Map.entry("outside", () -> new Uniform(0, 1).logProb(Tensor.of(2.0))),
                Map.entry("neither", () -> Bernoulli.ofProbs(0.5).logProb(Tensor.of(0.5))),
                Map.entry("class", () -> Categorical.ofProbs(f64(1, 1)).logProb(Tensor.of(2L))),
                Map.entry("half a class", () -> Categorical.ofProbs(f64(1, 1)).logProb(Tensor.of(0.5))),
                Map.entry("counts", () -> Multinomial.ofProbs(3, f64(1, 1)).logProb(f64(1, 1))));
        calls.forEach((name, call) -> assertThatThrownBy(call::run).as(name).isInstanceOf(ValueException.class));
        assertThatThrownBy(() -> new Normal(Tensor.zeros(2), Tensor.ones(3))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Categorical.ofProbs(Tensor.scalar(1.0))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Multinomial.ofProbs(3, f64(1, 1)).logProb(f64(1, 1, 1)))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Bernoulli.ofLogits(Tensor.of(1L))).isInstanceOf(DTypeException.class);
    }
}
