package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * Columns made images again; see {@link Functional#fold}.
 *
 * @param size the height and width of the images, or one number for both
 * @param window height and width, or one number for both
 * @param options stride, padding and dilation
 */
public record Fold(List<Long> size, List<Long> window, Convolution.Options options) implements Layer {
    /** Square windows, with a step of 1 and no padding, of images of this height and width. */
    public Fold(long height, long width, long window) {
        this(height, width, window, Convolution.plain());
    }

    /** Square windows of images of this height and width. */
    public Fold(long height, long width, long window, Convolution.Options options) {
        this(List.of(height, width), List.of(window), options);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.fold(x, Pooling.array(size), Pooling.array(window), options);
    }

    @Override
    public String toString() {
        return "Fold(output_size=" + ConvolutionLayer.given(size) + ", kernel_size=" + ConvolutionLayer.given(window)
                + Columns.text(options) + ")";
    }
}
