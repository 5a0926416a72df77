package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * A number around the last three dimensions.
 *
 * @param value the number
 * @param padding how many at each side: left, right, top, bottom, front, back
 */
public record ConstantPad3d(double value, List<Long> padding) implements Layer {
    /** One number for all sides, or left, right, top, bottom, front, back; negative ones cut off. */
    public ConstantPad3d(double value, long... padding) {
        this(value, Paddings.sides("ConstantPad3d", 6, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.padWith(x, value, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "ConstantPad3d(padding=" + ConvolutionLayer.tuple(padding, padding.size()) + ", value="
                + ModelText.number(value) + ")";
    }
}
