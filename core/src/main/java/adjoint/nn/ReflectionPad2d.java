package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * The elements themselves in opposite order around the last two dimensions.
 *
 * @param padding how many at each side: left, right, top, bottom
 */
public record ReflectionPad2d(List<Long> padding) implements Layer {
    /** One number for all sides, or left, right, top, bottom; negative ones cut off. */
    public ReflectionPad2d(long... padding) {
        this(Paddings.sides("ReflectionPad2d", 4, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pad(x, PadMode.REFLECT, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "ReflectionPad2d(" + ConvolutionLayer.tuple(padding, padding.size()) + ")";
    }
}
