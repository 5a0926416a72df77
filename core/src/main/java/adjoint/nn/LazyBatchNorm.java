package adjoint.nn;

import adjoint.tensor.Tensor;
import adjoint.types.ShapeException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What batch normalisation that waits for its first input has in common. */
abstract sealed class LazyBatchNorm extends LazyLayer permits LazyBatchNorm1d, LazyBatchNorm2d, LazyBatchNorm3d {
    private final Normalization.Options options;
    private final String unbuilt;
    private final Mode mode = new Mode();
    private ChannelNorm drawn;

    LazyBatchNorm(ChannelNorm empty, Normalization.Options options) {
        super(empty.tensors());
        this.options = options;
        unbuilt = "Lazy" + empty;
    }

    abstract ChannelNorm fresh(long channels, Normalization.Options options);

    abstract ChannelNorm of(Map<String, Tensor> tensors, Mode mode, Normalization.Options options);

    @Override
    final Layer fresh(Tensor x) {
        if (x.shape().rank() < 2) {
            throw new ShapeException(
                    ModelText.name(this) + ": of x " + x.shape() + ": dimension 1 has to be the channels. Reshape it.");
        }
        drawn = fresh(x.size(1), options);
        return drawn;
    }

    @Override
    final Layer of(Map<String, Tensor> tensors) {
        return tensors.isEmpty() ? drawn : of(tensors, mode, options);
    }

    @Override
    public final Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>(super.parts());
        parts.put("mode", mode);
        return parts;
    }

    @Override
    final String unbuilt() {
        return unbuilt;
    }
}
