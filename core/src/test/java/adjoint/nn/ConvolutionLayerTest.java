package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.Adjoint;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers with windows: how they start, what they refuse when made, what they print where numbers are given in parts. */
class ConvolutionLayerTest {
    /** PyTorch 2.13 after {@code torch.manual_seed(0)}. */
    @Test
    void startAsPyTorchs() {
        Adjoint.seed(0);
        var layer = new Conv1d(1, 2, 3);
        var next = new Conv1d(2, 1, 1, Convolution.withoutBias());
        assertThat(layer.weight().toDoubles())
                .usingComparatorWithPrecision(1e-4)
                .containsExactly(FIRST_WEIGHT);
        assertThat(layer.bias().toDoubles()).usingComparatorWithPrecision(1e-4).containsExactly(FIRST_BIAS);
        assertThat(next.weight().toDoubles()).usingComparatorWithPrecision(1e-4).containsExactly(SECOND_WEIGHT);
        assertThat(next.bias()).isNull();
        assertThat(layer.namedParameters().keySet()).containsExactly("weight", "bias");
        assertThat(next.namedParameters().keySet()).containsExactly("weight");
    }

    private static final double[] FIRST_WEIGHT = {-0.0043, 0.3097, -0.4752, -0.4249, -0.2224, 0.1548};
    private static final double[] FIRST_BIAS = {-0.0114, 0.4578};
    private static final double[] SECOND_WEIGHT = {-0.0628, 0.1871};

    @Test
    void parametersOfAnyTypeOrGiven() {
        var layer = new Conv2d(1, 2, new long[] {2, 3}, Convolution.plain(), Rng.torch(1), DType.F64);
        assertThat(layer.weight().dtype()).isEqualTo(DType.F64);
        assertThat(layer.weight().shape().sizes()).containsExactly(2, 1, 2, 3);
        assertThat(layer.parameterCount()).isEqualTo(14);
        var same = new Conv2d(layer.weight(), null, Convolution.stride(2));
        assertThat(same.weight()).isSameAs(layer.weight());
        assertThat(same).hasToString("Conv2d(1, 2, kernel_size=(2, 3), stride=(2, 2), bias=False)");
        assertThat(new ConvTranspose3d(4, 2, 1, Convolution.groups(2)))
                .hasToString("ConvTranspose3d(4, 2, kernel_size=(1, 1, 1), stride=(1, 1, 1), groups=2)");
    }

    @Test
    void waitForTheirInput() {
        var layer = new LazyConv2d(3, 2, Convolution.padding(1));
        assertThat(layer).hasToString("LazyConv2d(0, 3, kernel_size=(2, 2), stride=(1, 1), padding=(1, 1))");
        assertThat(layer.forward(Tensor.ones(5, 4, 4)).shape().sizes()).containsExactly(3, 5, 5);
        assertThat(layer).hasToString("Conv2d(5, 3, kernel_size=(2, 2), stride=(1, 1), padding=(1, 1))");
        assertThat(layer.weight().shape().sizes()).containsExactly(3, 5, 2, 2);
        assertThat(new LazyConvTranspose1d(4, 3, Convolution.withoutBias())
                        .forward(Tensor.ones(1, 2, 5))
                        .shape()
                        .sizes())
                .containsExactly(1, 4, 7);
        assertThatThrownBy(() -> new LazyConv2d(3, 2).forward(Tensor.ones(4, 4)))
                .isInstanceOf(ShapeException.class);
    }

    /** Two sizes give the same when convolved by steps of 2; the transposed layer is told which is wanted. */
    @Test
    void transposedToASize() {
        var back = new ConvTranspose1d(1, 1, 3, Convolution.stride(2).padding(1));
        Tensor x = Tensor.ones(1, 1, 4);
        assertThat(back.forward(x).size(2)).isEqualTo(7);
        assertThat(back.forwardTo(x, 7).size(2)).isEqualTo(7);
        assertThat(back.forwardTo(x, 8).size(2)).isEqualTo(8);
        assertThatThrownBy(() -> back.forwardTo(x, 9)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> back.forwardTo(x, 6)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> back.forwardTo(x, 7, 7)).isInstanceOf(ShapeException.class);
    }

    @Test
    void oneNumberIsForAll() {
        assertThat(new ZeroPad2d(1)).isEqualTo(new ZeroPad2d(1, 1, 1, 1)).hasToString("ZeroPad2d((1, 1, 1, 1))");
        assertThat(new ConstantPad1d(2.5, 1)).hasToString("ConstantPad1d(padding=(1, 1), value=2.5)");
        assertThat(new AdaptiveAvgPool2d(Pooling.KEEP, 2)).hasToString("AdaptiveAvgPool2d(output_size=(None, 2))");
        assertThat(new MaxPool2d(Pooling.window(3).stride(2, 1)))
                .hasToString("MaxPool2d(kernel_size=3, stride=(2, 1), padding=0, dilation=1, ceil_mode=False)");
        assertThat(new Unflatten(1, 2, -1).forward(Tensor.ones(3, 8)).shape().sizes())
                .containsExactly(3, 2, 4);
        assertThat(new Flatten().forward(Tensor.ones(3, 2, 4)).shape().sizes()).containsExactly(3, 8);
    }

    private static Arguments refused(Class<? extends Exception> type, ThrowingCallable call) {
        return Arguments.of(type, call);
    }

    static Stream<Arguments> refusals() {
        Convolution.Options plain = Convolution.plain();
        return Stream.of(
                refused(ValueException.class, () -> new Conv2d(3, 4, 1, Convolution.groups(2))),
                refused(ValueException.class, () -> new Conv2d(4, 3, 1, Convolution.groups(2))),
                refused(ValueException.class, () -> new Conv2d(1, 1, 0)),
                refused(ValueException.class, () -> new Conv2d(1, 1, new long[] {1, 2, 3}, plain)),
                refused(ValueException.class, () -> new Conv2d(1, 1, 1, Convolution.stride(1, 2, 3))),
                refused(
                        ValueException.class,
                        () -> new Conv2d(1, 1, 1, Convolution.samePadding().stride(2))),
                refused(ValueException.class, () -> new ConvTranspose2d(1, 1, 1, Convolution.samePadding())),
                refused(
                        ValueException.class,
                        () -> new ConvTranspose2d(1, 1, 1, Convolution.paddingMode(PadMode.REFLECT))),
                refused(ShapeException.class, () -> new Conv2d(Tensor.ones(2, 1, 3), null, plain)),
                refused(ShapeException.class, () -> new Conv1d(Tensor.ones(2, 1, 3), Tensor.ones(1), plain)),
                refused(ShapeException.class, () -> new Conv1d(Tensor.ones(3, 1, 3), null, Convolution.groups(2))),
                refused(ValueException.class, () -> new LazyConv2d(1, new long[] {1, 2, 3}, plain)),
                refused(ValueException.class, () -> new ZeroPad2d(1, 2)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(Class<? extends Exception> type, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(type);
    }

    @Test
    void trains() {
        var net = new Sequential(
                new Conv2d(1, 2, 3, Convolution.padding(1)),
                Tensor::relu,
                new MaxPool2d(2),
                new Flatten(),
                new Linear(8, 1));
        Tensor x = Tensor.randn(Rng.torch(1), DType.F32, 3, 1, 4, 4);
        net.forward(x).square().mean().backward();
        assertThat(net.parameters()).allSatisfy(p -> assertThat(p.grad()).isNotNull());
        assertThat(List.copyOf(net.namedParameters().keySet()))
                .containsExactly("0.weight", "0.bias", "4.weight", "4.bias");
    }
}
