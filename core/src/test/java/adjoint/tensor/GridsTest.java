package adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.GradCheck;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Grids, combinations, counts, areas and parts replaced: values of PyTorch 2.13, edges, derivatives, refusals. */
class GridsTest {
    private static final Tensor X = Tensor.of((Object) new double[] {1, -2, 3, 0.5}, DType.F64);

    @Test
    void numbersEvenlySpaced() {
        assertThat(Tensor.linspace(-3, 10, 1).toDoubles()).containsExactly(-3);
        assertThat(Tensor.linspace(0, 1, 0).numel()).isZero();
        assertThat(Tensor.linspace(DType.I64, 0, 10, 5).toLongs()).containsExactly(0, 2, 5, 7, 10);
        // Both ends exactly, whatever the step; and PyTorch's rounding in between.
        float[] thirds = Tensor.linspace(0.1, 0.7, 4).toFloats();
        assertThat(thirds).containsExactly(0.1f, 0.29999998f, 0.5f, 0.7f);
        assertThat(Tensor.logspace(DType.F32, 0, 3, 4, 2).toDoubles()).containsExactly(1, 2, 4, 8);
        assertThat(Tensor.logspace(-1, 1, 3).toDoubles())
                .usingComparatorWithPrecision(1e-6)
                .containsExactly(0.1, 1, 10);
    }

    @Test
    void trianglesAndPowers() {
        assertThat(Tensor.trilIndices(3, 2).toLongs()).containsExactly(0, 1, 1, 2, 2, 0, 0, 1, 0, 1);
        assertThat(Tensor.triuIndices(2, 3, 1).toLongs()).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(Tensor.trilIndices(0, 3).shape().sizes()).containsExactly(2, 0);
        assertThat(Tensor.of(1L, 2, 3).vander().toLongs()).containsExactly(1, 1, 1, 4, 2, 1, 9, 3, 1);
        assertThat(Tensor.of(2L).reshape(1).vander(4, Sort.ASCENDING).toLongs()).containsExactly(1, 2, 4, 8);
        assertThat(Tensor.of(2L).reshape(1).vander(0, Sort.ASCENDING).shape().sizes())
                .containsExactly(1, 0);
    }

    @Test
    void combinationsInOrder() {
        Tensor x = Tensor.of(1L, 2, 3);
        assertThat(x.combinations(2).toLongs()).containsExactly(1, 2, 1, 3, 2, 3);
        assertThat(x.combinations(3).toLongs()).containsExactly(1, 2, 3);
        assertThat(x.combinations(4).shape().sizes()).containsExactly(0, 4);
        assertThat(x.combinations(0).shape().sizes()).containsExactly(0);
        assertThat(x.combinationsWithReplacement(2).toLongs()).containsExactly(1, 1, 1, 2, 1, 3, 2, 2, 2, 3, 3, 3);
        assertThat(Tensor.of(7L).reshape(1).combinationsWithReplacement(3).toLongs())
                .containsExactly(7, 7, 7);
    }

    @Test
    void counts() {
        assertThat(Tensor.of(0L, 1, 1, 5).bincount().toLongs()).containsExactly(1, 2, 0, 0, 0, 1);
        assertThat(Tensor.zeros(DType.I64, 0).bincount(null, 3).toLongs()).containsExactly(0, 0, 0);
        Tensor weighted = Tensor.of(0L, 1, 1).bincount(Tensor.of(1L, 1, 2), 0);
        assertThat(weighted.dtype()).isEqualTo(DType.F64);
        assertThat(weighted.toDoubles()).containsExactly(1, 3);
        assertThat(Tensor.of(1.0, Double.NaN).isIn(Tensor.of(Double.NaN, 1)).toBooleans())
                .containsExactly(true, false);
        assertThat(Tensor.of(1L, 2).isIn(Tensor.zeros(DType.I64, 0)).toBooleans())
                .containsExactly(false, false);
        Unique runs = Tensor.of(1L, 1, 2, 2, 1).uniqueConsecutive();
        assertThat(runs.values().toLongs()).containsExactly(1, 2, 1);
        assertThat(runs.inverse().toLongs()).containsExactly(0, 0, 1, 1, 2);
        assertThat(runs.counts().toLongs()).containsExactly(2, 2, 1);
        List<Tensor> at = Tensor.of(5L, 3).unravelIndex(2, 3);
        assertThat(at.get(0).toLongs()).containsExactly(1, 1);
        assertThat(at.get(1).toLongs()).containsExactly(2, 0);
    }

    @Test
    void areas() {
        Tensor y = Tensor.of((Object) new double[][] {{1, 2, 3}, {4, 5, 6}}, DType.F64);
        Tensor x = Tensor.of((Object) new double[] {1, 3, 6}, DType.F64);
        assertThat(y.trapezoid(x, -1).toDoubles()).containsExactly(10.5, 25.5);
        assertThat(y.trapezoid(2, 0).toDoubles()).containsExactly(5, 7, 9);
        assertThat(y.cumulativeTrapezoid(x, 1).toDoubles()).containsExactly(3, 10.5, 9, 25.5);
        assertThat(Tensor.ones(1).trapezoid().item()).isZero();
        assertThat(Tensor.zeros(0).trapezoid().item()).isZero();
        assertThat(Tensor.ones(1).cumulativeTrapezoid().numel()).isZero();
    }

    @Test
    void putTogether() {
        Tensor blocks =
                Tensor.blockDiag(Tensor.of((Object) new long[][] {{1, 2}}), Tensor.scalar(3.0), Tensor.of(4L, 5));
        assertThat(blocks.dtype()).isEqualTo(DType.F32);
        assertThat(blocks.toDoubles()).containsExactly(1, 2, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 4, 5);
        assertThat(Tensor.blockDiag().shape().sizes()).containsExactly(1, 0);
        assertThat(Tensor.arange(6).hsplit(new long[] {2, 4}).get(1).toLongs()).containsExactly(2, 3);
        assertThat(Tensor.meshgrid(GridIndexing.XY, Tensor.arange(2), Tensor.arange(3))
                        .get(0)
                        .shape()
                        .sizes())
                .containsExactly(3, 2);
        assertThat(Tensor.of(1L, 3)
                        .diff(1, 0, Tensor.arange(1), Tensor.full(7L, 1))
                        .toLongs())
                .containsExactly(1, 2, 4);
    }

    @Test
    void everyDerivative() {
        Tensor m = X.reshape(2, 2);
        GradCheck.checkAll(in -> in.getFirst().vander(3, Sort.ASCENDING), X);
        GradCheck.checkAll(in -> in.getFirst().trapezoid(in.getFirst(), 0), X);
        GradCheck.checkAll(in -> in.getFirst().combinations(2), X);
        GradCheck.checkAll(in -> Tensor.blockDiag(in.get(0), in.get(1)), X, m);
        GradCheck.checkAll(in -> in.get(0).selectScatter(in.get(1), 1, -1), m, X.slice(0, 0, 2));
        GradCheck.checkAll(in -> in.get(0).sliceScatter(in.get(1), 0, 0, 4, 2), X, X.slice(0, 0, 2));
        GradCheck.checkAll(in -> in.get(0).diagonalScatter(in.get(1), 0, 0, 1), m, X.slice(0, 0, 2));
        GradCheck.checkAll(
                in -> in.get(0).asStridedScatter(in.get(1), new long[] {2}, new long[] {2}, 1), X, X.slice(0, 0, 2));
    }

    private static Arguments refused(Class<? extends AdjointException> type, ThrowingCallable call) {
        return Arguments.of(type, call);
    }

    static Stream<Arguments> refusals() {
        Tensor whole = Tensor.of(1L, 2);
        return Stream.of(
                refused(ValueException.class, () -> Tensor.linspace(0, 1, -1)),
                refused(ShapeException.class, () -> Tensor.trilIndices(-1, 3)),
                refused(ShapeException.class, () -> X.reshape(2, 2).vander()),
                refused(ShapeException.class, () -> X.reshape(2, 2).combinations(2)),
                refused(ShapeException.class, () -> X.combinations(-1)),
                refused(DTypeException.class, X::bincount),
                refused(ValueException.class, () -> whole.neg().bincount()),
                refused(ShapeException.class, () -> whole.bincount(Tensor.of(1.0), 0)),
                refused(DTypeException.class, () -> X.unravelIndex(2, 2)),
                refused(ShapeException.class, () -> X.trapezoid(Tensor.of(1.0, 2), 0)),
                refused(IndexException.class, () -> Tensor.scalar(1.0).trapezoid()),
                refused(ShapeException.class, () -> Tensor.blockDiag(Tensor.ones(1, 1, 1))),
                refused(ShapeException.class, () -> X.reshape(2, 2).selectScatter(Tensor.ones(3), 0, 0)),
                refused(IndexException.class, () -> X.reshape(2, 2).selectScatter(Tensor.ones(2), 0, 2)),
                refused(ShapeException.class, () -> X.vsplit(2)),
                refused(ShapeException.class, () -> X.dsplit(new long[] {1})),
                refused(ShapeException.class, () -> Tensor.scalar(1L).hsplit(1)),
                refused(ShapeException.class, () -> Tensor.meshgrid()));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(Class<? extends AdjointException> type, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(type);
    }
}
