package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;

/**
 * A linear operation whose gradient, where it is recorded, counts as one that depends on the input, if only by a
 * derivative of zero. PyTorch's pooling and padding are so: their second gradients are zeros, where those of other linear
 * operations are none.
 */
public record Linked(LinearOp op, String gradName) implements RuleOp {
    @Override
    public String opName() {
        return op.opName();
    }

    @Override
    public Strided evaluate(Strided... in) {
        return op.evaluate(in);
    }

    @Override
    public long keeps(long needs) {
        return op.keeps(needs) | 1;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor own = op.gradient(i, g, saved);
        Tensor x = saved.input(0);
        return Engine.isRecording() && x.requiresGrad() ? Tensor.where(Tensor.scalar(1, DType.BOOL), own, x) : own;
    }

    @Override
    public Tensor tangent(Tensor[] tangents, Saved values) {
        return op.tangent(tangents, values);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return op.batch(size, batched, in);
    }
}
