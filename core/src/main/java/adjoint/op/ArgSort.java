package adjoint.op;

import adjoint.kernel.Order;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Sort;
import adjoint.tensor.Tensor;

/** Where the elements along a dimension lie in their order; equals stay in theirs. */
public record ArgSort(int dim, Sort sort) implements DiscreteOp {
    @Override
    public String opName() {
        return "argsort";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Order.argSort(in[0], dim, sort == Sort.DESCENDING);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new ArgSort(dim + 1, sort), in);
    }
}
