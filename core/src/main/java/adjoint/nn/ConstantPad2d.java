package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * A number around the last two dimensions.
 *
 * @param value the number
 * @param padding how many at each side: left, right, top, bottom
 */
public record ConstantPad2d(double value, List<Long> padding) implements Layer {
    /** One number for all sides, or left, right, top, bottom; negative ones cut off. */
    public ConstantPad2d(double value, long... padding) {
        this(value, Paddings.sides("ConstantPad2d", 4, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.padWith(x, value, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "ConstantPad2d(padding=" + ConvolutionLayer.tuple(padding, padding.size()) + ", value="
                + ModelText.number(value) + ")";
    }
}
