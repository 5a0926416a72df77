package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * Zeros around the last three dimensions.
 *
 * @param padding how many at each side: left, right, top, bottom, front, back
 */
public record ZeroPad3d(List<Long> padding) implements Layer {
    /** One number for all sides, or left, right, top, bottom, front, back; negative ones cut off. */
    public ZeroPad3d(long... padding) {
        this(Paddings.sides("ZeroPad3d", 6, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pad(x, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "ZeroPad3d(" + ConvolutionLayer.tuple(padding, padding.size()) + ")";
    }
}
