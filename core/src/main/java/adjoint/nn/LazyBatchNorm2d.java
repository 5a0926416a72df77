package adjoint.nn;

import adjoint.tensor.Tensor;
import java.util.Map;

/** A {@link BatchNorm2d} layer that takes its number of channels from the first input. */
public final class LazyBatchNorm2d extends LazyBatchNorm {
    /** A layer that is affine and keeps running values. */
    public LazyBatchNorm2d() {
        this(Normalization.Options.NONE);
    }

    /** A layer that differs from the plain one. */
    public LazyBatchNorm2d(Normalization.Options options) {
        super(new BatchNorm2d(0, options), options);
    }

    @Override
    ChannelNorm fresh(long channels, Normalization.Options options) {
        return new BatchNorm2d(channels, options);
    }

    @Override
    ChannelNorm of(Map<String, Tensor> tensors, Mode mode, Normalization.Options options) {
        return new BatchNorm2d(tensors, mode, options);
    }
}
