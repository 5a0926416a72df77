package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.Adjoint;
import adjoint.autograd.Autograd;
import adjoint.autograd.GradCheck;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions against their definition, on sizes that take every way through the kernel; and what they refuse. */
class ConvolutionTest {
    private static Tensor ones(long... shape) {
        return Tensor.ones(shape);
    }

    private static Tensor numbers(long seed, DType type, long... shape) {
        return Tensor.randn(Rng.torch(seed), type, shape);
    }

    /** {@code n, in, out, groups, size, window, stride, padding, dilation}, in one dimension and in two. */
    static final List<Arguments> SIZES = List.of(
            Arguments.of(1, 1, 1, 1, 5, 3, 1, 0, 1),
            Arguments.of(2, 3, 4, 1, 9, 3, 2, 1, 1),
            Arguments.of(3, 4, 6, 2, 8, 2, 1, 2, 3),
            Arguments.of(2, 6, 6, 6, 7, 3, 1, 1, 1),
            Arguments.of(1, 2, 40, 1, 20, 5, 1, 2, 1), // few positions, many channels
            Arguments.of(2, 40, 3, 1, 33, 3, 1, 1, 1),
            Arguments.of(1, 3, 2, 1, 700, 4, 1, 0, 1), // more than one block of columns
            Arguments.of(1, 300, 2, 1, 300, 1, 1, 0, 1), // the image is the matrix
            Arguments.of(2, 2, 3, 1, 6, 1, 2, 1, 1),
            Arguments.of(1, 1, 1, 1, 3, 3, 5, 4, 1)); // a window that sees padding alone

    /** Four nested loops, in double precision. */
    private static double[] direct(Tensor x, Tensor w, int groups, int length, int stride, int padding, int dilation) {
        int n = (int) x.size(0);
        int in = (int) x.size(1);
        int size = (int) x.size(2);
        int out = (int) w.size(0);
        int window = (int) w.size(2);
        double[] a = x.toDoubles();
        double[] b = w.toDoubles();
        double[] y = new double[n * out * length];
        int perGroup = in / groups;
        for (int i = 0; i < y.length; i++) {
            int o = i / length % out;
            for (int c = 0; c < perGroup; c++) {
                int channel = o / (out / groups) * perGroup + c;
                for (int k = 0; k < window; k++) {
                    int at = i % length * stride + k * dilation - padding;
                    if (at >= 0 && at < size) {
                        y[i] += b[(o * perGroup + c) * window + k] * a[(i / length / out * in + channel) * size + at];
                    }
                }
            }
        }
        return y;
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void isItsDefinition(
            int n, int in, int out, int groups, int size, int window, int stride, int padding, int dilation) {
        Tensor x = numbers(1, DType.F64, n, in, size);
        Tensor w = numbers(2, DType.F64, out, in / groups, window);
        var options =
                Convolution.stride(stride).padding(padding).dilation(dilation).groups(groups);
        Tensor y = Functional.conv1d(x, w, null, options);
        double[] expected = direct(x, w, groups, (int) y.size(2), stride, padding, dilation);
        assertThat(y.toDoubles()).usingComparatorWithPrecision(1e-11).containsExactly(expected);
        Tensor single = Functional.conv1d(x.to(DType.F32), w.to(DType.F32), null, options);
        assertThat(single.dtype()).isEqualTo(DType.F32);
        assertThat(single.toDoubles()).usingComparatorWithPrecision(1e-3).containsExactly(expected);
        // In two dimensions of which one is 1: the same numbers, exactly.
        Tensor flat = Functional.conv2d(
                x.unsqueeze(3),
                w.unsqueeze(3),
                null,
                Convolution.stride(stride, 1)
                        .padding(padding, 0)
                        .dilation(dilation, 1)
                        .groups(groups));
        assertThat(flat.toDoubles()).containsExactly(y.toDoubles());
        assertThat(Functional.conv1d(x.select(0, 0), w, null, options).toDoubles())
                .containsExactly(y.select(0, 0).toDoubles());
    }

    /** The transposes: ⟨conv(x, w), y⟩ is linear in each of the three. */
    @ParameterizedTest
    @FieldSource("SIZES")
    void transposesAreTransposes(
            int n, int in, int out, int groups, int size, int window, int stride, int padding, int dilation) {
        Tensor x = numbers(1, DType.F64, n, in, size).requiresGrad(true);
        Tensor w = numbers(2, DType.F64, out, in / groups, window).requiresGrad(true);
        var options =
                Convolution.stride(stride).padding(padding).dilation(dilation).groups(groups);
        Tensor y = Functional.conv1d(x, w, null, options);
        Tensor g = numbers(3, DType.F64, y.shape().sizes());
        double form = y.mul(g).sum().item();
        List<Tensor> grads = Autograd.grad(List.of(y), List.of(x, w), List.of(g));
        assertThat(grads.get(0).mul(x).sum().item()).isCloseTo(form, Offset.offset(1e-9));
        assertThat(grads.get(1).mul(w).sum().item()).isCloseTo(form, Offset.offset(1e-9));
        int extra = Math.floorMod(size + 2 * padding - dilation * (window - 1) - 1, stride);
        if (extra < Math.max(stride, dilation)) {
            Tensor back = Functional.convTranspose1d(g, w, null, options.outputPadding(extra));
            assertThat(back.shape()).isEqualTo(x.shape());
            assertThat(back.toDoubles()).containsExactly(grads.get(0).toDoubles());
        }
    }

    @Test
    void threadsDoNotChangeABit() {
        Tensor x = numbers(1, DType.F32, 2, 24, 30, 31).requiresGrad(true);
        Tensor w = numbers(2, DType.F32, 20, 12, 3, 3).requiresGrad(true);
        int before = Adjoint.threads();
        float[][] first = null;
        try {
            for (int threads : new int[] {1, 2, 3, 7}) {
                Adjoint.threads(threads);
                Tensor y = Functional.conv2d(
                        x, w, null, Convolution.groups(2).padding(1).stride(2, 1));
                List<Tensor> g = Autograd.grad(List.of(y), List.of(x, w), List.of(y.detach()));
                float[][] now = {y.toFloats(), g.get(0).toFloats(), g.get(1).toFloats()};
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
    void wholeNumbersToo() {
        Tensor x = Tensor.arange(6).reshape(1, 1, 6);
        Tensor w = Tensor.of(1L, 10).reshape(1, 1, 2);
        assertThat(Functional.conv1d(x, w, null).toLongs()).containsExactly(10, 21, 32, 43, 54);
        assertThat(Functional.conv1d(x.to(DType.I32), w.to(DType.I32), null).dtype())
                .isEqualTo(DType.I32);
    }

    @Test
    void samePaddingGivesTheLastSideMore() {
        Tensor x = Tensor.arange(6.0).reshape(1, 1, 6);
        Tensor w = Tensor.of(1.0, 10).reshape(1, 1, 2);
        assertThat(Functional.conv1d(x, w, null, Convolution.samePadding()).toDoubles())
                .containsExactly(10, 21, 32, 43, 54, 5);
        assertThat(Functional.conv1d(x, w, null, Convolution.samePadding().dilation(3))
                        .toDoubles())
                .containsExactly(20, 30, 41, 52, 3, 4);
        assertThat(Functional.conv1d(x, w, null, Convolution.samePadding().paddingMode(PadMode.CIRCULAR))
                        .toDoubles())
                .containsExactly(10, 21, 32, 43, 54, 5);
        assertThat(Functional.conv1d(x, w, null, Convolution.padding(1).paddingMode(PadMode.REPLICATE))
                        .toDoubles())
                .containsExactly(0, 10, 21, 32, 43, 54, 55);
    }

    /** The definition's other derivatives, through bias, options and one example alone. */
    @Test
    void everyDerivative() {
        Random random = new Random(5);
        Tensor x = Tensor.of((Object) random.doubles(2 * 5 * 4).toArray(), DType.F64)
                .reshape(2, 5, 4);
        Tensor w = Tensor.of((Object) random.doubles(2 * 2 * 4).toArray(), DType.F64)
                .reshape(2, 2, 2, 2);
        Tensor b = Tensor.of((Object) random.doubles(2).toArray(), DType.F64);
        var options = Convolution.stride(2, 1).padding(1);
        GradCheck.checkAll(in -> Functional.conv2d(in.get(0), in.get(1), in.get(2), options), x, w, b);
        GradCheck.checkAll(in -> Functional.convTranspose2d(in.get(0), in.get(1), in.get(2), options), x, w, b);
        GradCheck.checkAll(
                in -> Functional.conv2d(in.get(0), in.get(1), in.get(2), options.paddingMode(PadMode.REFLECT)),
                x,
                w,
                b);
    }

    @Test
    void printsAsOneOperation() {
        Tensor x = ones(1, 1, 3, 3).requiresGrad(true);
        assertThat(Functional.conv2d(x, ones(1, 1, 2, 2), null).gradFn()).isEqualTo("ConvolutionBackward0");
        assertThat(Functional.conv2d(x, ones(1, 1, 2, 2), ones(1)).gradFn()).isEqualTo("ConvolutionBackward0");
    }

    private static Arguments refused(Class<? extends Exception> type, String words, ThrowingCallable call) {
        return Arguments.of(type, words, call);
    }

    static Stream<Arguments> refusals() {
        Tensor x = ones(1, 2, 5);
        Tensor w = ones(3, 2, 3);
        return Stream.of(
                refused(ShapeException.class, "conv1d: x [5]", () -> Functional.conv1d(ones(5), w, null)),
                refused(ShapeException.class, "conv1d: weight [3, 2]", () -> Functional.conv1d(x, ones(3, 2), null)),
                refused(ShapeException.class, "channels", () -> Functional.conv1d(ones(1, 3, 5), w, null)),
                refused(ShapeException.class, "bias [2]", () -> Functional.conv1d(x, w, ones(2))),
                refused(ShapeException.class, "bias [3, 1]", () -> Functional.conv1d(x, w, ones(3, 1))),
                refused(ShapeException.class, "window", () -> Functional.conv1d(ones(1, 2, 2), w, null)),
                refused(ShapeException.class, "window", () -> Functional.conv1d(x, ones(3, 2, 0), null)),
                refused(
                        ShapeException.class,
                        "groups",
                        () -> Functional.conv1d(x, ones(3, 1, 3), null, Convolution.groups(2))),
                refused(DTypeException.class, "float64", () -> Functional.conv1d(x, w.to(DType.F64), null)),
                refused(DTypeException.class, "bias", () -> Functional.conv1d(x, w, ones(3).to(DType.F64))),
                refused(
                        DTypeException.class,
                        "truth",
                        () -> Functional.conv1d(x.to(DType.BOOL), w.to(DType.BOOL), null)),
                refused(ValueException.class, "stride", () -> Convolution.stride(0)),
                refused(ValueException.class, "padding", () -> Convolution.padding(-1)),
                refused(ValueException.class, "dilation", () -> Convolution.dilation(0)),
                refused(ValueException.class, "groups", () -> Convolution.groups(0)),
                refused(
                        ValueException.class,
                        "stride [1, 2]",
                        () -> Functional.conv1d(x, w, null, Convolution.stride(1, 2))),
                refused(
                        ValueException.class,
                        "samePadding",
                        () -> Functional.conv1d(
                                x, w, null, Convolution.stride(2).samePadding())),
                refused(
                        ValueException.class,
                        "outputPadding",
                        () -> Functional.conv1d(x, w, null, Convolution.outputPadding(1))),
                refused(
                        ValueException.class,
                        "outputPadding",
                        () -> Functional.convTranspose1d(x, ones(2, 1, 3), null, Convolution.outputPadding(1))),
                refused(
                        ShapeException.class,
                        "nothing",
                        () -> Functional.convTranspose1d(ones(1, 2, 1), ones(2, 1, 2), null, Convolution.padding(1))),
                refused(ShapeException.class, "channels", () -> Functional.convTranspose1d(x, ones(3, 1, 2), null)),
                refused(
                        ValueException.class,
                        "samePadding",
                        () -> Functional.convTranspose1d(x, ones(2, 1, 3), null, Convolution.samePadding())));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(Class<? extends Exception> type, String words, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(type).hasMessageContaining(words);
    }
}
