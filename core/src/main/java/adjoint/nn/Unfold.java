package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * What a window sees of images, as columns; see {@link Functional#unfold(Tensor, long[], Convolution.Options)}.
 *
 * @param window height and width, or one number for both
 * @param options stride, padding and dilation
 */
public record Unfold(List<Long> window, Convolution.Options options) implements Layer {
    /** A square window, with a step of 1 and no padding. */
    public Unfold(long window) {
        this(window, Convolution.plain());
    }

    /** A square window. */
    public Unfold(long window, Convolution.Options options) {
        this(List.of(window), options);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.unfold(x, Pooling.array(window), options);
    }

    @Override
    public String toString() {
        return "Unfold(kernel_size=" + ConvolutionLayer.given(window) + Columns.text(options) + ")";
    }
}
