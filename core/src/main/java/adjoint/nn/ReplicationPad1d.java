package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.List;

/**
 * The outermost elements around the last dimension.
 *
 * @param padding how many at each side: left, right
 */
public record ReplicationPad1d(List<Long> padding) implements Layer {
    /** One number for all sides, or left, right; negative ones cut off. */
    public ReplicationPad1d(long... padding) {
        this(Paddings.sides("ReplicationPad1d", 2, padding));
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.pad(x, PadMode.REPLICATE, Pooling.array(padding));
    }

    @Override
    public String toString() {
        return "ReplicationPad1d(" + ConvolutionLayer.tuple(padding, padding.size()) + ")";
    }
}
