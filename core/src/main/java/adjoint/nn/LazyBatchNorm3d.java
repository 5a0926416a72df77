package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Map;

/** A {@link BatchNorm3d} layer that takes its number of channels from the first input. */
public final class LazyBatchNorm3d extends LazyBatchNorm {
    /** A layer that is affine and keeps running values. */
    public LazyBatchNorm3d() {
        this(Normalization.Options.NONE);
    }

    /** A layer that differs from the plain one. */
    public LazyBatchNorm3d(Normalization.Options options) {
        super(new BatchNorm3d(0, options), options);
    }

    @Override
    ChannelNorm fresh(long channels, Normalization.Options options) {
        return new BatchNorm3d(channels, options);
    }

    @Override
    ChannelNorm of(Map<String, Tensor> tensors, Mode mode, Normalization.Options options) {
        return new BatchNorm3d(tensors, mode, options);
    }
}
