package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * The elements themselves in opposite order around the last dimension.
 *
 * @param padding how many at each side: left, right
 */
public record ReflectionPad1d(List<Long> padding) implements Layer {
    /** One number for all sides, or left, right; negative ones cut off. */
    public ReflectionPad1d(long... padding) {
        this(Paddings.sides("ReflectionPad1d", 2, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pad(x, PadMode.REFLECT, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "ReflectionPad1d(" + ConvolutionLayer.tuple(padding, padding.size()) + ")";
    }
}
