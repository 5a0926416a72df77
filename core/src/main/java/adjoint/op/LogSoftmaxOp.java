package adjoint.op;

import adjoint.kernel.Reduce;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** {@code x − log Σ exp(x)} along a dimension, scaled by the largest: no exponent is above 0. */
public record LogSoftmaxOp(int dim) implements RuleOp {
    @Override
    public String opName() {
        return "log_softmax";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Dims dims = Dims.of(in[0].shape(), dim);
        Strided y = Binary.SUB.op().evaluate(in[0], SoftmaxOp.largest(in[0], dims));
        Strided sums = Reduce.sum(Unary.EXP.op().evaluate(y), dims.marks(), dims.kept(y.shape()));
        Unary.LOG.op().evaluateInto(sums, sums);
        Binary.SUB.op().evaluateInto(y, y, sums);
        return y;
    }

    @Override
    public long keeps(long needs) {
        return RESULT;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor y = saved.output();
        return g.sub(y.exp().mul(g.sumTo(Dims.of(y.shape(), dim).kept(y.shape()))));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new LogSoftmaxOp(dim + 1), in);
    }
}
