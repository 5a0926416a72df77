package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Map;

/** A {@link BatchNorm1d} layer that takes its number of channels from the first input. */
public final class LazyBatchNorm1d extends LazyBatchNorm {
    /** A layer that is affine and keeps running values. */
    public LazyBatchNorm1d() {
        this(Normalization.Options.NONE);
    }

    /** A layer that differs from the plain one. */
    public LazyBatchNorm1d(Normalization.Options options) {
        super(new BatchNorm1d(0, options), options);
    }

    @Override
    ChannelNorm fresh(long channels, Normalization.Options options) {
        return new BatchNorm1d(channels, options);
    }

    @Override
    ChannelNorm of(Map<String, Tensor> tensors, Mode mode, Normalization.Options options) {
        return new BatchNorm1d(tensors, mode, options);
    }
}
