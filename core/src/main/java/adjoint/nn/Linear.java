package adjoint.nn;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;

/**
 * A fully connected layer: {@code x · weightᵀ + bias}, {@code [..., in] → [..., out]}. Weights and bias start uniform in
 * ±1/√in, as PyTorch's, from the same random numbers.
 */
public final class Linear implements Layer {
    private final Tensor weight;
    private final Tensor bias;

    /** A layer with a bias, F32, from the default random stream. */
    public Linear(long inFeatures, long outFeatures) {
        this(inFeatures, outFeatures, Rng.global(), DType.F32);
    }

    /** A layer with a bias, from this random stream. */
    public Linear(long inFeatures, long outFeatures, Rng rng, DType dtype) {
        this(weight(inFeatures, outFeatures, rng, dtype), bias(inFeatures, outFeatures, rng, dtype));
    }

    /**
     * A layer of these parameters themselves.
     *
     * @param weight {@code [out, in]}
     * @param bias {@code [out]}, or null for none
     * @throws ShapeException if the shapes do not fit
     */
    public Linear(Tensor weight, Tensor bias) {
        if (weight.shape().rank() != 2
                || (bias != null && (bias.shape().rank() != 1 || bias.size(0) != weight.size(0)))) {
            throw new ShapeException(
                    "Linear: weight " + weight.shape() + ", bias " + (bias == null ? "none" : bias.shape())
                            + ": the weight is [out, in] and the bias [out]. Reshape them.");
        }
        this.weight = weight;
        this.bias = bias;
    }

    /** A layer without a bias, F32, from the default random stream. PyTorch: {@code bias=False}. */
    public static Linear withoutBias(long inFeatures, long outFeatures) {
        return withoutBias(inFeatures, outFeatures, Rng.global(), DType.F32);
    }

    /** A layer without a bias, from this random stream. */
    public static Linear withoutBias(long inFeatures, long outFeatures, Rng rng, DType dtype) {
        return new Linear(weight(inFeatures, outFeatures, rng, dtype), null);
    }

    private static Tensor weight(long in, long out, Rng rng, DType dtype) {
        Tensor weight = Tensor.zeros(dtype, out, in);
        Init.uniform(weight, rng, in > 0 ? Init.kaimingBound(in) : 0);
        return weight.requiresGrad(true);
    }

    private static Tensor bias(long in, long out, Rng rng, DType dtype) {
        Tensor bias = Tensor.zeros(dtype, out);
        Init.uniform(bias, rng, in > 0 ? 1 / Math.sqrt((double) in) : 0);
        return bias.requiresGrad(true);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Functional.linear(x, weight, bias);
    }

    /** {@code [out, in]}. */
    public Tensor weight() {
        return weight;
    }

    /** {@code [out]}, or null if the layer has none. */
    public Tensor bias() {
        return bias;
    }

    @Override
    public String toString() {
        return "Linear(in_features=" + weight.size(1) + ", out_features=" + weight.size(0) + ", bias="
                + (bias == null ? "False" : "True") + ")";
    }
}
