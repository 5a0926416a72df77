package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.Adjoint;
import adjoint.autograd.Autograd;
import adjoint.autograd.GradCheck;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.tensor.ValuesAndIndices;
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

/** Pooling where reference cases don't look: NaN, ties, whole numbers, empty batches, derivatives of all kinds, refusals. */
class PoolingTest {
    private static Tensor line(double... values) {
        return Tensor.of((Object) values, DType.F64).reshape(1, 1, values.length);
    }

    @Test
    void nanIsTheLargestAndTheFirstOfEqualsIsTaken() {
        Tensor x = line(1, Double.NaN, 3, Double.NaN, 2, 2, 1, 2);
        ValuesAndIndices found = Functional.maxPool1dWithIndices(x, Pooling.window(4));
        assertThat(found.values().toDoubles()).containsExactly(Double.NaN, 2);
        assertThat(found.indices().toLongs()).containsExactly(3, 4);
        Tensor low = line(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
        assertThat(Functional.maxPool1dWithIndices(low, Pooling.window(2).padding(1))
                        .indices()
                        .toLongs())
                .containsExactly(0, 1);
    }

    @Test
    void wholeNumbersStaySo() {
        Tensor x = Tensor.arange(9).reshape(1, 3, 3);
        assertThat(Functional.maxPool2d(x, Pooling.window(2).stride(1)).toLongs())
                .containsExactly(4, 5, 7, 8);
        assertThat(Functional.maxPool2d(x.to(DType.I16), 3).dtype()).isEqualTo(DType.I16);
        assertThat(Functional.avgPool2d(x, 2).toLongs()).containsExactly(2);
        long large = (1L << 62) + 1;
        assertThat(Functional.maxPool1d(Tensor.of(large - 1, large).reshape(1, 2), 2)
                        .toLongs())
                .containsExactly(large);
    }

    @Test
    void emptyBatches() {
        Tensor x = Tensor.zeros(0, 2, 4, 4);
        assertThat(Functional.maxPool2d(x, 2).shape().sizes()).containsExactly(0, 2, 2, 2);
        assertThat(Functional.avgPool2d(x, 2).shape().sizes()).containsExactly(0, 2, 2, 2);
        assertThat(Functional.adaptiveAvgPool2d(x, 3, Pooling.KEEP).shape().sizes())
                .containsExactly(0, 2, 3, 4);
        assertThat(Functional.adaptiveMaxPool2d(Tensor.zeros(1, 2, 3, 3), 0)
                        .shape()
                        .sizes())
                .containsExactly(1, 2, 0, 0);
    }

    @Test
    void everyDerivative() {
        Tensor x = Tensor.randn(Rng.torch(3), DType.F64, 2, 2, 5, 4);
        Pooling windows = Pooling.window(3, 2).stride(2, 1).padding(1).ceilMode();
        GradCheck.checkAll(in -> Functional.maxPool2d(in.getFirst(), windows), x);
        GradCheck.checkAll(in -> Functional.avgPool2d(in.getFirst(), windows.excludePadding()), x);
        GradCheck.checkAll(in -> Functional.adaptiveAvgPool2d(in.getFirst(), 2, 3), x);
        GradCheck.checkAll(in -> Functional.adaptiveMaxPool2d(in.getFirst(), 2, 3), x);
        GradCheck.checkAll(
                in -> Functional.lpPool2d(in.getFirst(), 2, Pooling.window(2)),
                x.abs().add(0.5));
        Tensor at = Functional.maxPool2dWithIndices(x, Pooling.window(2)).indices();
        GradCheck.checkAll(
                in -> Functional.maxUnpool2d(in.getFirst(), at, Pooling.window(2), 5, 4), Functional.maxPool2d(x, 2));
    }

    @Test
    void threadsDoNotChangeABit() {
        Tensor x = Tensor.randn(Rng.torch(3), DType.F32, 8, 16, 31, 33).requiresGrad(true);
        int before = Adjoint.threads();
        float[][] first = null;
        try {
            for (int threads : new int[] {1, 2, 5}) {
                Adjoint.threads(threads);
                Tensor y = Functional.avgPool2d(x, Pooling.window(3).stride(2).padding(1));
                Tensor z = Functional.maxPool2d(x, Pooling.window(3).stride(2).padding(1));
                float[][] now = {
                    y.toFloats(),
                    z.toFloats(),
                    Autograd.grad(y.add(z).square().sum(), x).toFloats()
                };
                first = first == null ? now : first;
                for (int i = 0; i < now.length; i++) {
                    assertThat(now[i]).containsExactly(first[i]);
                }
            }
        } finally {
            Adjoint.threads(before);
        }
    }

    @Test
    void normsAreThoseOfPyTorch() {
        Tensor x = line(-3, -2, -1, 0, 1, 2);
        assertThat(Functional.lpPool1d(x, 2, Pooling.window(3)).toDoubles())
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(Math.sqrt(14), Math.sqrt(5));
        assertThat(Functional.lpPool1d(x, 3, Pooling.window(3)).toDoubles()[0]).isNaN();
        assertThat(Functional.lpPool1d(x, Double.POSITIVE_INFINITY, Pooling.window(2))
                        .toDoubles())
                .containsExactly(3, 1, 2);
    }

    @Test
    void putsBackWhereItWasFound() {
        Tensor x = line(1, 5, 2, 7, 3);
        ValuesAndIndices found = Functional.maxPool1dWithIndices(x, Pooling.window(2));
        assertThat(Functional.maxUnpool1d(found.values(), found.indices(), Pooling.window(2))
                        .toDoubles())
                .containsExactly(0, 5, 0, 7);
        assertThat(Functional.maxUnpool1d(found.values(), found.indices(), Pooling.window(2), 5)
                        .toDoubles())
                .containsExactly(0, 5, 0, 7, 0);
    }

    /** As PyTorch's, the gradient of pooling has a derivative in the input, of zeros; other linear operations' has none. */
    @Test
    void secondGradientsAreZerosRatherThanNone() {
        Tensor x = line(1, 5, 2, 7).requiresGrad(true);
        for (Tensor y : List.of(Functional.maxPool1d(x, 2), Functional.avgPool1d(x, 2))) {
            Tensor g = Autograd.grad(
                            List.of(y),
                            List.of(x),
                            List.of(Tensor.ones(DType.F64, 1, 1, 2)),
                            adjoint.tensor.GraphOption.CREATE_GRAPH)
                    .getFirst();
            assertThat(Autograd.grad(g.sum(), x).toDoubles()).containsOnly(0);
        }
    }

    private static Arguments refused(Class<? extends Exception> type, ThrowingCallable call) {
        return Arguments.of(type, call);
    }

    static Stream<Arguments> refusals() {
        Tensor x = Tensor.ones(1, 1, 4, 4);
        Tensor indices = Tensor.zeros(DType.I64, 1, 1, 4, 4);
        return Stream.of(
                refused(ShapeException.class, () -> Functional.maxPool2d(Tensor.ones(4, 4), 2)),
                refused(ShapeException.class, () -> Functional.maxPool2d(Tensor.ones(1, 0, 4, 4), 2)),
                refused(ShapeException.class, () -> Functional.maxPool2d(x, 5)),
                refused(ValueException.class, () -> Functional.maxPool2d(x, 0)),
                refused(
                        ValueException.class,
                        () -> Functional.maxPool2d(x, Pooling.window(2).stride(0))),
                refused(
                        ValueException.class,
                        () -> Functional.maxPool2d(x, Pooling.window(2).padding(2))),
                refused(ValueException.class, () -> Functional.maxPool2d(x, Pooling.window(2, 2, 2))),
                refused(
                        ValueException.class,
                        () -> Functional.maxPool2d(x, Pooling.window(2).excludePadding())),
                refused(
                        ShapeException.class,
                        () -> Functional.maxPool1d(
                                Tensor.ones(1, 2), Pooling.window(2).padding(1).dilation(3))),
                refused(DTypeException.class, () -> Functional.maxPool2d(x.to(DType.BOOL), 2)),
                refused(
                        ValueException.class,
                        () -> Functional.avgPool2d(x, Pooling.window(2).dilation(2))),
                refused(ValueException.class, () -> Pooling.window(2).divisor(0)),
                refused(ValueException.class, () -> Functional.adaptiveAvgPool2d(x, -1)),
                refused(ValueException.class, () -> Functional.adaptiveAvgPool2d(x, 1, 2, 3)),
                refused(ShapeException.class, () -> Functional.adaptiveMaxPool1d(Tensor.ones(3), 2)),
                refused(ValueException.class, () -> Functional.lpPool2d(x, 0, Pooling.window(2))),
                refused(
                        ShapeException.class,
                        () -> Functional.maxUnpool2d(x, Tensor.zeros(DType.I64, 1), Pooling.window(2))),
                refused(ShapeException.class, () -> Functional.maxUnpool2d(x, indices, Pooling.window(2), 20, 20)),
                refused(IndexException.class, () -> Functional.maxUnpool2d(x, indices.add(100), Pooling.window(2))));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(Class<? extends Exception> type, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(type);
    }
}
