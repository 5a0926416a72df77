package adjoint.op;

import adjoint.kernel.Reduce;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/** The Euclidean norm over some dimensions; its gradient where the norm is 0 is 0. */
public record Norm2(Shape from, Dims dims, Shape to) implements RuleOp {
    @Override
    public String opName() {
        return "norm";
    }

    @Override
    public String gradName() {
        return "LinalgVectorNormBackward0";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided sums = Reduce.squares(in[0], dims.marks(), to);
        if (sums == null) {
            sums = Reduce.sum(Unary.POW_2.op().evaluate(in), dims.marks(), to);
        }
        Unary.SQRT.op().evaluateInto(sums, sums);
        return sums;
    }

    @Override
    public long keeps(long needs) {
        return 1 | RESULT;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        long[] kept = dims.kept(from).sizes();
        Tensor norm = saved.output().reshape(kept);
        Tensor x = saved.input(0);
        Tensor ratio = x.div(norm);
        return Tensor.where(norm.eq(0), Tensor.zerosLike(ratio), ratio).mul(g.reshape(kept));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Shape many = Batching.shape(size, from);
        return Engine.run(new Norm2(many, dims.batched(), Batching.shape(size, to)), in);
    }
}
