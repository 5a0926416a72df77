package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * The elements of the other end around the last two dimensions.
 *
 * @param padding how many at each side: left, right, top, bottom
 */
public record CircularPad2d(List<Long> padding) implements Layer {
    /** One number for all sides, or left, right, top, bottom; negative ones cut off. */
    public CircularPad2d(long... padding) {
        this(Paddings.sides("CircularPad2d", 4, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pad(x, PadMode.CIRCULAR, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "CircularPad2d(" + ConvolutionLayer.tuple(padding, padding.size()) + ")";
    }
}
