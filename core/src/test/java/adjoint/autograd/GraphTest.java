package adjoint.autograd;

import static adjoint.tensor.GraphOption.ALLOW_UNUSED;
import static adjoint.tensor.GraphOption.CREATE_GRAPH;
import static adjoint.tensor.GraphOption.RETAIN_GRAPH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.tensor.Index;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Leaves, accumulation, several passes, higher orders: the numbers are PyTorch's. */
class GraphTest {
    private static Tensor leaf(double... values) {
        return Tensor.of(values).requiresGrad(true);
    }

    private static Tensor scalar(double value) {
        return Tensor.scalar(value).requiresGrad(true);
    }

    private static void assertGrad(Tensor x, double... wanted) {
        assertThat(x.grad().shape()).isEqualTo(x.shape());
        assertThat(x.grad().dtype()).isEqualTo(x.dtype());
        assertThat(x.grad().requiresGrad()).isFalse();
        assertThat(x.grad().toDoubles()).containsExactly(wanted, Offset.offset(1e-6));
    }

    @Test
    void theFirstExampleOfTheCourse() {
        Tensor x = Tensor.arange(4.0).requiresGrad(true);
        assertThat(x.grad()).isNull();
        Tensor y = x.dot(x).mul(2);
        assertThat(y).hasToString("tensor(28., grad_fn=<MulBackward0>)");
        y.backward();
        assertThat(x.grad()).hasToString("tensor([ 0.,  4.,  8., 12.])");
        x.zeroGrad();
        assertGrad(x, 0, 0, 0, 0);
        x.sum().backward();
        assertGrad(x, 1, 1, 1, 1);
        x.dot(x).mul(2).backward();
        assertGrad(x, 1, 5, 9, 13);
    }

    @Test
    void detachStopsGradients() {
        Tensor x = Tensor.arange(4.0).requiresGrad(true);
        Tensor y = x.mul(x);
        Tensor u = y.detach();
        u.mul(x).sum().backward();
        assertThat(x.grad().equal(u)).isTrue();
        assertThat(u.requiresGrad()).isFalse();
        assertThat(u.isLeaf()).isTrue();
        x.zeroGrad();
        y.sum().backward();
        assertGrad(x, 0, 2, 4, 6);
    }

    @Test
    void straightThrough() {
        Tensor x = leaf(0.2, 0.8, -0.6);
        Tensor rounded = Tensor.of(0.0, 1, -1);
        Tensor y = rounded.sub(x).detach().add(x);
        y.mul(Tensor.of(1.0, 2, 3)).sum().backward();
        assertGrad(x, 1, 2, 3);
        assertThat(y.allClose(rounded)).isTrue();
    }

    @Test
    void controlFlow() {
        double[] in = {-0.7, 1234.5, -2000};
        double[] slope = {204800, 2, 200};
        for (int i = 0; i < in.length; i++) {
            Tensor a = scalar(in[i]);
            Tensor b = a.mul(2);
            while (b.norm().item() < 1000) {
                b = b.mul(2);
            }
            Tensor d = b.sum().item() > 0 ? b : b.mul(100);
            d.backward();
            assertGrad(a, slope[i]);
            assertThat(a.grad().eq(d.div(a)).itemBoolean()).isTrue();
        }
    }

    @Test
    void leafRules() {
        Tensor a = Tensor.ones(2);
        Tensor b = leaf(1, 1);
        Tensor c = b.mul(2);
        Tensor d = a.mul(2);
        Tensor e = c.detach();
        assertThat(List.of(a.isLeaf(), b.isLeaf(), c.isLeaf(), d.isLeaf(), e.isLeaf()))
                .containsExactly(true, true, false, true, true);
        assertThat(List.of(a, b, c, d, e).stream().map(Tensor::requiresGrad))
                .containsExactly(false, true, true, false, false);
        assertThat(b.gradFn()).isNull();
        assertThat(c.gradFn()).isEqualTo("MulBackward0");
        assertThat(b.gt(0).requiresGrad()).isFalse();
        assertThat(b.argmax().requiresGrad()).isFalse();
        assertThat(b.to(DType.I64).requiresGrad()).isFalse();
        assertThat(c.requiresGrad(true)).isSameAs(c);
        assertThatThrownBy(() -> c.requiresGrad(false)).isInstanceOf(GraphException.class);
    }

    @Test
    void aLeafCanBeSwitchedOffAndOn() {
        Tensor w = leaf(1, 2);
        w.mul(2).sum().backward();
        w.requiresGrad(false);
        assertThat(w.mul(2).requiresGrad()).isFalse();
        assertGrad(w, 2, 2);
        w.requiresGrad(true);
        w.mul(3).sum().backward();
        assertGrad(w, 5, 5);
    }

    @Test
    void diamondsAndSharedParts() {
        Tensor x = scalar(2);
        Tensor a = x.mul(3);
        Tensor b = a.mul(a);
        Tensor c = a.add(b);
        b.mul(c).backward();
        assertGrad(x, 2916);

        Tensor y = leaf(1, 2);
        y.add(y).backward(Tensor.of(1.0, 2));
        assertGrad(y, 2, 4);
    }

    @Test
    void broadcastGradientsAreSummed() {
        Tensor a = Tensor.ones(3, 1).requiresGrad(true);
        Tensor b = Tensor.arange(4.0).requiresGrad(true);
        Tensor s = scalar(2);
        a.mul(b).add(s).sum().backward();
        assertGrad(a, 6, 6, 6);
        assertGrad(b, 3, 3, 3, 3);
        assertGrad(s, 12);
    }

    @Test
    void gradientsHaveTheirLeafsType() {
        Tensor x = leaf(1, 2);
        Tensor d = Tensor.of((Object) new double[] {2, 3}, DType.F64).requiresGrad(true);
        Tensor y = x.mul(d).sum();
        assertThat(y.dtype()).isEqualTo(DType.F64);
        y.backward();
        assertGrad(x, 2, 3);
        assertGrad(d, 1, 2);
        Tensor z = leaf(1, 2);
        z.mul(Tensor.of(2L, 3L)).sum().backward();
        assertGrad(z, 2, 3);
    }

    @Test
    void backwardWithAGradient() {
        Tensor x = Tensor.arange(4.0).requiresGrad(true);
        x.mul(x).backward(Tensor.ones(4));
        assertGrad(x, 0, 2, 4, 6);
        Tensor y = leaf(1, 2).mul(2);
        assertThatThrownBy(y::backward).isInstanceOf(GraphException.class);
        assertThatThrownBy(() -> y.backward(Tensor.ones(3))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> y.backward(Tensor.ones(DType.F64, 2))).isInstanceOf(DTypeException.class);
        Tensor empty = Tensor.zeros(0).requiresGrad(true);
        assertThatThrownBy(() -> empty.mul(2).backward()).isInstanceOf(GraphException.class);
        empty.mul(2).sum().backward();
        assertGrad(empty);
    }

    @Test
    void backwardOfOneElementOfAnyRank() {
        Tensor x = Tensor.full(3.0, 1, 1).requiresGrad(true);
        x.mul(x).backward();
        assertGrad(x, 6);
    }

    @Test
    void backwardOfALeaf() {
        Tensor x = scalar(2);
        x.backward();
        x.backward();
        assertGrad(x, 2);
        assertThat(Autograd.grad(x, x).item()).isEqualTo(1);
    }

    @Test
    void theGivenGradientIsNotTaken() {
        Tensor x = leaf(1, 2);
        Tensor g = Tensor.of(3.0, 4);
        x.backward(g);
        x.backward(g);
        assertGrad(x, 6, 8);
        assertThat(g.toDoubles()).containsExactly(3, 4);
        Tensor y = leaf(1, 2);
        y.add(0.0).backward(g);
        y.grad().addInPlace(1.0);
        assertThat(g.toDoubles()).containsExactly(3, 4);
    }

    @Test
    void eachLeafHasAGradientOfItsOwn() {
        Tensor a = leaf(1, 2);
        Tensor b = leaf(3, 4);
        a.add(b).sum().backward();
        a.grad().addInPlace(1.0);
        assertGrad(b, 1, 1);
        a.grad(null);
        b.grad(null);

        a.add(b).sum().backward(CREATE_GRAPH);
        a.mul(1.0).sum().backward();
        assertThat(a.grad().toDoubles()).containsExactly(2, 2);
        assertThat(b.grad().toDoubles()).containsExactly(1, 1);
        a.zeroGrad();
        assertThat(b.grad().toDoubles()).containsExactly(1, 1);
    }

    @Test
    void retainGraph() {
        Tensor x = Tensor.arange(4.0).requiresGrad(true);
        Tensor y = x.pow(3).sum();
        y.backward(RETAIN_GRAPH);
        assertGrad(x, 0, 3, 12, 27);
        y.backward();
        assertGrad(x, 0, 6, 24, 54);
        assertThatThrownBy(y::backward)
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("PowBackward0")
                .hasMessageContaining("RETAIN_GRAPH");
        assertGrad(x, 0, 6, 24, 54);
    }

    @Test
    void whatSavedNothingGoesTwice() {
        Tensor x = leaf(1, 2);
        Tensor y = x.add(1.0);
        y.sum().backward();
        y.mul(2.0).sum().backward();
        assertGrad(x, 3, 3);
    }

    @Test
    void aReleasedPartOfAnotherGraph() {
        Tensor x = leaf(1, 2);
        Tensor y = x.exp();
        Tensor a = y.sum();
        Tensor b = y.mul(2).sum();
        a.backward();
        double[] before = x.grad().toDoubles();
        assertThatThrownBy(b::backward).isInstanceOf(GraphException.class);
        assertThat(x.grad().toDoubles()).containsExactly(before);
    }

    @Test
    void retainGrad() {
        Tensor x = leaf(1, 1);
        Tensor y = x.mul(2).retainGrad();
        y.mul(y).sum().backward(RETAIN_GRAPH);
        assertThat(y.grad().toDoubles()).containsExactly(4, 4);
        assertGrad(x, 8, 8);
        assertThat(x.retainGrad()).isSameAs(x);
        assertThatThrownBy(() -> Tensor.ones(1).retainGrad()).isInstanceOf(GraphException.class);
        assertThat(x.mul(3).grad()).isNull();
    }

    @Test
    void retainedGradientsAccumulate() {
        Tensor x = leaf(1, 2);
        Tensor y = x.mul(2.0).retainGrad();
        Tensor s = y.square().sum();
        s.backward(RETAIN_GRAPH);
        s.backward();
        assertThat(y.grad().toDoubles()).containsExactly(8, 16);
        assertGrad(x, 16, 32);
    }

    @Test
    void retainGradFollowsTheTensor() {
        Tensor x = leaf(1, 2);
        Tensor y = x.mul(2.0).retainGrad();
        y.mulInPlace(3.0);
        y.sum().backward();
        assertThat(y.grad().toDoubles()).containsExactly(1, 1);
        assertGrad(x, 6, 6);
    }

    @Test
    void gradAsAValue() {
        Tensor x = leaf(1, 2);
        Tensor y = leaf(3, 4);
        List<Tensor> g = Autograd.grad(List.of(x.mul(y).sum(), x.sum()), List.of(x, y));
        assertThat(g.get(0).toDoubles()).containsExactly(4, 5);
        assertThat(g.get(1).toDoubles()).containsExactly(1, 2);
        assertThat(x.grad()).isNull();

        Tensor h = x.mul(2);
        List<Tensor> inner = Autograd.grad(h.mul(h).sum(), List.of(h, x));
        assertThat(inner.get(0).toDoubles()).containsExactly(4, 8);
        assertThat(inner.get(1).toDoubles()).containsExactly(8, 16);
        List<Tensor> twice = Autograd.grad(List.of(x.mul(3).sum()), List.of(x, x));
        assertThat(twice.get(0).toDoubles()).containsExactly(3, 3);
        assertThat(twice.get(1).toDoubles()).containsExactly(3, 3);
        Tensor out = x.mul(2);
        assertThat(Autograd.grad(List.of(out), List.of(out), List.of(Tensor.ones(2)))
                        .getFirst()
                        .toDoubles())
                .containsExactly(1, 1);
    }

    @Test
    void gradOfAView() {
        Tensor x = leaf(1, 2, 3);
        Tensor v = x.slice(0, 0, 2);
        List<Tensor> g = Autograd.grad(x.mul(x).sum().add(v.sum()), List.of(v, x));
        assertThat(g.get(0).toDoubles()).containsExactly(1, 1);
        assertThat(g.get(1).toDoubles()).containsExactly(3, 5, 6);
    }

    @Test
    void gradOfWhatIsNotUsed() {
        Tensor x = scalar(1);
        Tensor y = scalar(2);
        List<Tensor> g = Autograd.grad(x.mul(3), List.of(x, y), ALLOW_UNUSED);
        assertThat(g.get(0).item()).isEqualTo(3);
        assertThat(g.get(1)).isNull();
        assertThatThrownBy(() -> Autograd.grad(x.mul(3), List.of(x, y)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("input 2");
        assertThatThrownBy(() -> Autograd.grad(x.mul(3), Tensor.ones(1))).isInstanceOf(GraphException.class);
        assertThatThrownBy(() -> Autograd.grad(List.of(x), List.of(x), List.of()))
                .isInstanceOf(GraphException.class);
        assertThatThrownBy(() -> Autograd.grad(Autograd.grad(x.pow(3), x), x)).isInstanceOf(GraphException.class);
        x.mul(3).backward();
        assertThat(y.grad()).isNull();
    }

    @Test
    void severalOutputsAtOnce() {
        Tensor x = leaf(1, 2, 3);
        Tensor y = x.mul(2);
        List<Tensor> g = Autograd.grad(
                List.of(y.slice(0, 0, 1), y.slice(0, 1, 3)),
                List.of(x),
                Arrays.asList(Tensor.of(new double[] {1}), Tensor.of(10.0, 100)));
        assertThat(g.getFirst().toDoubles()).containsExactly(2, 20, 200);
        List<Tensor> ones = Autograd.grad(List.of(x.sum(), y.sum()), List.of(x), Arrays.asList(null, null));
        assertThat(ones.getFirst().toDoubles()).containsExactly(3, 3, 3);
    }

    @Test
    void emptyParts() {
        Tensor x = leaf(1, 2);
        Tensor joined = Tensor.cat(0, x.slice(0, 0, 0), Tensor.ones(3));
        assertThat(joined.requiresGrad()).isTrue();
        joined.sum().backward();
        assertGrad(x, 0, 0);
        Tensor none = Tensor.zeros(0, 3).requiresGrad(true);
        none.mul(2).sum(0).sum().backward();
        none.matmul(Tensor.ones(3, 2)).sum().backward();
        assertThat(none.grad().shape()).hasToString("[0, 3]");
    }

    @Test
    void higherOrders() {
        Tensor x = Tensor.scalar(2, DType.F64).requiresGrad(true);
        Tensor y = x.pow(4);
        double[] wanted = {32, 48, 48, 24, 0};
        for (double w : wanted) {
            y = Autograd.grad(y, x, CREATE_GRAPH);
            assertThat(y.item()).isCloseTo(w, Offset.offset(1e-12));
        }
        Tensor v = leaf(1, 2, 3);
        Tensor g = Autograd.grad(v.pow(3).sum(), v, CREATE_GRAPH);
        Tensor h = Autograd.grad(g.sum(), v, CREATE_GRAPH);
        Tensor t = Autograd.grad(h.sum(), v);
        assertThat(g.toDoubles()).containsExactly(3, 12, 27);
        assertThat(h.toDoubles()).containsExactly(6, 12, 18);
        assertThat(t.toDoubles()).containsExactly(6, 6, 6);
        assertThat(t.requiresGrad()).isFalse();
    }

    @Test
    void backwardThatCreatesAGraph() {
        Tensor x = scalar(3);
        x.pow(3).backward(CREATE_GRAPH);
        Tensor g = x.grad();
        assertThat(g.item()).isEqualTo(27);
        assertThat(g.requiresGrad()).isTrue();
        assertThat(Autograd.grad(g, x).item()).isEqualTo(18);
        x.zeroGrad();
        assertGrad(x, 0);
    }

    @Test
    void aPenaltyOnTheGradient() {
        Tensor x =
                Tensor.of((Object) new double[][] {{1, 2}, {3, -1}}, DType.F64).requiresGrad(true);
        Tensor w = Tensor.of((Object) new double[][] {{0.5}, {-0.3}}, DType.F64).requiresGrad(true);
        Tensor g = Autograd.grad(x.matmul(w).tanh().sum(), x, CREATE_GRAPH);
        Tensor penalty = g.norm(2, 1).sub(1).pow(2).mean();
        penalty.backward();
        assertThat(penalty.item()).isCloseTo(0.5307751703115718, Offset.offset(1e-12));
        assertGrad(w, -0.16862050100623582, 0.060652955986882084);
        assertGrad(x, -0.02432140893018385, 0.014592845358110309, 0.05371998863756037, -0.03223199318253622);
    }

    @Test
    void hessianVectorProduct() {
        Tensor x = Tensor.of((Object) new double[] {1, 2, 3}, DType.F64).requiresGrad(true);
        Tensor v = Tensor.of((Object) new double[] {1, 0, -1}, DType.F64);
        Tensor f = x.at(0).mul(x.at(1)).mul(x.at(2)).add(x.pow(3).sum());
        Tensor g = Autograd.grad(f, x, CREATE_GRAPH);
        assertThat(g.toDoubles()).containsExactly(9, 15, 29);
        Tensor hv = Autograd.grad(List.of(g), List.of(x), List.of(v)).getFirst();
        assertThat(hv.toDoubles()).containsExactly(4, 2, -16);
    }

    @Test
    void modesNestAndComeBack() {
        Tensor x = leaf(1, 2);
        try (var _ = Autograd.noGrad()) {
            assertThat(Autograd.isGradEnabled()).isFalse();
            assertThat(x.mul(2).requiresGrad()).isFalse();
            try (var _ = Autograd.enableGrad()) {
                assertThat(x.mul(2).requiresGrad()).isTrue();
            }
            assertThat(x.mul(2).requiresGrad()).isFalse();
            assertThat(Tensor.ones(1).requiresGrad(true).requiresGrad()).isTrue();
        }
        assertThat(Autograd.isGradEnabled()).isTrue();
        assertThatThrownBy(() -> Autograd.noGrad(() -> {
                    throw new IllegalStateException("out");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Autograd.isGradEnabled()).isTrue();
        assertThat(Autograd.<Tensor>noGrad(() -> x.mul(2)).requiresGrad()).isFalse();
        assertThat(Autograd.<Tensor>enableGrad(() -> x.mul(2)).requiresGrad()).isTrue();
        // Whether backward works does not depend on the mode in which it is called.
        Tensor y = x.mul(x).sum();
        Autograd.noGrad(() -> y.backward());
        assertGrad(x, 2, 4);
        Tensor z = Autograd.noGrad(() -> x.sum());
        assertThatThrownBy(z::backward).isInstanceOf(GraphException.class).hasMessageContaining("requiresGrad(true)");
    }

    @Test
    void masksInTheGraph() {
        Tensor x = leaf(1, -2, 3);
        x.at(Index.mask(x.gt(0))).pow(2).sum().backward();
        assertGrad(x, 2, 0, 6);
    }

    @Test
    void infinitiesBehindABranchDoNotSpread() {
        Tensor x = leaf(0, 4);
        Tensor.where(x.gt(0), x.sqrt(), Tensor.zeros(2)).sum().backward();
        assertThat(x.grad().toDoubles()[1]).isEqualTo(0.25);
        Tensor y = leaf(0, 4);
        Tensor.map(a -> a.gt(0).select(a.sqrt(), adjoint.codegen.Expr.of(0)), y)
                .sum()
                .backward();
        assertGrad(y, 0, 0.25);
    }

    @Test
    void namesOfOperations() {
        Tensor x = Tensor.ones(2, 3).requiresGrad(true);
        Tensor v = Tensor.ones(3).requiresGrad(true);
        Tensor w = Tensor.ones(2).requiresGrad(true);
        Tensor[] made = {
            x.add(1.0),
            x.sub(1.0),
            x.rsub(1.0),
            x.mul(2.0),
            x.div(2.0),
            x.rdiv(2.0),
            x.div(x),
            x.pow(2.0),
            x.pow(x),
            x.rpow(2.0),
            x.neg(),
            x.exp(),
            x.log(),
            x.log1p(),
            x.expm1(),
            x.sqrt(),
            x.abs(),
            x.tanh(),
            x.sigmoid(),
            x.relu(),
            x.sin(),
            x.cos(),
            x.sign(),
            x.reciprocal(),
            x.square(),
            x.maximum(x),
            x.minimum(x),
            x.sum(),
            x.sum(1),
            x.mean(),
            x.mean(1),
            x.norm(),
            x.max(),
            x.max(1).values(),
            x.min(),
            x.min(1).values(),
            x.amax(1),
            x.reshape(6),
            x.view(6),
            x.t(),
            x.transpose(0, 1),
            x.permute(1, 0),
            x.expand(2, 2, 3),
            x.squeeze(),
            x.squeeze(0),
            x.unsqueeze(0),
            x.at(0),
            x.at(Index.ALL, Index.range(0, 2)),
            x.at(Index.ALL),
            x.at(Index.list(0, 1)),
            x.at(x.gt(0)),
            x.matmul(x.t()),
            x.matmul(v),
            w.matmul(x),
            v.dot(v),
            v.matmul(v),
            Tensor.cat(0, x, x),
            Tensor.stack(0, x, x),
            x.clone(),
            x.to(DType.F64),
            Tensor.where(x.gt(0), x, x),
            x.t().reshape(6),
            x.t().contiguous(),
            x.flatten()
        };
        String names = "Add Sub Rsub1 Mul Div Mul Div Pow Pow1 Pow2 Neg Exp Log Log1P Expm1 Sqrt Abs Tanh Sigmoid"
                + " Relu Sin Cos Sign Reciprocal Pow Maximum Minimum Sum Sum1 Mean Mean1 LinalgVectorNorm Max1 Max Min1"
                + " Min Amax View View T Transpose Permute Expand Squeeze Squeeze1 Unsqueeze Select Slice Slice Index"
                + " Index Mm Mv Squeeze4 Dot Dot Cat Stack Clone ToCopy Where UnsafeView Clone View";
        String[] wanted = names.split(" ");
        assertThat(made).hasSameSizeAs(wanted);
        for (int i = 0; i < made.length; i++) {
            boolean numbered = wanted[i].matches("(Rsub|Pow|Sum|Mean|Max|Min|Squeeze)\\d");
            String stem = numbered ? wanted[i].substring(0, wanted[i].length() - 1) : wanted[i];
            String number = numbered ? wanted[i].substring(stem.length()) : "0";
            assertThat(made[i].gradFn()).as("operation %d", i).isEqualTo(stem + "Backward" + number);
        }
    }

    @Test
    void theCheckFindsWrongDerivatives() {
        Tensor x = Tensor.of((Object) new double[] {0.5, 1.5}, DType.F64);
        GradCheck.checkSecond(in -> in.getFirst().mul(in.getFirst()), x);
        assertThatThrownBy(() ->
                        GradCheck.check(in -> in.getFirst().mul(in.getFirst().detach()), x))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("element 0 of input 1");
        // Right to first order only: the slope is treated as a constant.
        assertThatThrownBy(() -> GradCheck.checkSecond(
                        in -> {
                            Tensor a = in.getFirst();
                            Tensor slope = a.exp().detach();
                            return slope.mul(a.sub(a.detach())).add(slope);
                        },
                        x))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("second");
        assertThatThrownBy(() -> GradCheck.check(in -> in.getFirst(), Tensor.ones(2)))
                .isInstanceOf(DTypeException.class);
    }
}
