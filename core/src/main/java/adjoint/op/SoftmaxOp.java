package adjoint.op;

import adjoint.kernel.Reduce;
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
        Dims dims = Dims.of(in[0].shape(), dim);
        Strided y = Binary.SUB.op().evaluate(in[0], largest(in[0], dims));
        Unary.EXP.op().evaluateInto(y, y);
        Strided sums = Reduce.sum(y, dims.marks(), dims.kept(y.shape()));
        Binary.DIV.op().evaluateInto(y, y, sums);
        return y;
    }

    @Override
    public long keeps(long needs) {
        return RESULT;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor y = saved.output();
        Tensor weighted = g.mul(y);
        return weighted.sub(y.mul(weighted.sumTo(Dims.of(y.shape(), dim).kept(y.shape()))));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new SoftmaxOp(dim + 1), in);
    }
}
