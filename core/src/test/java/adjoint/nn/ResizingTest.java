package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.GradCheck;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Interpolation, unfolding and shuffling: derivatives of all kinds, what is the inverse of what, refusals. */
class ResizingTest {
    private static final Tensor X = Tensor.randn(Rng.torch(1), DType.F64, 1, 2, 3, 4);

    @Test
    void everyDerivative() {
        for (Interpolation how : List.of(
                Interpolation.scale(1.7, 2).nearest(),
                Interpolation.size(5, 2).nearestExact(),
                Interpolation.size(5, 2).bilinear(),
                Interpolation.scale(1.5).bilinear().alignCorners(),
                Interpolation.size(2, 3).bicubic().antialias(),
                Interpolation.size(7).bicubic(),
                Interpolation.size(2, 3).area())) {
            GradCheck.checkAll(in -> Functional.interpolate(in.getFirst(), how), X);
        }
        var options = Convolution.padding(1).stride(1, 2);
        GradCheck.checkAll(in -> Functional.unfold(in.getFirst(), new long[] {2, 3}, options), X);
        GradCheck.checkAll(
                in -> Functional.fold(in.getFirst(), new long[] {3, 4}, new long[] {2, 3}, options),
                Functional.unfold(X, new long[] {2, 3}, options));
    }

    /** Values of PyTorch 2.13; rounding decides which element is the nearest. */
    @Test
    void nearestElements() {
        Tensor x = Tensor.of(0.0, 1, 2, 3, 4).reshape(1, 1, 5);
        assertThat(Functional.interpolate(x, Interpolation.scale(1.3)).toDoubles())
                .containsExactly(0, 0, 1, 2, 3, 3);
        assertThat(Functional.interpolate(x, Interpolation.scale(1.3).recomputeScale())
                        .toDoubles())
                .containsExactly(0, 0, 1, 2, 3, 4);
        assertThat(Functional.interpolate(x, Interpolation.size(7).nearestExact())
                        .toDoubles())
                .containsExactly(0, 1, 1, 2, 3, 3, 4);
        Tensor whole = Functional.interpolate(x.to(DType.U8), Interpolation.scale(2));
        assertThat(whole.dtype()).isEqualTo(DType.U8);
        assertThat(whole.toLongs()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4);
    }

    /** An element that is read with weight 0 may be anything in linear interpolation, but not beyond the neighbours. */
    @Test
    void infinityStaysWhereItIs() {
        Tensor x = Tensor.of((Object) new double[] {1, 2, 3, Double.POSITIVE_INFINITY}, DType.F64)
                .reshape(1, 1, 1, 4);
        double[] small = Functional.interpolate(
                        x, Interpolation.size(1, 3).bilinear().antialias())
                .toDoubles();
        assertThat(small[0]).isFinite();
        assertThat(small[2]).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void foldingCountsHowOftenEachWasSeen() {
        Tensor ones = Tensor.ones(1, 1, 4, 4);
        assertThat(Functional.fold(Functional.unfold(ones, 2), new long[] {4}, new long[] {2}, Convolution.plain())
                        .toDoubles())
                .containsExactly(1, 2, 2, 1, 2, 4, 4, 2, 2, 4, 4, 2, 1, 2, 2, 1);
        Tensor w = Tensor.randn(Rng.torch(2), DType.F64, 3, 2, 2, 2);
        Tensor product = w.reshape(3, 8).matmul(Functional.unfold(X, 2)).reshape(1, 3, 2, 3);
        assertThat(product.allClose(Functional.conv2d(X, w, null))).isTrue();
    }

    @Test
    void shufflesAreInverses() {
        Tensor x = Tensor.arange(48).reshape(2, 3, 2, 4);
        assertThat(Functional.pixelShuffle(Functional.pixelUnshuffle(x, 2), 2).equal(x))
                .isTrue();
        assertThat(Functional.channelShuffle(Functional.channelShuffle(x, 3), 1).equal(x))
                .isTrue();
        assertThat(Functional.channelShuffle(Tensor.arange(4).reshape(1, 4, 1), 2)
                        .toLongs())
                .containsExactly(0, 2, 1, 3);
        assertThat(Functional.pixelShuffle(x.slice(1, 0, 1).slice(0, 0, 0), 1).numel())
                .isZero();
    }

    private static Arguments refused(Class<? extends Exception> type, ThrowingCallable call) {
        return Arguments.of(type, call);
    }

    static Stream<Arguments> refusals() {
        Convolution.Options plain = Convolution.plain();
        long[] two = {2};
        return Stream.of(
                refused(ShapeException.class, () -> Functional.interpolate(Tensor.ones(3, 4), Interpolation.size(2))),
                refused(
                        ShapeException.class,
                        () -> Functional.interpolate(X, Interpolation.size(2).linear())),
                refused(ShapeException.class, () -> Functional.interpolate(X, Interpolation.scale(0.1))),
                refused(
                        ShapeException.class,
                        () -> Functional.interpolate(Tensor.ones(1, 0, 2), Interpolation.size(2))),
                refused(ValueException.class, () -> Functional.interpolate(X, Interpolation.size(2, 2, 2))),
                refused(
                        ValueException.class,
                        () -> Functional.interpolate(X, Interpolation.size(2).alignCorners())),
                refused(
                        ValueException.class,
                        () -> Functional.interpolate(X, Interpolation.size(2).antialias())),
                refused(
                        ValueException.class,
                        () -> Functional.interpolate(
                                X, Interpolation.size(2).bilinear().recomputeScale())),
                refused(
                        DTypeException.class,
                        () -> Functional.interpolate(
                                X.to(DType.I64), Interpolation.size(2).bilinear())),
                refused(ValueException.class, () -> Interpolation.size(0)),
                refused(ValueException.class, () -> Interpolation.scale(-1)),
                refused(ShapeException.class, () -> Functional.unfold(X, 5)),
                refused(ShapeException.class, () -> Functional.unfold(Tensor.ones(4, 4), 2)),
                refused(DTypeException.class, () -> Functional.unfold(X.to(DType.I64), 2)),
                refused(ValueException.class, () -> Functional.unfold(X, two, Convolution.groups(2))),
                refused(ShapeException.class, () -> Functional.fold(Tensor.ones(1, 4, 8), new long[] {4}, two, plain)),
                refused(ShapeException.class, () -> Functional.fold(Tensor.ones(1, 5, 9), new long[] {4}, two, plain)),
                refused(ShapeException.class, () -> Functional.pixelShuffle(X, 2)),
                refused(ValueException.class, () -> Functional.pixelShuffle(X, 0)),
                refused(ShapeException.class, () -> Functional.pixelUnshuffle(X, 2)),
                refused(ShapeException.class, () -> Functional.channelShuffle(X, 3)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(Class<? extends Exception> type, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(type);
    }
}
