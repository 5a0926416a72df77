package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;

/** A copy as another element type. PyTorch: {@code to}. */
public record Cast(DType from, DType to) implements LinearOp {
    @Override
    public String opName() {
        return "to";
    }

    @Override
    public String gradName() {
        return "ToCopyBackward0";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Copy.of(in[0], to);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return g.to(from);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(this, in);
    }
}
