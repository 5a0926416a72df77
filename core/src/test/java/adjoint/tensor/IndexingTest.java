package adjoint.tensor;

import static adjoint.tensor.Index.ALL;
import static adjoint.tensor.Index.ELLIPSIS;
import static adjoint.tensor.Index.NEW_AXIS;
import static adjoint.tensor.Index.at;
import static adjoint.tensor.Index.from;
import static adjoint.tensor.Index.list;
import static adjoint.tensor.Index.mask;
import static adjoint.tensor.Index.range;
import static adjoint.tensor.Index.step;
import static adjoint.tensor.Index.to;
import static org.assertj.core.api.Assertions.assertThat;

import adjoint.autograd.GradCheck;
import adjoint.types.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading and writing by every kind of index; the results are PyTorch's. */
class IndexingTest {
    private static final Tensor X = Tensor.arange(24.0).reshape(2, 3, 4);
    private static final Tensor SQUARE = Tensor.of((Object) new long[][] {{0, 1}, {1, 0}});
    private static final Tensor ROWS = Tensor.of(true, false, true);
    private static final Tensor PLANES = X.sum(2).gt(20);

    /** x[where] and, in row-major order, which elements of arange(24).reshape(2, 3, 4) it shows. */
    private record Case(String python, String shape, List<Double> elements, Index... where) {
        @Override
        public String toString() {
            return python;
        }
    }

    private static Case of(String python, String shape, double[] elements, Index... where) {
        List<Double> boxed = new ArrayList<>();
        for (double e : elements) {
            boxed.add(e);
        }
        return new Case(python, shape, boxed, where);
    }

    private static double[] numbers(double... n) {
        return n;
    }

    private static double[] run(int start, int count) {
        return java.util.stream.IntStream.range(start, start + count)
                .asDoubleStream()
                .toArray();
    }

    static Stream<Case> cases() {
        return Stream.of(
                of("x[1]", "[3, 4]", run(12, 12), at(1)),
                of("x[-1, 0]", "[4]", run(12, 4), at(-1), at(0)),
                of("x[1, 2, 3]", "[]", numbers(23), at(1), at(2), at(3)),
                of("x[:, 1]", "[2, 4]", numbers(4, 5, 6, 7, 16, 17, 18, 19), ALL, at(1)),
                of("x[..., 0]", "[2, 3]", numbers(0, 4, 8, 12, 16, 20), ELLIPSIS, at(0)),
                of("x[0, ..., -1]", "[3]", numbers(3, 7, 11), at(0), ELLIPSIS, at(-1)),
                of("x[0, 1:, 1:3]", "[2, 2]", numbers(5, 6, 9, 10), at(0), from(1), range(1, 3)),
                of("x[0, :-1, ::2]", "[2, 2]", numbers(0, 2, 4, 6), at(0), to(-1), step(2)),
                of("x[0, 0, 1:100:3]", "[1]", numbers(1), at(0), at(0), range(1, 100, 3)),
                of("x[0, 2:1]", "[0, 4]", numbers(), at(0), range(2, 1)),
                of("x[None, 0, 0]", "[1, 4]", run(0, 4), NEW_AXIS, at(0), at(0)),
                of("x[0, 0, ..., None]", "[4, 1]", run(0, 4), at(0), at(0), ELLIPSIS, NEW_AXIS),
                of("x[0, [2, 0, 2]][:, 0]", "[3]", numbers(8, 0, 8), at(0), list(2, 0, 2), at(0)),
                of("x[:, [0, 2], [1, 3]]", "[2, 2]", numbers(1, 11, 13, 23), ALL, list(0, 2), list(1, 3)),
                of("x[[0, 1], :, [1, 3]]", "[2, 3]", numbers(1, 5, 9, 15, 19, 23), list(0, 1), ALL, list(1, 3)),
                of("x[0, :, [1, 2]]", "[3, 2]", numbers(1, 2, 5, 6, 9, 10), at(0), ALL, list(1, 2)),
                of("x[[1], [-1], [-1]]", "[1]", numbers(23), list(1), list(-1), list(-1)),
                of("x[1, i, 0]", "[2, 2]", numbers(12, 16, 16, 12), at(1), Index.of(SQUARE), at(0)),
                of("x[i, [0, 1], 0]", "[2, 2]", numbers(0, 16, 12, 4), Index.of(SQUARE), list(0, 1), at(0)),
                of("x[[], 0]", "[0, 4]", numbers(), list(), at(0)),
                of("x[1, rows, 1:3]", "[2, 2]", numbers(13, 14, 21, 22), at(1), mask(ROWS), range(1, 3)),
                of("x[:, rows, [0, 3]]", "[2, 2]", numbers(0, 11, 12, 23), ALL, mask(ROWS), list(0, 3)),
                of("x[planes, 0]", "[5]", numbers(4, 8, 12, 16, 20), mask(PLANES), at(0)),
                of("x[x > 20]", "[3]", numbers(21, 22, 23), mask(X.gt(20))),
                of("x[x > 99]", "[0]", numbers(), mask(X.gt(99))),
                of("x[:1, None, 2, [0, 1]]", "[1, 1, 2]", numbers(8, 9), to(1), NEW_AXIS, at(2), list(0, 1)));
    }

    private static double[] unboxed(List<Double> elements) {
        return elements.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reads(Case c) {
        for (Tensor x : new Tensor[] {X, X.transpose(0, 2).clone().transpose(0, 2)}) {
            Tensor y = x.at(c.where);
            assertThat(y.shape()).hasToString(c.shape);
            assertThat(y.toDoubles()).containsExactly(unboxed(c.elements));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writes(Case c) {
        for (boolean dense : new boolean[] {true, false}) {
            Tensor x = dense ? X.clone() : X.transpose(0, 2).clone().transpose(0, 2);
            double[] wanted = x.toDoubles();
            x.set(-5.0, c.where);
            c.elements.forEach(e -> wanted[e.intValue()] = -5);
            assertThat(x.toDoubles()).containsExactly(wanted);

            Tensor part = x.at(c.where);
            Tensor values = Tensor.arange((double) part.numel())
                    .reshape(part.shape().sizes())
                    .add(100.0);
            x.set(values, c.where);
            for (int k = 0; k < c.elements.size(); k++) {
                wanted[c.elements.get(k).intValue()] = 100 + k;
            }
            assertThat(x.toDoubles()).containsExactly(wanted);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void differentiates(Case c) {
        Tensor x = X.to(DType.F64);
        GradCheck.checkSecond(in -> in.getFirst().at(c.where).square(), x);
        if (c.elements.stream().distinct().count() < c.elements.size()) {
            return; // which of several writes to one place stays has no derivative
        }
        Tensor values = x.at(c.where).clone().mul(0.5).add(1.0);
        GradCheck.checkSecond(
                in -> {
                    Tensor y = in.get(0).square();
                    y.set(in.get(1).square(), c.where);
                    return y.mul(in.get(0));
                },
                x,
                values);
    }

    @Test
    void positionsAndRangesAreViewsTheOthersCopies() {
        Tensor x = X.clone();
        for (Tensor v : new Tensor[] {x.at(0), x.at(ALL), x.at(ELLIPSIS), x.at(NEW_AXIS, from(0)), x.at(0, 0, 0)}) {
            assertThat(v.isView()).isTrue();
        }
        x.at(1, 2).fillInPlace(7.0);
        assertThat(x.at(1, 2, 3).item()).isEqualTo(7);
        x.at(list(0)).fillInPlace(9.0);
        x.at(x.gt(100)).fillInPlace(9.0);
        assertThat(x.at(0, 0, 0).item()).isZero();
    }

    @Test
    void masksOfNoDimension() {
        Tensor x = Tensor.of(1.0, 2);
        assertThat(x.at(Tensor.scalar(1, DType.BOOL)).shape()).hasToString("[1, 2]");
        assertThat(x.at(Tensor.scalar(0, DType.BOOL)).shape()).hasToString("[0, 2]");
        assertThat(Tensor.scalar(3.0).at(Tensor.scalar(1, DType.BOOL)).toDoubles())
                .containsExactly(3);
    }

    @Test
    void writesBroadcastAndConvert() {
        Tensor x = Tensor.zeros(2, 3);
        x.set(Tensor.of(1L, 2L, 3L), ALL);
        assertThat(x.toFloats()).containsExactly(1, 2, 3, 1, 2, 3);
        x.set(Tensor.of((Object) new double[][] {{7}, {8}}), ALL, range(1, 3));
        assertThat(x.toFloats()).containsExactly(1, 7, 7, 1, 8, 8);
        x.set(Tensor.scalar(5, DType.F64), list(1), list(0, 2));
        assertThat(x.toFloats()).containsExactly(1, 7, 7, 5, 8, 5);
        // Leading sizes of 1 do not matter, as in PyTorch.
        x.set(Tensor.ones(1, 1, 3), at(0));
        x.set(Tensor.full(6.0, 1), at(1), at(1));
        x.set(Tensor.full(9.0, 1, 1, 2), list(1), list(0, 2));
        assertThat(x.toFloats()).containsExactly(1, 1, 1, 9, 6, 9);
        Tensor i = Tensor.zeros(DType.I64, 3);
        i.set(2.9, 0);
        i.set(4L, 1);
        i.set(Tensor.of(true), range(2, 3));
        assertThat(i.toLongs()).containsExactly(2, 4, 1);
        Tensor b = Tensor.zeros(DType.BOOL, 2);
        b.set(3.0, 1);
        assertThat(b.toBooleans()).containsExactly(false, true);
    }

    @Test
    void ofSeveralWritesToOnePlaceTheLastStays() {
        Tensor x = Tensor.zeros(3);
        x.set(Tensor.of(1.0, 2, 3), list(1, 1, 0));
        assertThat(x.toFloats()).containsExactly(3, 2, 0);
    }

    @Test
    void gradientsOfRepeatedReadsAddUp() {
        Tensor x = Tensor.of(1.0, 2, 3).requiresGrad(true);
        x.at(list(0, 2, 0, -3)).sum().backward();
        assertThat(x.grad().toDoubles()).containsExactly(3, 0, 1);
        Tensor y = Tensor.of(1.0, 2).requiresGrad(true);
        y.gather(0, Tensor.of(1, 1, 1)).sum().backward();
        assertThat(y.grad().toDoubles()).containsExactly(0, 3);
    }

    @Test
    void openEndsAndLargeSteps() {
        Tensor x = Tensor.arange(5.0);
        assertThat(x.at(range(Long.MIN_VALUE, Long.MAX_VALUE)).numel()).isEqualTo(5);
        assertThat(x.slice(0, 0, 5, Long.MAX_VALUE).toDoubles()).containsExactly(0);
        assertThat(x.at(step(Long.MAX_VALUE)).toDoubles()).containsExactly(0);
        assertThat(x.slice(0, -2, 5).toDoubles()).containsExactly(3, 4);
        assertThat(x.slice(0, 4, -9).numel()).isZero();
        assertThat(x.at(step(2)).at(step(2)).toDoubles()).containsExactly(0, 4);
    }

    @Test
    void nonzero() {
        assertThat(Tensor.of((Object) new double[][] {{0, 1}, {2, 0}}).nonzero().toArray())
                .isEqualTo(new long[][] {{0, 1}, {1, 0}});
        assertThat(Tensor.scalar(5.0).nonzero().shape()).hasToString("[1, 0]");
        assertThat(Tensor.zeros(2, 0).nonzero().shape()).hasToString("[0, 2]");
    }
}
