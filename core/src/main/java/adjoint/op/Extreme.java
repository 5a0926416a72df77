package adjoint.op;

import adjoint.kernel.Reduce;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/** The largest or smallest over some dimensions; its gradient is shared evenly among ties. */
public record Extreme(Shape from, Dims dims, Shape to, Which which, Nans nans) implements RuleOp {
    /** Which end is wanted. */
    public enum Which {
        MAX,
        MIN
    }

    /** What the gradient is where the extreme is NaN. */
    public enum Nans {
        /** The NaNs share it, as in PyTorch's {@code max()}. */
        SHARE,
        /** It is NaN, as in PyTorch's {@code amax}. */
        SPREAD
    }

    @Override
    public String gradName() {
        String stem = which == Which.MAX ? "ax" : "in";
        return nans == Nans.SHARE ? "M" + stem + "Backward1" : "Am" + stem + "Backward0";
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
    public long keeps(long needs) {
        return 1 | RESULT;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        long[] kept = dims.kept(from).sizes();
        Tensor x = saved.input(0);
        Tensor best = saved.output().reshape(kept);
        Tensor same = x.eq(best);
        Tensor hit = (nans == Nans.SHARE ? same.logicalOr(x.isNaN().logicalAnd(best.isNaN())) : same).to(g.dtype());
        Tensor share = hit.div(hit.sumTo(dims.kept(from)));
        return g.reshape(kept).mul(share);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Shape many = Batching.shape(size, from);
        return Engine.run(new Extreme(many, dims.batched(), Batching.shape(size, to), which, nans), in);
    }
}
