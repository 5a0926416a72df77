package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * Each example divided by the root of the mean of its squares over its last dimensions, then multiplied with a weight for
 * each element. Zhang and Sennrich, "Root Mean Square Layer Normalization", 2019.
 */
public final class RMSNorm implements Layer {
    private final long[] shape;
    private final double eps;
    private final Tensor weight;

    /** Over the last dimension, of this size. */
    public RMSNorm(long size) {
        this(new long[] {size});
    }

    /** Over the last dimensions, of these sizes. */
    public RMSNorm(long[] shape) {
        this(shape, Normalization.Options.NONE);
    }

    /** Over the last dimension, not in the plain way. */
    public RMSNorm(long size, Normalization.Options options) {
        this(new long[] {size}, options);
    }

    /**
     * Over the last dimensions, not in the plain way.
     *
     * @param options an eps, or none for the smallest step from 1 in the input's type; {@code withoutAffine}
     */
    public RMSNorm(long[] shape, Normalization.Options options) {
        this.shape = shape.clone();
        eps = options.epsOr(Double.NaN);
        weight = options.hasWeight(true) ? Tensor.ones(shape).requiresGrad(true) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        return Double.isNaN(eps) ? Functional.rmsNorm(x, shape, weight) : Functional.rmsNorm(x, shape, weight, eps);
    }

    /** Of the shape that is normalised, or null if the layer has none. */
    public Tensor weight() {
        return weight;
    }

    @Override
    public Map<String, Object> parts() {
        return LayerNorm.named(weight, null);
    }

    @Override
    public String toString() {
        return "RMSNorm(" + LayerNorm.tuple(shape) + ", eps=" + (Double.isNaN(eps) ? "None" : ModelText.number(eps))
                + ", elementwise_affine=" + ModelText.truth(weight != null) + ")";
    }
}
