package adjoint.nn;

import adjoint.autograd.Autograd;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What the layers that normalise channels have in common: parameters, running values, and when each is used. */
abstract sealed class ChannelNorm implements Layer
        permits BatchNorm1d, BatchNorm2d, BatchNorm3d, InstanceNorm1d, InstanceNorm2d, InstanceNorm3d {
    private static final double EPS = 1e-5;

    private final long channels;
    private final Normalization.Options options;
    private final boolean affine;
    private final Tensor weight;
    private final Tensor bias;
    private final Tensor runningMean;
    private final Tensor runningVar;
    private final Tensor batches;
    private final Mode mode;

    /** A layer with weights of 1, biases of 0, running means of 0 and variances of 1, F32. */
    ChannelNorm(long channels, boolean usual, Normalization.Options options) {
        this.channels = channels;
        this.options = options;
        affine = options.hasWeight(usual);
        weight = affine ? Tensor.ones(channels).requiresGrad(true) : null;
        bias = options.hasBias(usual) ? Tensor.zeros(channels).requiresGrad(true) : null;
        boolean tracked = options.isTracked(usual);
        runningMean = tracked ? Tensor.zeros(channels) : null;
        runningVar = tracked ? Tensor.ones(channels) : null;
        batches = tracked ? Tensor.zeros(DType.I64) : null;
        mode = new Mode();
    }

    /** A layer of the tensors that another has under these names, of which there is at least one. */
    ChannelNorm(Map<String, Tensor> tensors, Mode mode, Normalization.Options options) {
        this.options = options;
        this.mode = mode;
        weight = tensors.get("weight");
        bias = tensors.get("bias");
        runningMean = tensors.get("running_mean");
        runningVar = tensors.get("running_var");
        batches = tensors.get("num_batches_tracked");
        affine = weight != null;
        channels = affine ? weight.size(0) : runningMean.size(0);
    }

    /** {@code [channels]}, or null if the layer has none. */
    public final Tensor weight() {
        return weight;
    }

    /** {@code [channels]}, or null if the layer has none. */
    public final Tensor bias() {
        return bias;
    }

    /** {@code [channels]}, or null if none are kept. */
    public final Tensor runningMean() {
        return runningMean;
    }

    /** {@code [channels]}, of variances over n − 1; null if none are kept. */
    public final Tensor runningVar() {
        return runningVar;
    }

    /** Refuses an {@code x} that has neither of these numbers of dimensions. */
    final void checkRank(Tensor x, int rank, int otherRank) {
        if (x.shape().rank() != rank && x.shape().rank() != otherRank) {
            throw new ShapeException(ModelText.name(this) + ": of x " + x.shape() + ": it has to have "
                    + (rank == otherRank ? "" : otherRank + " or ") + rank
                    + " dimensions. Reshape it, or take the layer"
                    + " for as many.");
        }
    }

    /** Where nothing has a size of its own, any number of channels will do. */
    private void checkChannels(Tensor x) {
        if (x.size(1) != channels && (affine || runningMean != null)) {
            throw new ShapeException(ModelText.name(this) + ": of x " + x.shape() + ": dimension 1 has to be the "
                    + channels + " channels of the layer. Make it for " + x.size(1) + ", or transpose x.");
        }
    }

    /** Over all but the channels of {@code x}. */
    final Tensor overBatch(Tensor x) {
        checkChannels(x);
        double eps = options.epsOr(EPS);
        if (!mode.isTraining() && runningMean != null) {
            return Normalizations.batchInUse(x, runningMean, runningVar, weight, bias, eps);
        }
        Tensor y = Normalizations.batchTraining(x, runningMean, runningVar, weight, bias, momentum(), eps);
        count();
        return y;
    }

    /** Over the places of each channel of each example; of one example, where {@code x} has a dimension fewer. */
    final Tensor overPlaces(Tensor x, int rank) {
        if (x.shape().rank() < rank) {
            return overPlaces(x.unsqueeze(0), rank).squeeze(0);
        }
        checkChannels(x);
        double eps = options.epsOr(EPS);
        if (!mode.isTraining() && runningMean != null) {
            return Normalizations.batchInUse(x, runningMean, runningVar, weight, bias, eps);
        }
        // As in PyTorch, averages over all batches are not kept here.
        double momentum = Double.isNaN(options.momentum()) ? 0 : options.momentum();
        return Normalizations.instanceTraining(x, runningMean, runningVar, weight, bias, momentum, eps);
    }

    /** How far the running values go with the batch that comes. */
    private double momentum() {
        double momentum = options.momentum();
        return !Double.isNaN(momentum) ? momentum : batches == null ? 0 : 1.0 / (batches.item() + 1);
    }

    private void count() {
        if (batches != null) {
            Autograd.noGrad(() -> {
                batches.addInPlace(1L);
            });
        }
    }

    final Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("weight", weight);
        tensors.put("bias", bias);
        tensors.put("running_mean", runningMean);
        tensors.put("running_var", runningVar);
        tensors.put("num_batches_tracked", batches);
        tensors.values().removeIf(Objects::isNull);
        return tensors;
    }

    @Override
    public final Map<String, Object> parts() {
        Map<String, Object> parts = new LinkedHashMap<>(tensors());
        parts.put("mode", mode);
        return parts;
    }

    @Override
    public final String toString() {
        double momentum = options.momentum();
        return getClass().getSimpleName() + "(" + channels + ", eps=" + ModelText.number(options.epsOr(EPS))
                + ", momentum=" + (Double.isNaN(momentum) ? "None" : ModelText.number(momentum)) + ", affine="
                + ModelText.truth(affine) + ", bias=" + ModelText.truth(bias != null) + ", track_running_stats="
                + ModelText.truth(runningMean != null) + ")";
    }
}
