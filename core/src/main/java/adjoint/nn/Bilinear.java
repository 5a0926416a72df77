package adjoint.nn;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.Map;

/**
 * A layer that is linear in each of two inputs: {@code x · weight[k] · y + bias[k]} for each of its outputs. Weights and biases
 * start uniform in ±1/√in1, as PyTorch's.
 */
public final class Bilinear implements Model {
    private final Tensor weight;
    private final Tensor bias;

    /** A layer with biases. */
    public Bilinear(long in1Features, long in2Features, long outFeatures) {
        this(uniform(in1Features, outFeatures, in1Features, in2Features), uniform(in1Features, outFeatures));
    }

    private Bilinear(Tensor weight, Tensor bias) {
        this.weight = weight;
        this.bias = bias;
    }

    /** A layer without biases. PyTorch: {@code bias=False}. */
    public static Bilinear withoutBias(long in1Features, long in2Features, long outFeatures) {
        return new Bilinear(uniform(in1Features, outFeatures, in1Features, in2Features), null);
    }

    private static Tensor uniform(long in, long... shape) {
        if (in <= 0) {
            throw new ValueException(
                    "Bilinear: of " + in + " first inputs: there has to be one. Give a positive number.");
        }
        Tensor t = Tensor.zeros(shape);
        Init.uniform(t, Rng.global(), 1 / Math.sqrt((double) in));
        return t.requiresGrad(true);
    }

    /**
     * The value for each pair.
     *
     * @param x {@code [..., in1]}
     * @param y {@code [..., in2]}, with the same sizes before
     * @return {@code [..., out]}
     * @throws ShapeException if shapes do not fit
     */
    public Tensor forward(Tensor x, Tensor y) {
        return Functional.bilinear(x, y, weight, bias);
    }

    static Tensor of(Tensor x, Tensor y, Tensor weight, Tensor bias) {
        check(x, y, weight, bias);
        long out = weight.size(0);
        long n = x.numel() / Math.max(weight.size(1), 1);
        Tensor rows = x.reshape(n, weight.size(1));
        Tensor left = rows.matmul(weight.transpose(0, 1).reshape(weight.size(1), out * weight.size(2)));
        Tensor right = y.reshape(n, weight.size(2), 1);
        Tensor product = left.reshape(n, out, weight.size(2)).matmul(right).squeeze(-1);
        long[] sizes = x.shape().sizes();
        sizes[sizes.length - 1] = out;
        return (bias == null ? product : product.add(bias)).reshape(sizes);
    }

    private static void check(Tensor x, Tensor y, Tensor weight, Tensor bias) {
        String asked = "bilinear: x " + x.shape() + ", y " + y.shape() + " with weight " + weight.shape()
                + (bias == null ? "" : ", bias " + bias.shape());
        int rank = x.shape().rank();
        boolean fits = weight.shape().rank() == 3
                && rank > 0
                && rank == y.shape().rank()
                && Arrays.equals(x.shape().sizes(), 0, rank - 1, y.shape().sizes(), 0, rank - 1)
                && x.size(-1) == weight.size(1)
                && y.size(-1) == weight.size(2)
                && (bias == null || bias.shape().equals(Shape.of(weight.size(0))));
        if (!fits) {
            throw new ShapeException(asked
                    + ": they are [..., in1], [..., in2], [out, in1, in2] and [out]. Check the layer's" + " sizes.");
        }
        if (x.dtype() != y.dtype() || x.dtype() != weight.dtype()) {
            throw new DTypeException(asked + ": of " + x.dtype() + ", " + y.dtype() + " and " + weight.dtype()
                    + ": the types differ. Convert them with to(…).");
        }
    }

    /** {@code [out, in1, in2]}. */
    public Tensor weight() {
        return weight;
    }

    /** {@code [out]}, or null if the layer has none. */
    public Tensor bias() {
        return bias;
    }

    @Override
    public Map<String, Object> parts() {
        return LayerNorm.named(weight, bias);
    }

    @Override
    public String toString() {
        return "Bilinear(in1_features=" + weight.size(1) + ", in2_features=" + weight.size(2) + ", out_features="
                + weight.size(0) + ", bias=" + ModelText.truth(bias != null) + ")";
    }
}
