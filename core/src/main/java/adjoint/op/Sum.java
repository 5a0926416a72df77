package adjoint.op;

import adjoint.kernel.Reduce;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * The sum over some dimensions.
 *
 * @param from the input's shape
 * @param dims which dimensions are summed
 * @param to the result's shape
 */
public record Sum(Shape from, Dims dims, Shape to, String gradName) implements LinearOp {
    @Override
    public String opName() {
        return "sum";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Reduce.sum(in[0], dims.marks(), to);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        Tensor aligned = to.rank() == 0 ? g : g.reshape(dims.kept(from).sizes());
        return aligned.expand(from.sizes());
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Shape many = Batching.shape(size, from);
        return Engine.run(new Sum(many, dims.batched(), Batching.shape(size, to), gradName), in);
    }
}
