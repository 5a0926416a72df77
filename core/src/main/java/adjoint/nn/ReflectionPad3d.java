package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * The elements themselves in opposite order around the last three dimensions.
 *
 * @param padding how many at each side: left, right, top, bottom, front, back
 */
public record ReflectionPad3d(List<Long> padding) implements Layer {
    /** One number for all sides, or left, right, top, bottom, front, back; negative ones cut off. */
    public ReflectionPad3d(long... padding) {
        this(Paddings.sides("ReflectionPad3d", 6, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pad(x, PadMode.REFLECT, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "ReflectionPad3d(" + ConvolutionLayer.tuple(padding, padding.size()) + ")";
    }
}
