package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/**
 * {@code (x − mean) / √(variance + eps)} over some dimensions, or {@code x / √(mean square + eps)}: what layers of
 * normalisation do before they scale.
 *
 * @param centre what is taken off
 */
public record Standardize(Dims dims, Centre centre, double eps) implements RuleOp {
    /** What is taken off before scaling. */
    public enum Centre {
        /** The mean. */
        MEAN,
        /** Nothing. */
        ZERO
    }

    @Override
    public String opName() {
        return "normalize";
    }

    @Override
    public String gradName() {
        return "NativeLayerNormBackward0";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return kernel(in[0]).standard();
    }

    @Override
    public long keeps(long needs) {
        return 1;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        return Engine.run(new StandardizeBackward(this), g, saved.input(0));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(batched(), in);
    }

    /** What computes it, and its gradients. */
    adjoint.kernel.Standardize kernel(Strided x) {
        return new adjoint.kernel.Standardize(x, dims.marks(), centre == Centre.MEAN, eps);
    }

    Standardize batched() {
        return new Standardize(dims.batched(), centre, eps);
    }
}
