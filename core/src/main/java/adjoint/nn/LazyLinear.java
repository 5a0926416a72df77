package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Map;

/** A {@link Linear} layer that takes its number of inputs from the first input. */
public final class LazyLinear extends LazyLayer {
    private final long outFeatures;

    /** A layer with a bias. */
    public LazyLinear(long outFeatures) {
        this(outFeatures, "weight", "bias");
    }

    private LazyLinear(long outFeatures, String... parameters) {
        super(parameters);
        this.outFeatures = outFeatures;
    }

    /** A layer without a bias. PyTorch: {@code bias=False}. */
    public static LazyLinear withoutBias(long outFeatures) {
        return new LazyLinear(outFeatures, "weight");
    }

    /** {@code [out, in]}; empty before the first input. */
    public Tensor weight() {
        return (Tensor) parts().get("weight");
    }

    /** {@code [out]}, empty before the first input; null if the layer has none. */
    public Tensor bias() {
        return (Tensor) parts().get("bias");
    }

    @Override
    Layer fresh(Tensor x) {
        return bias() == null ? Linear.withoutBias(x.size(-1), outFeatures) : new Linear(x.size(-1), outFeatures);
    }

    @Override
    Layer of(Map<String, Tensor> parameters) {
        return new Linear(parameters.get("weight"), parameters.get("bias"));
    }

    @Override
    String unbuilt() {
        return "LazyLinear(in_features=0, out_features=" + outFeatures + ", bias=" + (bias() == null ? "False" : "True")
                + ")";
    }
}
