package adjoint.op;

import adjoint.kernel.Gather;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * {@code out[…, i, …] = x[…, index[…, i, …], …]} along one dimension. PyTorch: {@code gather}; also how the largest
 * along a dimension reads its values. Inputs: x, index (I64, of the result's shape).
 */
public record Pick(Shape from, int dim, String gradName) implements LinearOp {
    @Override
    public String opName() {
        return "gather";
    }

    @Override
    public int linearInputs() {
        return 1;
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Gather.along(in[0], dim, in[1]);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        Tensor zeros = LinearOp.zeros(g, from);
        return Engine.run(new Scatter(from, dim, Accumulate.ADD), zeros, g, positions.input(1));
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return Engine.run(
                new Pick(Batching.shape(size, from), dim + 1, gradName),
                Batching.spread(size, batched[0], in[0]),
                Batching.spread(size, batched[1], in[1]));
    }
}
