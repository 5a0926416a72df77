package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * Zeros around the last dimension.
 *
 * @param padding how many at each side: left, right
 */
public record ZeroPad1d(List<Long> padding) implements Layer {
    /** One number for all sides, or left, right; negative ones cut off. */
    public ZeroPad1d(long... padding) {
        this(Paddings.sides("ZeroPad1d", 2, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pad(x, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "ZeroPad1d(" + ConvolutionLayer.tuple(padding, padding.size()) + ")";
    }
}
