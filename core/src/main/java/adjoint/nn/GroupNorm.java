package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Map;

/**
 * Group normalisation of {@code [n, channels, ...]}: each example is scaled to mean 0 and variance 1 over groups of channels,
 * then by a weight and a bias for each channel. Wu and He, "Group Normalization", 2018.
 */
public final class GroupNorm implements Layer {
    private final long groups;
    private final long channels;
    private final double eps;
    private final Tensor weight;
    private final Tensor bias;

    /** A layer that is affine. */
    public GroupNorm(long groups, long channels) {
        this(groups, channels, Normalization.Options.NONE);
    }

    /**
     * A layer that differs from the plain one.
     *
     * @throws ValueException if the channels cannot be divided into so many groups
     */
    public GroupNorm(long groups, long channels, Normalization.Options options) {
        Normalizations.checkGroups("GroupNorm", groups, channels);
        this.groups = groups;
        this.channels = channels;
        eps = options.epsOr(1e-5);
        weight = options.hasWeight(true) ? Tensor.ones(channels).requiresGrad(true) : null;
        bias = options.hasBias(true) ? Tensor.zeros(channels).requiresGrad(true) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        if (x.shape().rank() > 1 && x.size(1) != channels) {
            throw new ShapeException("GroupNorm: of x " + x.shape() + ": dimension 1 has to be the " + channels
                    + " channels of the layer. Make it for " + x.size(1) + ", or transpose x.");
        }
        return Functional.groupNorm(x, groups, weight, bias, eps);
    }

    /** {@code [channels]}, or null if the layer has none. */
    public Tensor weight() {
        return weight;
    }

    /** {@code [channels]}, or null if the layer has none. */
    public Tensor bias() {
        return bias;
    }

    @Override
    public Map<String, Object> parts() {
        return LayerNorm.named(weight, bias);
    }

    @Override
    public String toString() {
        return "GroupNorm(" + groups + ", " + channels + ", eps=" + ModelText.number(eps) + ", affine="
                + ModelText.truth(weight != null) + ", bias=" + ModelText.truth(bias != null) + ")";
    }
}
