package adjoint.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.tensor.GraphOption;
import adjoint.tensor.Index;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Writes in place, through views and beside them. The numbers are PyTorch's. */
class InPlaceTest {
    private static Tensor leaf(double... values) {
        return Tensor.of(values).requiresGrad(true);
    }

    private static void assertGrad(Tensor x, double... wanted) {
        assertThat(x.grad().shape()).isEqualTo(x.shape());
        assertThat(x.grad().toDoubles()).containsExactly(wanted, Offset.offset(1e-4));
    }

    private static void assertValues(Tensor x, double... wanted) {
        assertThat(x.toDoubles()).containsExactly(wanted);
    }

    private static Tensor weights(int... sizes) {
        long[] shape = java.util.Arrays.stream(sizes).asLongStream().toArray();
        int n = java.util.Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        return Tensor.arange((double) n).reshape(shape);
    }

    @Test
    void chainsOfWrites() {
        Tensor x = leaf(1, 2);
        Tensor y = x.mul(2);
        assertThat(y.addInPlace(x)).isSameAs(y);
        y.mulInPlace(3);
        y.sum().backward();
        assertValues(y, 9, 18);
        assertGrad(x, 9, 9);

        Tensor z = leaf(-1, 2, 3);
        z.mul(2).reluInPlace().sum().backward();
        assertGrad(z, 0, 2, 2);
    }

    @Test
    void broadcastInPlace() {
        Tensor a = Tensor.ones(2, 1).requiresGrad(true);
        Tensor b = Tensor.ones(3).requiresGrad(true);
        Tensor y = a.mul(b);
        y.addInPlace(a);
        y.sum().backward();
        assertGrad(a, 6, 6);
        assertGrad(b, 2, 2, 2);
    }

    @Test
    void valuesOverwritten() {
        Tensor x = leaf(1, 2, 3);
        Tensor y = x.mul(2);
        y.set(10, 1);
        y.mul(y).sum().backward();
        assertGrad(x, 8, 0, 24);

        Tensor w = leaf(1, 1, 1);
        Tensor z = x.mul(2);
        z.copyInPlace(w.mul(3));
        x.grad(null);
        z.sum().backward();
        assertGrad(w, 3, 3, 3);
        assertGrad(x, 0, 0, 0);
        for (Consumer<Tensor> write : java.util.List.<Consumer<Tensor>>of(
                t -> t.fillInPlace(4),
                Tensor::zeroInPlace,
                t -> t.normalInPlace(0, 1),
                t -> t.uniformInPlace(0, 1),
                t -> t.copyInPlace(Tensor.ones(3)),
                t -> t.set(Tensor.of(7.0, 7, 7), Index.ALL))) {
            Tensor v = x.mul(2);
            write.accept(v);
            assertThat(v.requiresGrad()).isTrue();
            x.grad(null);
            v.sum().backward();
            assertGrad(x, 0, 0, 0);
        }
    }

    @Test
    void viewsOfViews() {
        Tensor x = Tensor.ones(2, 3).requiresGrad(true);
        Tensor y = x.clone();
        Tensor z = y.view(6).slice(0, 1, 5).view(2, 2);
        z.addInPlace(Tensor.of((Object) new double[][] {{1, 2}, {3, 4}}));
        z.mulInPlace(2);
        y.pow(2).sum().backward();
        assertValues(y, 1, 4, 6, 8, 10, 1);
        assertValues(z, 4, 6, 8, 10);
        assertGrad(x, 2, 16, 24, 32, 40, 2);
        assertThat(z.isLeaf()).isFalse();
        assertThat(y.gradFn()).isEqualTo("CopySlices");
    }

    @Test
    void siblingsSeeEachOthersWrites() {
        Tensor x = leaf(1, 2, 3, 4);
        Tensor y = x.mul(1.0);
        Tensor a = y.slice(0, 0, 2);
        Tensor b = y.slice(0, 1, 3);
        a.mulInPlace(10.0);
        assertValues(b, 20, 3);
        b.mul(Tensor.of(1.0, 2)).sum().add(y.mul(y).sum()).backward();
        assertGrad(x, 200, 410, 8, 8);
    }

    @Test
    void viewsSeeWritesToTheirBase() {
        Tensor x = leaf(1, 2, 3);
        Tensor y = x.mul(1.0);
        Tensor v = y.slice(0, 1, 3);
        y.mulInPlace(5.0);
        v.mul(v).sum().backward();
        assertGrad(x, 0, 100, 150);
    }

    @Test
    void aBaseThatHadNoGradient() {
        Tensor base = Tensor.zeros(3);
        Tensor w = leaf(5, 6);
        base.slice(0, 0, 2).addInPlace(w);
        assertThat(base.isLeaf()).isFalse();
        assertThat(base.requiresGrad()).isTrue();
        base.mul(Tensor.of(1.0, 2, 3)).sum().backward();
        assertGrad(w, 1, 2);
    }

    @Test
    void writesThroughEveryKindOfView() {
        Tensor x = Tensor.ones(2, 3).requiresGrad(true);
        Tensor w = leaf(5, 6);
        Tensor y = x.mul(1.0);
        y.set(w, Index.ALL, Index.at(1));
        assertValues(y, 1, 5, 1, 1, 6, 1);
        y.mul(weights(2, 3)).sum().backward();
        assertGrad(x, 0, 0, 2, 3, 0, 5);
        assertGrad(w, 1, 4);

        x.grad(null);
        w.grad(null);
        Tensor z = x.mul(1.0);
        z.t().set(w, Index.at(1));
        z.mul(weights(2, 3)).sum().backward();
        assertGrad(x, 0, 0, 2, 3, 0, 5);
        assertGrad(w, 1, 4);

        x.grad(null);
        w.grad(null);
        Tensor q = x.mul(1.0);
        q.t().set(w, Index.of(Tensor.of(0L, 2L)));
        assertValues(q, 5, 1, 5, 6, 1, 6);
        q.mul(weights(2, 3)).sum().backward();
        assertGrad(x, 0, 1, 0, 0, 4, 0);
        assertGrad(w, 2, 8);
    }

    @Test
    void writesByPositionAndMask() {
        Tensor x = leaf(1, -2, 3);
        Tensor w = leaf(9);
        Tensor y = x.mul(1.0);
        y.set(w, Index.mask(y.lt(0)));
        y.mul(Tensor.of(1.0, 2, 3)).sum().backward();
        assertGrad(x, 1, 0, 3);
        assertGrad(w, 2);
        assertThat(y.gradFn()).isNotNull();

        Tensor a = leaf(1, 2, 3, 4);
        Tensor b = leaf(10, 20);
        Tensor z = a.mul(1.0);
        z.set(b, Index.of(Tensor.of(3L, 0L)));
        assertValues(z, 20, 2, 3, 10);
        z.mul(Tensor.of(1.0, 2, 3, 4)).sum().backward();
        assertGrad(a, 0, 2, 3, 0);
        assertGrad(b, 4, 1);
    }

    @Test
    void writesThroughReshapedViewsOfOtherLayouts() {
        Tensor w = weights(3, 2);
        Tensor x = Tensor.ones(2, 3).requiresGrad(true);
        Tensor y = x.mul(1.0);
        y.view(6).mulInPlace(2.0);
        y.t().mul(w).sum().backward();
        assertGrad(x, 0, 4, 8, 2, 6, 10);

        x.grad(null);
        Tensor z = x.mul(1.0);
        z.view(6).slice(0, 0, 3).mulInPlace(2.0);
        z.t().mul(w).sum().backward();
        assertGrad(x, 0, 4, 8, 1, 3, 5);

        Tensor base = Tensor.arange(6.0).reshape(2, 3).t().detach();
        Tensor k = Tensor.ones(6).requiresGrad(true);
        Tensor v = base.t().view(6);
        v.mulInPlace(k.mul(2.0));
        assertValues(v, 0, 2, 4, 6, 8, 10);
        base.mul(w).sum().backward();
        assertGrad(k, 0, 4, 16, 6, 24, 50);
    }

    @Test
    void secondDerivativesThroughWrites() {
        Tensor x = Tensor.of((Object) new double[][] {{0.5, 1, 2}, {-1, 3, 0.25}}, DType.F64);
        Tensor w = Tensor.of((Object) new double[] {2, -1}, DType.F64);
        GradCheck.checkSecond(
                in -> {
                    Tensor y = in.get(0).mul(in.get(0));
                    y.t().slice(0, 1, 3).mulInPlace(in.get(1).mul(2.0));
                    y.view(6).set(in.get(1).square(), Index.of(Tensor.of(4L, 0L)));
                    return y.mul(in.get(0));
                },
                x,
                w);
    }

    @Test
    void earlierUsesAreNotTouched() {
        Tensor x = leaf(1, 2);
        Tensor y = x.mul(3);
        Tensor z = y.sum();
        y.mulInPlace(2.0);
        z.backward();
        assertGrad(x, 3, 3);

        Tensor a = leaf(1, 2);
        Tensor b = a.mul(3);
        Tensor c = b.exp();
        b.mulInPlace(2.0);
        c.sum().backward();
        assertGrad(a, 60.2566, 1210.2864);

        Tensor d = leaf(1, 2);
        Tensor e = d.mul(3).add(1);
        e.addInPlace(1.0);
        e.sum().backward();
        assertGrad(d, 3, 3);
    }

    /** The overwritten value is kept where the derivative needs it. */
    @Test
    void derivativesThatNeedTheOldValue() {
        Tensor w = leaf(3, 4);
        checkOld(y -> y.powInPlace(2.0), 2, 4);
        checkOld(y -> y.mulInPlace(w), 3, 4);
        assertGrad(w, 1, 2);
        checkOld(Tensor::absInPlace, 1, 1);
        checkOld(Tensor::logInPlace, 1, 0.5);
        checkOld(Tensor::sqrtInPlace, 0.5, 0.353553);
        checkOld(Tensor::expInPlace, Math.E, Math.exp(2));
        checkOld(Tensor::tanhInPlace, 0.419974, 0.070651);
        checkOld(Tensor::sigmoidInPlace, 0.196612, 0.104994);
        checkOld(Tensor::negInPlace, -1, -1);
        checkOld(y -> y.divInPlace(w), 1 / 3.0, 0.25);
        checkOld(y -> y.subInPlace(w), 1, 1);
    }

    private static void checkOld(Consumer<Tensor> change, double... wanted) {
        Tensor x = leaf(1, 2);
        Tensor y = x.mul(1.0);
        change.accept(y);
        y.sum().backward();
        assertGrad(x, wanted);
    }

    private static void assertConflict(Tensor x, ThrowingCallable backward, String saver, String changer) {
        assertThatThrownBy(backward)
                .isInstanceOf(GraphException.class)
                .hasMessageContaining(saver)
                .hasMessageContaining(changer)
                .hasMessageContaining("clone()");
        assertThat(x.grad()).isNull();
    }

    @Test
    void changesOfSavedValuesAreFound() {
        Tensor x = leaf(1, 2);
        Tensor y = x.mul(2);
        Tensor z = y.mul(y).sum();
        y.addInPlace(1);
        assertConflict(x, z::backward, "MulBackward0", "last changed by add");

        Tensor s = x.sigmoid();
        s.addInPlace(1);
        assertConflict(x, () -> s.sum().backward(), "SigmoidBackward0", "last changed by add");

        Tensor e = x.exp();
        e.mulInPlace(2);
        assertConflict(x, () -> e.sum().backward(), "ExpBackward0", "last changed by mul");

        Tensor a = x.mul(1.0);
        Tensor v = a.view(2, 1);
        Tensor q = v.mul(v).sum();
        a.addInPlace(1);
        assertConflict(x, q::backward, "MulBackward0", "last changed by add");

        Tensor b = x.mul(1.0);
        Tensor r = b.mul(b).sum();
        b.detach().addInPlace(1);
        assertConflict(x, r::backward, "MulBackward0", "last changed by add");

        Tensor c = x.mul(1.0);
        c.mulInPlace(c);
        assertConflict(x, () -> c.sum().backward(), "MulBackward0", "last changed by mul");

        Tensor d = x.mul(1.0);
        Tensor t = d.mul(d).sum();
        d.set(5, 0);
        assertThatThrownBy(t::backward).isInstanceOf(GraphException.class);

        Tensor f = x.mul(x).sum();
        Autograd.noGrad(() -> {
            x.addInPlace(1);
        });
        assertConflict(x, f::backward, "MulBackward0", "last changed by add");
    }

    @Test
    void dataIsNotWatched() {
        Tensor x = leaf(1, 2);
        Tensor y = x.mul(1.0);
        Tensor z = y.mul(y).sum();
        y.data().addInPlace(1);
        z.backward();
        assertGrad(x, 4, 6);

        Tensor w = leaf(1, 2);
        w.data().fillInPlace(7);
        assertValues(w, 7, 7);
        assertThat(w.version()).isZero();
        assertThat(w.data().requiresGrad()).isFalse();
        Tensor u = w.detach();
        u.set(5, 0);
        assertValues(w, 5, 7);
    }

    @Test
    void versions() {
        Tensor x = Tensor.zeros(3);
        assertThat(x.version()).isZero();
        x.addInPlace(1);
        x.set(5, 0);
        assertThat(x.version()).isEqualTo(2);
        x.view(3).mulInPlace(2);
        assertThat(x.version()).isEqualTo(3);
        x.detach().addInPlace(1);
        assertThat(x.version()).isEqualTo(4);
        x.set(Tensor.of(1.0, 1), Index.list(0, 1));
        x.normalInPlace(0, 1);
        assertThat(x.version()).isEqualTo(6);
        assertThat(x.add(1).version()).isZero();
    }

    @Test
    void leavesAreProtected() {
        Tensor x = leaf(1, 2, 3);
        Tensor other = Tensor.of(9.0, 9);
        for (ThrowingCallable write : new ThrowingCallable[] {
            () -> x.addInPlace(1),
            () -> x.mulInPlace(x),
            () -> x.expInPlace(),
            () -> x.zeroInPlace(),
            () -> x.set(5, 0),
            () -> x.set(other, Index.range(0, 2)),
            () -> x.set(other, Index.list(0, 1)),
            () -> x.set(1.0, Index.mask(x.gt(1))),
            () -> x.slice(0, 0, 1).addInPlace(1),
            () -> x.view(3, 1).select(0, 1).fillInPlace(3),
            () -> x.normalInPlace(0, 1),
            () -> x.uniformInPlace(0, 1),
            () -> x.copyInPlace(Tensor.ones(3)),
            () -> Autograd.noGrad(() -> Autograd.enableGrad(() -> {
                x.addInPlace(1);
            }))
        }) {
            assertThatThrownBy(write).isInstanceOf(GraphException.class).hasMessageContaining("leaf");
            assertValues(x, 1, 2, 3);
            assertThat(x.version()).isZero();
            assertThat(x.isLeaf()).isTrue();
        }
        Autograd.noGrad(() -> {
            x.subInPlace(1);
            x.slice(0, 0, 1).addInPlace(10);
            x.set(7, 2);
        });
        assertValues(x, 10, 1, 7);
        assertThat(x.isLeaf() && x.requiresGrad()).isTrue();
        x.mul(2).sum().backward();
        assertGrad(x, 2, 2, 2);
    }

    @Test
    void expandedTensorsAreRefused() {
        Tensor x = Tensor.ones(1, 3);
        Tensor wide = x.expand(2, 3);
        assertThatThrownBy(() -> wide.addInPlace(1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("clone()");
        assertThatThrownBy(() -> wide.set(Tensor.ones(2, 3), Index.ALL)).isInstanceOf(ShapeException.class);
        assertValues(x, 1, 1, 1);
        assertThat(x.version()).isZero();
        wide.select(0, 1).addInPlace(1);
        assertValues(x, 2, 2, 2);
    }

    @Test
    void operandsOfTheSameMemory() {
        Tensor x = Tensor.arange(9.0).reshape(3, 3);
        x.addInPlace(x.t());
        assertValues(x, 0, 4, 8, 4, 8, 12, 8, 12, 16);
        Tensor y = Tensor.arange(5.0);
        y.slice(0, 1, 5).addInPlace(y.slice(0, 0, 4));
        assertValues(y, 0, 1, 3, 5, 7);
        Tensor z = Tensor.arange(4.0);
        z.slice(0, 1, 4).copyInPlace(z.slice(0, 0, 3));
        assertValues(z, 0, 0, 1, 2);
        Tensor v = Tensor.arange(4.0);
        v.set(v.slice(0, 0, 3), Index.list(1, 2, 3));
        assertValues(v, 0, 0, 1, 2);
        Tensor w = Tensor.of(2.0, 3);
        w.mulInPlace(w);
        assertValues(w, 4, 9);
    }

    @Test
    void typesThatDoNotHoldTheResult() {
        Tensor i = Tensor.of(1L, 2L);
        Tensor b = Tensor.of(true, false);
        for (ThrowingCallable write : new ThrowingCallable[] {
            () -> i.addInPlace(1.5),
            () -> i.addInPlace(Tensor.of(1.0, 2)),
            () -> i.addInPlace(Tensor.scalar(1.0)),
            () -> i.divInPlace(2L),
            () -> i.divInPlace(i),
            () -> i.expInPlace(),
            () -> i.normalInPlace(0, 1),
            () -> b.addInPlace(1L),
            () -> b.mulInPlace(i),
            () -> b.negInPlace()
        }) {
            assertThatThrownBy(write).isInstanceOf(DTypeException.class);
            assertThat(i.toLongs()).containsExactly(1, 2);
            assertThat(b.toBooleans()).containsExactly(true, false);
        }
        Tensor f = Tensor.of(1.0, 2);
        f.addInPlace(Tensor.of((Object) new double[] {0.5, 0.5}, DType.F64)).mulInPlace(i);
        assertThat(f.dtype()).isEqualTo(DType.F32);
        assertValues(f, 1.5, 5);
        i.addInPlace(b).mulInPlace(3L);
        assertThat(i.toLongs()).containsExactly(6, 6);
        i.powInPlace(2L);
        assertThat(i.toLongs()).containsExactly(36, 36);
    }

    @Test
    void shapesThatDoNotFit() {
        Tensor x = Tensor.zeros(3);
        for (ThrowingCallable write : new ThrowingCallable[] {
            () -> x.addInPlace(Tensor.ones(2, 3)),
            () -> x.addInPlace(Tensor.ones(2)),
            () -> x.addInPlace(Tensor.ones(DType.F64, 2, 3)),
            () -> x.copyInPlace(Tensor.ones(4)),
            () -> x.set(Tensor.ones(2), Index.ALL),
            () -> x.set(Tensor.ones(2), Index.list(0, 1, 2))
        }) {
            assertThatThrownBy(write).isInstanceOf(ShapeException.class);
            assertValues(x, 0, 0, 0);
            assertThat(x.version()).isZero();
        }
    }

    @Test
    void aViewMadeALeaf() {
        Tensor base = Tensor.zeros(3);
        Tensor v = base.slice(0, 0, 2).requiresGrad(true);
        base.addInPlace(1);
        assertThat(v.isLeaf()).isTrue();
        assertValues(v, 1, 1);
        v.mul(3).sum().backward();
        assertGrad(v, 3, 3);
    }

    @Test
    void unrecordedViewsStayOutsideTheGraph() {
        Tensor w = leaf(1, 2);
        Tensor first = Autograd.noGrad(() -> w.at(0));
        assertThat(first.requiresGrad()).isFalse();
        Autograd.noGrad(() -> {
            w.subInPlace(1.0);
        });
        assertThat(first.requiresGrad()).isFalse();
        assertThat(first.item()).isZero();
    }

    @Test
    void trainingByHandKeepsTheLeaf() {
        Tensor w = leaf(1, 2);
        w.mul(w).sum().backward();
        try (var _ = Autograd.noGrad()) {
            w.subInPlace(w.grad().mul(0.1));
            w.zeroGrad();
        }
        assertThat(w.toFloats()).containsExactly(0.8f, 1.6f);
        assertGrad(w, 0, 0);
        Tensor loss = w.mul(w).sum();
        loss.backward(GraphOption.RETAIN_GRAPH);
        assertGrad(w, 1.6, 3.2);
    }
}
