package adjoint.op;

import adjoint.kernel.Reduce;
import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/** The largest or smallest over some dimensions; its gradient is shared evenly among ties. PyTorch: {@code amax}. */
public record Extreme(Shape from, Dims dims, Shape to, Which which, String gradName) implements RuleOp {
    /** Which end is wanted. */
    public enum Which {
        MAX,
        MIN
    }

    @Override
    public String opName() {
        return which == Which.MAX ? "max" : "min";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Reduce.extreme(in[0], dims.marks(), to, which == Which.MAX);
    }

    @Override
    public boolean keepsInput(int i, Needs needs) {
        return true;
    }

    @Override
    public boolean keepsOutput(Needs needs) {
        return true;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        long[] kept = dims.kept(from).sizes();
        Tensor x = saved.input(0);
        Tensor best = saved.output().reshape(kept);
        Tensor hit = x.eq(best).logicalOr(x.isNaN().logicalAnd(best.isNaN())).to(g.dtype());
        Tensor share = hit.div(hit.sumTo(dims.kept(from)));
        return g.reshape(kept).mul(share);
    }
}
