package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * Instance normalisation of {@code [n, channels, depth, height, width]}, or of one example without n: each channel of each
 * example is scaled to mean 0 and variance 1 over its places. Weights, biases and running values are there if asked for.
 * Ulyanov et al., "Instance Normalization", 2016.
 */
public final class InstanceNorm3d extends ChannelNorm {
    /** A layer without parameters. */
    public InstanceNorm3d(long channels) {
        this(channels, Normalization.Options.NONE);
    }

    /** A layer that differs from the plain one. */
    public InstanceNorm3d(long channels, Normalization.Options options) {
        super(channels, false, options);
    }

    @Override
    public Tensor forward(Tensor x) {
        checkRank(x, 5, 4);
        return overPlaces(x, 5);
    }
}
