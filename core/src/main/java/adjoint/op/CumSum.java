package adjoint.op;

import adjoint.kernel.Scan;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** Running sums along a dimension. */
public record CumSum(int dim, Direction direction) implements LinearOp {
    @Override
    public String opName() {
        return "cumsum";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Scan.sum(in[0], dim, direction == Direction.BACKWARD);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return Engine.run(new CumSum(dim, direction.opposite()), g);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new CumSum(dim + 1, direction), in);
    }
}
