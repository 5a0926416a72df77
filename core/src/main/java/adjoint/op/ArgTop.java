package adjoint.op;

import adjoint.kernel.Order;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Sort;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * Where the first elements along a dimension lie in that order; equals stay in theirs.
 *
 * @param to the shape of the input with as many along the dimension as are wanted
 */
public record ArgTop(int dim, Sort sort, Shape to) implements DiscreteOp {
    @Override
    public String opName() {
        return "topk";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Order.argTop(in[0], dim, (int) to.size(dim), sort == Sort.DESCENDING, to);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new ArgTop(dim + 1, sort, Batching.shape(size, to)), in);
    }
}
