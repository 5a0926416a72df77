package adjoint.op;

import adjoint.kernel.Softmax;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;

/** {@code x − log Σ exp(x)} along a dimension, scaled by the largest: no exponent is above 0. */
public record LogSoftmaxOp(int dim) implements RuleOp {
    @Override
    public String opName() {
        return "log_softmax";
    }

    @Override
    public Strided evaluate(Strided... in) {
        DType dtype = in[0].dtype();
        return Softmax.logarithm(
                in[0], dim, Unary.EXP.op().over(dtype), Unary.LOG.op().over(dtype));
    }

    @Override
    public long keeps(long needs) {
        return RESULT;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        return Engine.run(new LogSoftmaxBackward(dim), g, saved.output());
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new LogSoftmaxOp(dim + 1), in);
    }
}
