package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * The elements of the other end around the last dimension.
 *
 * @param padding how many at each side: left, right
 */
public record CircularPad1d(List<Long> padding) implements Layer {
    /** One number for all sides, or left, right; negative ones cut off. */
    public CircularPad1d(long... padding) {
        this(Paddings.sides("CircularPad1d", 2, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pad(x, PadMode.CIRCULAR, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "CircularPad1d(" + ConvolutionLayer.tuple(padding, padding.size()) + ")";
    }
}
