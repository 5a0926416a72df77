package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * Zeros around the last two dimensions.
 *
 * @param padding how many at each side: left, right, top, bottom
 */
public record ZeroPad2d(List<Long> padding) implements Layer {
    /** One number for all sides, or left, right, top, bottom; negative ones cut off. */
    public ZeroPad2d(long... padding) {
        this(Paddings.sides("ZeroPad2d", 4, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pad(x, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "ZeroPad2d(" + ConvolutionLayer.tuple(padding, padding.size()) + ")";
    }
}
