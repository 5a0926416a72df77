package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * A number around the last dimension.
 *
 * @param value the number
 * @param padding how many at each side: left, right
 */
public record ConstantPad1d(double value, List<Long> padding) implements Layer {
    /** One number for all sides, or left, right; negative ones cut off. */
    public ConstantPad1d(double value, long... padding) {
        this(value, Paddings.sides("ConstantPad1d", 2, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.padWith(x, value, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "ConstantPad1d(padding=" + ConvolutionLayer.tuple(padding, padding.size()) + ", value="
                + ModelText.number(value) + ")";
    }
}
