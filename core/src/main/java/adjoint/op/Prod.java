package adjoint.op;

import adjoint.kernel.Scan;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * The product along a dimension. An element's gradient is the product of those before it and of those after it; nothing
 * is divided, so zeros are no exception.
 */
public record Prod(Shape from, int dim, String gradName) implements RuleOp {
    @Override
    public String opName() {
        return "prod";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Scan.total(in[0], dim, Dims.of(from, dim).removed(from));
    }

    @Override
    public long keeps(long needs) {
        return 1;
    }

    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor x = saved.input(0);
        Tensor product = g.unsqueeze(dim);
        for (Direction d : Direction.values()) {
            product = product.mul(Recurrence.shifted(Engine.run(new CumProd(dim, d), x), dim, d, 1));
        }
        return product;
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(new Prod(Batching.shape(size, from), dim + 1, gradName), in);
    }
}
