package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Layer normalisation: each example is scaled to mean 0 and variance 1 over its last dimensions, then by a weight and a bias
 * for each element. Ba et al., "Layer Normalization", 2016.
 */
public final class LayerNorm implements Layer {
    private final long[] shape;
    private final double eps;
    private final Tensor weight;
    private final Tensor bias;

    /** Over the last dimension, of this size. */
    public LayerNorm(long size) {
        this(new long[] {size});
    }

    /** Over the last dimensions, of these sizes. */
    public LayerNorm(long[] shape) {
        this(shape, Normalization.Options.NONE);
    }

    /** Over the last dimension, not in the plain way. */
    public LayerNorm(long size, Normalization.Options options) {
        this(new long[] {size}, options);
    }

    /** Over the last dimensions, not in the plain way. */
    public LayerNorm(long[] shape, Normalization.Options options) {
        this.shape = shape.clone();
        eps = options.epsOr(1e-5);
        weight = options.hasWeight(true) ? Tensor.ones(shape).requiresGrad(true) : null;
        bias = options.hasBias(true) ? Tensor.zeros(shape).requiresGrad(true) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.layerNorm(x, shape, weight, bias, eps);
    }

    /** Of the shape that is normalised, or null if the layer has none. */
    public Tensor weight() {
        return weight;
    }

    /** Of the shape that is normalised, or null if the layer has none. */
    public Tensor bias() {
        return bias;
    }

    @Override
    public Map<String, Object> parts() {
        return named(weight, bias);
    }

    static Map<String, Object> named(Tensor weight, Tensor bias) {
        Map<String, Object> parts = new LinkedHashMap<>();
        if (weight != null) {
            parts.put("weight", weight);
        }
        if (bias != null) {
            parts.put("bias", bias);
        }
        return parts;
    }

    @Override
    public String toString() {
        return "LayerNorm(" + tuple(shape) + ", eps=" + ModelText.number(eps) + ", elementwise_affine="
                + ModelText.truth(weight != null) + ", bias=" + ModelText.truth(bias != null) + ")";
    }

    /** Sizes as Python prints a tuple. */
    static String tuple(long... sizes) {
        String items = Arrays.stream(sizes).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        return "(" + items + (sizes.length == 1 ? ",)" : ")");
    }
}
