package adjoint.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.tensor.Index;
import adjoint.tensor.Randomness;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Transforms of functions, and above all that they nest: each result is compared with another way to the same number. */
class TransformsTest {
    private static final UnaryOperator<Tensor> F =
            x -> x.sin().mul(x.slice(0, 0, 1)).sum().add(x.pow(3).mul(x.exp()).mean());

    private static Tensor random(long seed, long... shape) {
        return Tensor.randn(Rng.torch(seed), DType.F64, shape);
    }

    private static void near(Tensor actual, Tensor expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.allClose(expected, 1e-10, 1e-12))
                .as("%s against %s", actual, expected)
                .isTrue();
    }

    @Test
    void gradIsTheTapesGradient() {
        Tensor x = random(1, 4);
        Tensor leaf = x.clone().requiresGrad(true);
        F.apply(leaf).backward();
        near(Autograd.grad(F).apply(x), leaf.grad());
        ValueAndGradient both = Autograd.valueAndGrad(F, x);
        near(both.value(), F.apply(x));
        near(both.gradient(), leaf.grad());
    }

    @Test
    void forwardOverReverseAndReverseOverForwardAreTheHessianTimesAVector() {
        Tensor x = random(2, 4);
        Tensor v = random(3, 4);
        Tensor expected = Autograd.hessian(F, x).matmul(v);
        near(Autograd.jvp(Autograd.grad(F), x, v).tangent(), expected);
        near(Autograd.grad(p -> Autograd.jvp(F, p, v).tangent(), x), expected);
        near(Autograd.grad(p -> Autograd.grad(F, p).dot(v), x), expected);
        near(Autograd.jvp(p -> Autograd.jvp(F, p, v).tangent(), x, v).tangent(), v.dot(expected));
    }

    @Test
    void theHessianIsTheJacobianOfTheGradientAndSymmetric() {
        Tensor x = random(4, 3);
        Tensor h = Autograd.hessian(F, x);
        near(h, Autograd.jacobian(Autograd.grad(F)).apply(x));
        near(h, h.t());
        GradCheck.checkSecond(in -> F.apply(in.getFirst()), x);
        double d = 1e-5;
        for (int i = 0; i < 3; i++) {
            Tensor step = Tensor.zeros(DType.F64, 3);
            step.set(d, i);
            Tensor up = Autograd.grad(F, x.add(step));
            Tensor down = Autograd.grad(F, x.sub(step));
            assertThat(h.at(i).allClose(up.sub(down).div(2 * d), 1e-6, 1e-7)).isTrue();
        }
    }

    @Test
    void examplesHaveTheGradientsOfALoop() {
        Tensor w = random(5, 3, 2);
        Tensor xs = random(6, 5, 3);
        UnaryOperator<Tensor> perExample =
                x -> Autograd.grad(p -> x.matmul(p).tanh().square().sum(), w);
        Tensor all = Autograd.vmap(perExample).apply(xs);
        assertThat(all.shape().sizes()).containsExactly(5, 3, 2);
        for (int i = 0; i < 5; i++) {
            near(all.at(i), perExample.apply(xs.at(i)));
        }
        Tensor summed = Autograd.grad(
                p -> Autograd.vmap((Tensor x) -> x.matmul(p).tanh().square().sum())
                        .apply(xs)
                        .sum(),
                w);
        near(summed, all.sum(0));
    }

    @Test
    void perturbationsAreNotConfused() {
        // d/dx [x · d/dy (x + y)] = 1
        Tensor one = Tensor.scalar(1, DType.F64);
        Tensor three = Tensor.scalar(3, DType.F64);
        UnaryOperator<Tensor> reverse = x -> x.mul(Autograd.grad(y -> x.add(y), three));
        near(Autograd.grad(reverse, Tensor.scalar(7, DType.F64)), one);
        UnaryOperator<Tensor> forward =
                x -> x.mul(Autograd.jvp(y -> x.add(y), three, one).tangent());
        near(Autograd.jvp(forward, Tensor.scalar(7, DType.F64), one).tangent(), one);
        near(Autograd.grad(forward, Tensor.scalar(7, DType.F64)), one);
        near(Autograd.jvp(reverse, Tensor.scalar(7, DType.F64), one).tangent(), one);
    }

    @Test
    void vmapNests() {
        Tensor a = random(8, 4, 3);
        Tensor b = random(9, 5, 3);
        Tensor all = Autograd.vmap((Tensor x) ->
                        Autograd.vmap((Tensor y) -> x.mul(y).sum().exp()).apply(b))
                .apply(a);
        near(all, a.matmul(b.t()).exp());
    }

    @Test
    void examplesMayLieAlongAnyDimension() {
        Tensor a = random(10, 3, 4);
        Tensor m = random(11, 3, 3);
        Tensor rows = Autograd.vmap(
                in -> in.get(1).matmul(in.get(0)), Vmap.in(1, Vmap.NONE).out(1), List.of(a, m));
        near(rows, m.matmul(a));
        near(Autograd.vmap(x -> m, Vmap.in(1), a), m.expand(4, 3, 3));
    }

    @Test
    void controlFlowOnValuesWorksInDerivatives() {
        UnaryOperator<Tensor> f = a -> {
            Tensor b = a.mul(2);
            while (b.norm().item() < 1000) {
                b = b.mul(2);
            }
            return b.sum().item() > 0 ? b : b.mul(100);
        };
        Tensor a = Tensor.scalar(-0.7, DType.F64);
        near(Autograd.grad(f, a), f.apply(a).div(a));
        near(
                Autograd.jvp(f, a, Tensor.scalar(1, DType.F64)).tangent(),
                f.apply(a).div(a));
    }

    @Test
    void writesInPlaceAndViewsAreFollowed() {
        Tensor x = random(12, 4);
        UnaryOperator<Tensor> written = p -> {
            Tensor y = p.mul(2);
            Tensor part = y.slice(0, 1, 3);
            part.mulInPlace(p.slice(0, 0, 2));
            y.addInPlace(1);
            y.set(p.at(Index.at(3)).mul(p.at(Index.at(0))), Index.at(0));
            Tensor fresh = Tensor.zeros(DType.F64, 4);
            fresh.slice(0, 0, 2).copyInPlace(part);
            return y.square().sum().add(part.sin().sum()).add(fresh.exp().sum());
        };
        UnaryOperator<Tensor> plain = p -> {
            Tensor part = p.slice(0, 1, 3).mul(2).mul(p.slice(0, 0, 2)).add(1);
            Tensor y = Tensor.cat(
                    0,
                    p.slice(0, 3, 4).mul(p.slice(0, 0, 1)),
                    part,
                    p.slice(0, 3, 4).mul(2).add(1));
            Tensor fresh = Tensor.cat(0, part, Tensor.zeros(DType.F64, 2));
            return y.square().sum().add(part.sin().sum()).add(fresh.exp().sum());
        };
        Tensor v = random(13, 4);
        near(written.apply(x), plain.apply(x));
        near(Autograd.grad(written, x), Autograd.grad(plain, x));
        near(Autograd.jvp(written, x, v).tangent(), Autograd.jvp(plain, x, v).tangent());
        near(Autograd.hessian(written, x), Autograd.hessian(plain, x));
        near(
                Autograd.jvp(Autograd.grad(written), x, v).tangent(),
                Autograd.hessian(plain, x).matmul(v));
    }

    @Test
    void writesInPlaceAreBatched() {
        Tensor xs = random(14, 3, 4);
        UnaryOperator<Tensor> f = x -> {
            Tensor y = x.mul(2);
            y.slice(0, 1, 3).mulInPlace(x.slice(0, 0, 2));
            y.set(7.0, Index.at(0));
            Tensor z = Tensor.zerosLike(x);
            z.addInPlace(y);
            return z;
        };
        Tensor all = Autograd.vmap(f).apply(xs);
        for (int i = 0; i < 3; i++) {
            near(all.at(i), f.apply(xs.at(i)));
        }
    }

    @Test
    void randomNumbersInsideVmapAreAskedFor() {
        Tensor xs = random(15, 3, 2);
        UnaryOperator<Tensor> f = x -> x.add(Tensor.randn(Rng.torch(1), DType.F64, 2));
        assertThatThrownBy(() -> Autograd.vmap(f).apply(xs))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("Randomness.DIFFERENT");
        near(
                Autograd.vmap(f, Vmap.first().randomness(Randomness.SAME), xs),
                xs.add(Tensor.randn(Rng.torch(1), DType.F64, 2)));
        Rng stream = Rng.torch(1);
        Tensor different = Autograd.vmap(
                x -> x.add(Tensor.randn(stream, DType.F64, 2)), Vmap.first().randomness(Randomness.DIFFERENT), xs);
        Rng again = Rng.torch(1);
        for (int i = 0; i < 3; i++) {
            near(different.at(i), xs.at(i).add(Tensor.randn(again, DType.F64, 2)));
        }
        assertThat(Autograd.vmap(
                                x -> x.add(Tensor.zerosLike(x).uniformInPlace(Rng.torch(2), 0, 1)),
                                Vmap.first().randomness(Randomness.DIFFERENT),
                                xs)
                        .shape()
                        .sizes())
                .containsExactly(3, 2);
    }

    @Test
    void noGradInsideAndOutside() {
        Tensor x = random(16, 3);
        near(Autograd.grad(p -> p.sum().add(Autograd.noGrad(() -> p.square().sum())), x), Tensor.ones(DType.F64, 3));
        near(Autograd.noGrad(() -> Autograd.grad(p -> p.square().sum(), x)), x.mul(2));
        near(Autograd.grad(p -> p.detach().mul(p).sum(), x), x);
        assertThat(Autograd.isGradEnabled()).isTrue();
    }

    @Test
    void capturedLeavesGetTheirGradients() {
        Tensor w = random(17, 3).requiresGrad(true);
        Tensor x = random(18, 3);
        Autograd.grad(p -> p.mul(w).sin().sum(), x).sum().backward();
        Tensor inner = w.detach().clone().requiresGrad(true);
        inner.mul(inner.mul(x).cos()).sum().backward();
        near(w.grad(), inner.grad());
        Tensor unrecorded =
                Autograd.noGrad(() -> Autograd.grad(p -> p.mul(w.mul(2)).sum(), x));
        assertThat(unrecorded.requiresGrad()).isFalse();
    }

    @Test
    void severalTensors() {
        Tensor a = random(19, 2, 3);
        Tensor b = random(20, 3);
        List<Tensor> g = Autograd.grad(in -> in.get(0).matmul(in.get(1)).sum(), List.of(a, b));
        near(g.get(0), b.expand(2, 3));
        near(g.get(1), a.sum(0));
        List<Tensor> j = Autograd.jacobian(in -> in.get(0).matmul(in.get(1)), List.of(a, b));
        assertThat(j.get(0).shape().sizes()).containsExactly(2, 2, 3);
        near(j.get(1), a);
        List<List<Tensor>> h =
                Autograd.hessian(in -> in.get(0).matmul(in.get(1)).square().sum(), List.of(a, b));
        assertThat(h.get(0).get(1).shape().sizes()).containsExactly(2, 3, 3);
        near(h.get(1).get(1), a.t().matmul(a).mul(2));
        near(h.get(0).get(1).reshape(6, 3), h.get(1).get(0).reshape(3, 6).t());
        Pullback pull = Autograd.vjp(in -> in.get(0).matmul(in.get(1)), List.of(a, b));
        near(pull.gradients().apply(Tensor.ones(DType.F64, 2)).get(1), a.sum(0));
        near(
                pull.gradients().apply(Tensor.full(DType.F64, 2, 2)).get(1),
                a.sum(0).mul(2));
        List<Tensor> two =
                Autograd.vmapAll(in -> List.of(in.get(0).sum(), in.get(0).mul(2)), Vmap.first(), List.of(a));
        near(two.get(0), a.sum(1));
        near(two.get(1), a.mul(2));
    }

    @Test
    void whatNothingDependsOnIsZero() {
        Tensor x = random(21, 3);
        near(Autograd.grad(p -> Tensor.scalar(1, DType.F64), x), Tensor.zeros(DType.F64, 3));
        near(Autograd.jvp(p -> Tensor.ones(DType.F64, 2), x, x).tangent(), Tensor.zeros(DType.F64, 2));
        near(Autograd.jacobian(p -> p.detach(), x), Tensor.zeros(DType.F64, 3, 3));
    }

    @Test
    void misuseIsRefused() {
        Tensor x = random(22, 3);
        List<Tensor> kept = new ArrayList<>();
        for (UnaryOperator<Tensor> transform : List.<UnaryOperator<Tensor>>of(
                t -> Autograd.grad(p -> keep(kept, p).sum(), t),
                t -> Autograd.jvp(p -> keep(kept, p), t, t).tangent(),
                t -> Autograd.vmap((Tensor p) -> keep(kept, p)).apply(t))) {
            var _ = transform.apply(x);
            Tensor outlived = kept.removeLast();
            assertThatThrownBy(() -> outlived.add(1))
                    .isInstanceOf(GraphException.class)
                    .hasMessageContaining("has ended");
            assertThatThrownBy(() -> outlived.add(outlived).sum()).isInstanceOf(GraphException.class);
            assertThatThrownBy(outlived::toArray).isInstanceOf(GraphException.class);
        }
        Tensor outside = Tensor.zeros(DType.F64, 3);
        for (UnaryOperator<Tensor> transform : List.<UnaryOperator<Tensor>>of(
                t -> Autograd.grad(p -> outside.addInPlace(p).sum(), t),
                t -> Autograd.jvp(p -> outside.addInPlace(p), t, t).tangent(),
                t -> Autograd.vmap((Tensor p) -> outside.addInPlace(p)).apply(t))) {
            assertThatThrownBy(() -> transform.apply(x))
                    .isInstanceOf(GraphException.class)
                    .hasMessageContaining("from outside");
            near(outside, Tensor.zeros(DType.F64, 3));
        }
        assertThatThrownBy(() -> Autograd.vmap((Tensor p) -> p.mul(p.item())).apply(x))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("item");
        assertThatThrownBy(() -> Autograd.vmap((Tensor p) -> p.nonzero()).apply(x))
                .isInstanceOf(GraphException.class);
        assertThatThrownBy(() -> Autograd.grad(p -> p.requiresGrad(true).sum(), x))
                .isInstanceOf(GraphException.class);
        assertThatThrownBy(() -> Autograd.grad(
                        p -> {
                            p.sum().backward();
                            return p.sum();
                        },
                        x))
                .isInstanceOf(GraphException.class);
        assertThatThrownBy(() -> Autograd.grad(p -> p.addInPlace(1).sum(), x)).isInstanceOf(GraphException.class);
        assertThatThrownBy(() -> Autograd.grad(p -> p, x))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("more than one number");
        assertThatThrownBy(() -> Autograd.grad(p -> p.sum(), Tensor.arange(3))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Autograd.jvp(p -> p, x, Tensor.zeros(DType.F64, 2)))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Autograd.jvp(p -> p, x, Tensor.zeros(3))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(
                        () -> Autograd.vmap(in -> in.get(0).add(in.get(1)), Vmap.in(0, 0), List.of(x, random(23, 4))))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Autograd.vmap(p -> p, Vmap.in(Vmap.NONE), x)).isInstanceOf(GraphException.class);
        assertThat(Autograd.isGradEnabled()).isTrue();
        near(Autograd.grad(p -> p.sum(), x), Tensor.ones(DType.F64, 3));
    }

    private static Tensor keep(List<Tensor> kept, Tensor t) {
        Tensor y = t.mul(2);
        kept.add(y);
        return y;
    }
}
