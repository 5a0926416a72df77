package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * The outermost elements around the last two dimensions.
 *
 * @param padding how many at each side: left, right, top, bottom
 */
public record ReplicationPad2d(List<Long> padding) implements Layer {
    /** One number for all sides, or left, right, top, bottom; negative ones cut off. */
    public ReplicationPad2d(long... padding) {
        this(Paddings.sides("ReplicationPad2d", 4, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pad(x, PadMode.REPLICATE, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "ReplicationPad2d(" + ConvolutionLayer.tuple(padding, padding.size()) + ")";
    }
}
