package adjoint.nn;

import adjoint.types.ValueException;
import java.util.List;

/**
 * How windows go over what is pooled, for functions and layers alike:
 *
 * <pre>{@code
 * Functional.maxPool2d(x, Pooling.window(3).stride(2).padding(1));
 * new AvgPool2d(Pooling.window(2, 3).excludePadding());
 * }</pre>
 *
 * <p>Wherever a dimension could have its own number, one number is for all of them. Immutable: each method gives another.
 */
public final class Pooling {
    /** Instead of a size: that of the input. PyTorch: {@code None} as a size of adaptive pooling. */
    public static final long KEEP = Long.MIN_VALUE;

    final List<Long> window;
    final List<Long> stride;
    final List<Long> padding;
    final List<Long> dilation;
    final boolean ceil;
    final boolean excluding;
    final Long divisor;

    private Pooling(
            List<Long> window,
            List<Long> stride,
            List<Long> padding,
            List<Long> dilation,
            boolean ceil,
            boolean excluding,
            Long divisor) {
        this.window = window;
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
        this.ceil = ceil;
        this.excluding = excluding;
        this.divisor = divisor;
    }

    /** Windows of this size, side by side: the step is the size unless another is said. PyTorch: {@code kernel_size}. */
    public static Pooling window(long... sizes) {
        List<Long> window = Convolution.numbers("window", 1, sizes);
        return new Pooling(window, window, List.of(0L), List.of(1L), false, false, null);
    }

    /** The step between two windows. */
    public Pooling stride(long... steps) {
        return new Pooling(
                window, Convolution.numbers("stride", 1, steps), padding, dilation, ceil, excluding, divisor);
    }

    /**
     * How far windows reach over both edges; 0 if not said, at most half a window. Nothing is there for a maximum, zeros
     * for an average.
     */
    public Pooling padding(long... amounts) {
        return new Pooling(
                window, stride, Convolution.numbers("padding", 0, amounts), dilation, ceil, excluding, divisor);
    }

    /** The step between two elements that a window sees; 1 if not said. For maxima only. */
    public Pooling dilation(long... steps) {
        return new Pooling(
                window, stride, padding, Convolution.numbers("dilation", 1, steps), ceil, excluding, divisor);
    }

    /** A last window that is not full counts too. PyTorch: {@code ceil_mode=True}. */
    public Pooling ceilMode() {
        return new Pooling(window, stride, padding, dilation, true, excluding, divisor);
    }

    /** Averages are of the elements alone, without the padding's zeros. PyTorch: {@code count_include_pad=False}. */
    public Pooling excludePadding() {
        return new Pooling(window, stride, padding, dilation, ceil, true, divisor);
    }

    /**
     * What sums are divided by, instead of the number of elements. PyTorch: {@code divisor_override}.
     *
     * @throws ValueException if it is 0
     */
    public Pooling divisor(long value) {
        if (value == 0) {
            throw new ValueException("divisor: 0: nothing can be divided by it. Give another number.");
        }
        return new Pooling(window, stride, padding, dilation, ceil, excluding, value);
    }

    static long[] array(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    /** Window, stride and padding as they were given. */
    String text() {
        return ConvolutionLayer.given(window) + ", stride=" + ConvolutionLayer.given(stride) + ", padding="
                + ConvolutionLayer.given(padding);
    }

    /** Window, stride and padding with a number for each dimension. */
    String tuples(int dims) {
        return ConvolutionLayer.tuple(window, dims) + ", stride=" + ConvolutionLayer.tuple(stride, dims) + ", padding="
                + ConvolutionLayer.tuple(padding, dims);
    }
}
