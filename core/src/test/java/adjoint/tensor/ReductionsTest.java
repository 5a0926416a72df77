package adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adjoint.autograd.Autograd;
import adjoint.autograd.GradCheck;
import adjoint.kernel.Threads;
import adjoint.types.DType;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reductions, scans, sorting and products as users call them: under every transform, and at their edges. */
class ReductionsTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final int[] ROWS = {1};

    /** A function of a [3, 4] tensor. */
    private record Case(String name, UnaryOperator<Tensor> f) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(String name, UnaryOperator<Tensor> f) {
        return new Case(name, f);
    }

    static Stream<Case> cases() {
        Tensor w = random(5, 4, 2);
        return Stream.of(
                of("prod", Tensor::prod),
                of("prod along", x -> x.prod(0, Dim.KEEP)),
                of("var", x -> x.var(0, ROWS, Dim.KEEP)),
                of("std", x -> x.std(ROWS)),
                of("nanmean", x -> x.nanmean(0)),
                of("logsumexp", x -> x.logsumexp(ROWS, Dim.KEEP)),
                of("softmax", x -> x.softmax(1)),
                of("logSoftmax", x -> x.logSoftmax(0)),
                of("cumsum", x -> x.cumsum(1)),
                of("cumprod", x -> x.cumprod(0)),
                of("logcumsumexp", x -> x.logcumsumexp(1)),
                of("cummax", x -> x.cummax(1).values()),
                of("cummin", x -> x.cummin(0).values()),
                of("norm 3", x -> x.norm(3, 0)),
                of("norm 1.5", x -> x.norm(1.5)),
                of("sort", x -> x.sort(1, Sort.DESCENDING).values()),
                of("topk", x -> x.topk(2, 0, Sort.ASCENDING).values()),
                of("median", Tensor::median),
                of("median along", x -> x.median(1).values()),
                of("nanmedian", Tensor::nanmedian),
                of("mode", x -> x.mode(0, Dim.KEEP).values()),
                of("kthvalue", x -> x.kthvalue(2, 1).values()),
                of("quantile", x -> x.quantile(0.3)),
                of("quantiles", x -> x.quantile(Tensor.of((Object) new double[] {0.1, 0.8}, DType.F64), 0, Dim.DROP)),
                of("cov", x -> x.cov(1)),
                of("corrcoef", Tensor::corrcoef),
                of("outer", x -> x.select(0, 1).outer(x.select(1, 2))),
                of("inner", x -> x.inner(x)),
                of("tensordot", x -> x.tensordot(w, new int[] {1}, new int[] {1})),
                of("einsum", x -> Tensor.einsum("ij,kjl,il->kl", x, w, x.slice(1, 0, 2))),
                of("einsum of a diagonal", x -> Tensor.einsum("ii,...i->i", x.matmul(x.t()), x.t())),
                of("kron", x -> x.kron(x.slice(0, 0, 1))),
                of("cross", x -> x.cross(x.square(), 0)),
                of("trace", x -> x.matmul(x.t()).trace()),
                of("multiDot", x -> Tensor.multiDot(x.select(1, 0), x, x.t(), x)),
                of("addmm", x -> x.addmm(x.matmul(x.t()), x, 0.5, 2)),
                of("dist", x -> x.dist(x.square(), 3)),
                of("diff", x -> x.diff(2, 1)),
                of("clamp", x -> x.clamp(-0.5, 0.5).mul(x)),
                of("clamp by tensors", x -> x.clamp(x.sin().sub(0.1), x.cos())));
    }

    private static Tensor random(long... shape) {
        return Tensor.randn(Rng.torch(11), DType.F64, shape);
    }

    private static Tensor vector(double... values) {
        return Tensor.of((Object) values, DType.F64);
    }

    private static void near(Tensor a, Tensor b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        assertThat(a.toDoubles()).usingComparatorWithPrecision(1e-11).containsExactly(b.toDoubles());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivativesOfBothOrders(Case c) {
        GradCheck.checkSecond(in -> c.f().apply(in.getFirst()), random(3, 4));
    }

    /** Examples at once are examples one by one; so are their gradients. */
    @ParameterizedTest
    @MethodSource("cases")
    void examplesAtOnce(Case c) {
        Tensor xs = random(2, 3, 4);
        UnaryOperator<Tensor> gradient =
                Autograd.grad((Tensor x) -> c.f().apply(x).square().sum());
        for (UnaryOperator<Tensor> f : List.of(c.f(), gradient)) {
            List<Tensor> one = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                one.add(f.apply(xs.select(0, i)));
            }
            near(Autograd.vmap(f).apply(xs), Tensor.stack(0, one));
        }
    }

    /** Forward and backward are transposes of each other. */
    @ParameterizedTest
    @MethodSource("cases")
    void forwardMode(Case c) {
        Tensor x = random(3, 4);
        Tensor v = random(3, 4).cos();
        var forward = Autograd.jvp(c.f(), x, v);
        Tensor leaf = x.clone().requiresGrad(true);
        Tensor u = forward.value().mul(0.7).sin().add(1);
        Tensor back = Autograd.grad(List.of(c.f().apply(leaf)), List.of(leaf), List.of(u))
                .getFirst();
        assertThat(forward.tangent().mul(u).sum().item())
                .isCloseTo(back.mul(v).sum().item(), within(1e-9));
    }

    @Test
    void zerosAreNoExceptionInProducts() {
        for (double[] values : new double[][] {{2, 3, 4}, {2, 0, 4}, {0, 3, 0}, {0, 0, 0}}) {
            GradCheck.checkSecond(in -> in.getFirst().prod(), vector(values));
            GradCheck.checkSecond(in -> in.getFirst().cumprod(0), vector(values));
        }
        Tensor x = vector(2, 0, 4).requiresGrad(true);
        assertThat(Autograd.grad(x.prod(), x).toDoubles()).containsExactly(0, 8, 0);
    }

    @Test
    void nothingOverflows() {
        Tensor x = vector(1000, 1001, -INF);
        assertThat(x.logsumexp().item()).isEqualTo(1001 + Math.log1p(Math.exp(-1)));
        assertThat(x.logcumsumexp(0).toDoubles()[0]).isEqualTo(1000);
        assertThat(x.softmax(0).sum().item()).isEqualTo(1);
        assertThat(x.logSoftmax(0).toDoubles()[2]).isEqualTo(-INF);
        assertThat(vector(-INF, -INF).logsumexp().item()).isEqualTo(-INF);
        assertThat(vector(-INF, -INF).softmax(0).toDoubles()).containsOnly(NAN);
        assertThat(vector(1, INF).logsumexp().item()).isEqualTo(INF);
        assertThat(Tensor.zeros(DType.F64, 2, 0).logsumexp(1).toDoubles()).containsOnly(-INF);
    }

    @Test
    void orderOfNaNsAndTies() {
        Tensor x = vector(3, NAN, 1, INF, -0.0, 0, 1);
        assertThat(x.argsort(0).toLongs()).containsExactly(4, 5, 2, 6, 0, 3, 1);
        assertThat(x.argsort(0, Sort.DESCENDING).toLongs()).containsExactly(1, 3, 0, 2, 6, 4, 5);
        assertThat(x.median().item()).isNaN();
        assertThat(x.median(0).indices().itemLong()).isEqualTo(1);
        assertThat(x.nanmedian().item()).isEqualTo(1);
        assertThat(vector(3, 1, 3, 1, 2).mode(0).indices().itemLong()).isEqualTo(3);
        assertThat(vector(1, NAN, 2, NAN).cummax(0).indices().toLongs()).containsExactly(0, 1, 1, 3);
        assertThat(vector(1, 1, 0, 1).cummax(0).indices().toLongs()).containsExactly(0, 1, 1, 3);
        Tensor big = Tensor.of(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1);
        assertThat(big.sort(0).values().toLongs()).containsExactly(Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE);
        assertThat(big.median().itemLong()).isEqualTo(Long.MAX_VALUE - 1);
        Tensor ties = vector(2, 2, 1, 2).requiresGrad(true);
        assertThat(Autograd.grad(ties.median(), ties).toDoubles()).containsExactly(1 / 3.0, 1 / 3.0, 0, 1 / 3.0);
    }

    @Test
    void sortingIsStableAndAsNumbersAre() {
        Tensor x = Tensor.randint(Rng.torch(1), 0, 50, 1000);
        long[] values = x.toLongs();
        long[] order = x.argsort(0).toLongs();
        for (int i = 1; i < order.length; i++) {
            long before = values[(int) order[i - 1]];
            long now = values[(int) order[i]];
            assertThat(before < now || (before == now && order[i - 1] < order[i]))
                    .isTrue();
        }
        Unique u = x.unique();
        assertThat(u.values().at(u.inverse()).toLongs()).containsExactly(values);
        assertThat(u.counts().sum().itemLong()).isEqualTo(1000);
        assertThat(u.values().toLongs()).isSorted().doesNotHaveDuplicates();
    }

    /** Single numbers count as lines of one. */
    @Test
    void numbersWithoutDimensions() {
        Tensor x = Tensor.scalar(3, DType.F64).requiresGrad(true);
        for (UnaryOperator<Tensor> f : List.<UnaryOperator<Tensor>>of(
                t -> t.cumsum(0),
                t -> t.cumprod(-1),
                t -> t.logcumsumexp(0),
                t -> t.prod(0),
                t -> t.sort(-1).values(),
                t -> t.topk(1).values(),
                t -> t.mode(0).values(),
                t -> t.median(0, Dim.KEEP).values(),
                t -> t.quantile(0.5))) {
            Tensor y = f.apply(x);
            assertThat(y.shape().rank()).isZero();
            assertThat(y.item()).isEqualTo(3);
            assertThat(Autograd.grad(y, x).item()).isEqualTo(1);
        }
        assertThatThrownBy(() -> x.cumsum(1)).isInstanceOf(IndexException.class);
    }

    @Test
    void emptyOnes() {
        Tensor none = Tensor.zeros(DType.F64, 2, 0);
        assertThat(none.prod(1).toDoubles()).containsExactly(1, 1);
        assertThat(none.cumsum(1).shape()).isEqualTo(none.shape());
        assertThat(none.sort(1).indices().shape()).isEqualTo(none.shape());
        assertThat(none.median().item()).isNaN();
        assertThat(none.var().item()).isNaN();
        assertThat(Tensor.ones(DType.F64, 1).std().item()).isNaN();
        assertThat(none.unique().values().numel()).isZero();
        assertThatThrownBy(() -> none.median(1)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> none.mode(1)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> none.quantile(0.5)).isInstanceOf(ShapeException.class);
    }

    @Test
    void refusals() {
        Tensor x = random(2, 3);
        assertThatThrownBy(() -> x.topk(4)).isInstanceOf(ValueException.class).hasMessageContaining("there are 3");
        assertThatThrownBy(() -> x.kthvalue(0, 1)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> x.quantile(1.5)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> x.outer(x)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> x.mm(x)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> x.tensordot(x, 3)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> x.addmm(x, x.t(), 1, 1)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> x.cross(x, 0)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Tensor.einsum("ij,jk", x)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Tensor.einsum("ij->i!", x)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Tensor.einsum("ijk", x)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Tensor.einsum("ij,ij", x, x.t()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("dimension 'i' is 2 in one place and 3 in another");
    }

    /** At a bound the gradient is the tensor's, as in PyTorch; of contradicting bounds the upper one holds. */
    @Test
    void clampAtItsBounds() {
        Tensor x = vector(-2, -1, 0, 1, 2, NAN).requiresGrad(true);
        assertThat(x.clamp(-1, 1).toDoubles()).containsExactly(-1, -1, 0, 1, 1, NAN);
        assertThat(Autograd.grad(x.clamp(-1, 1).sum(), x).toDoubles()).containsExactly(0, 1, 1, 1, 0, 0);
        assertThat(x.clampMin(0.5).toDoubles()).containsExactly(0.5, 0.5, 0.5, 1, 2, NAN);
        assertThat(x.clampMax(0.5).toDoubles()).containsExactly(-2, -1, 0, 0.5, 0.5, NAN);
        assertThat(vector(0).clamp(2, 1).item()).isEqualTo(1);
        assertThat(Tensor.of(1L, 5L).clamp(2, 4).dtype()).isEqualTo(DType.I64);
        assertThat(x.detach().clampInPlace(-1, 1).toDoubles()).containsExactly(-1, -1, 0, 1, 1, NAN);
    }

    @Test
    void betaZeroForgetsWhatWasThere() {
        Tensor x = Tensor.fullLike(random(2, 2), NAN).requiresGrad(true);
        Tensor y = x.addmm(random(2, 2), random(2, 2), 0, 1);
        assertThat(y.toDoubles()).doesNotContain(NAN);
        assertThat(Autograd.grad(y.sum(), x).toDoubles()).containsOnly(0);
    }

    @Test
    void threadsDoNotShow() {
        Tensor x = random(300, 200);
        int before = Threads.count();
        try {
            Threads.count(1);
            double[] one = Tensor.cat(
                            0,
                            x.cumsum(0),
                            x.softmax(1),
                            x.logcumsumexp(0),
                            x.sort(0).values())
                    .toDoubles();
            Threads.count(4);
            assertThat(Tensor.cat(
                                    0,
                                    x.cumsum(0),
                                    x.softmax(1),
                                    x.logcumsumexp(0),
                                    x.sort(0).values())
                            .toDoubles())
                    .containsExactly(one);
        } finally {
            Threads.count(before);
        }
    }
}
