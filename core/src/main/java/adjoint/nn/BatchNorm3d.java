package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Map;

/**
 * Batch normalisation of {@code [n, channels, depth, height, width]}: each channel is scaled to mean 0 and variance 1 over
 * all examples and places, then by a weight and a bias of its own. In training these are the values of the batch, and
 * running means and variances follow them; in use, the running ones. Ioffe and Szegedy, "Batch Normalization", 2015.
 */
public final class BatchNorm3d extends ChannelNorm {
    /** A layer that is affine and keeps running values. */
    public BatchNorm3d(long channels) {
        this(channels, Normalization.Options.NONE);
    }

    /** A layer that differs from the plain one. */
    public BatchNorm3d(long channels, Normalization.Options options) {
        super(channels, true, options);
    }

    BatchNorm3d(Map<String, Tensor> tensors, Mode mode, Normalization.Options options) {
        super(tensors, mode, options);
    }

    @Override
    public Tensor forward(Tensor x) {
        checkRank(x, 5, 5);
        return overBatch(x);
    }
}
