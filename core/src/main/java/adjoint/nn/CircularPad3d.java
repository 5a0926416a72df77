package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * The elements of the other end around the last three dimensions.
 *
 * @param padding how many at each side: left, right, top, bottom, front, back
 */
public record CircularPad3d(List<Long> padding) implements Layer {
    /** One number for all sides, or left, right, top, bottom, front, back; negative ones cut off. */
    public CircularPad3d(long... padding) {
        this(Paddings.sides("CircularPad3d", 6, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pad(x, PadMode.CIRCULAR, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "CircularPad3d(" + ConvolutionLayer.tuple(padding, padding.size()) + ")";
    }
}
