package adjoint.op;

import adjoint.kernel.Reduce;
import adjoint.kernel.Softmax;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** {@code exp(x) / Σ exp(x)} along a dimension, scaled by the largest: no exponent is above 0. */
public record SoftmaxOp(int dim) implements RuleOp {
    /** The largest over some dimensions, which keep a size of 1; 0 where there is none. */
    static Strided largest(Strided x, Dims dims) {
        if (x.numel() == 0) {
            return Strided.zeros(x.dtype(), dims.kept(x.shape()));
        }
        return Reduce.extreme(x, dims.marks(), dims.kept(x.shape()), true);
    }

    @Override
    public String opName() {
        return "softmax";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Softmax.of(in[0], dim, Unary.EXP.op().over(in[0].dtype()));
    }

    @Override
    public long keeps(long needs) {
        return RESULT;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        return Engine.run(new SoftmaxBackward(dim), g, saved.output());
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new SoftmaxOp(dim + 1), in);
    }
}
