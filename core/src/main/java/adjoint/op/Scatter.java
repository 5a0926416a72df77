package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Gather;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * A copy of x with {@code out[…, index[…, i, …], …] = values[…, i, …]} (or {@code +=}) along one dimension. PyTorch:
 * {@code scatter}, {@code scatter_add}. Inputs: x, the values, index (I64, of the values' shape).
 *
 * @param from the shape of x
 */
public record Scatter(Shape from, int dim, Accumulate mode) implements LinearOp {
    @Override
    public String opName() {
        return mode == Accumulate.ADD ? "scatter_add" : "scatter";
    }

    @Override
    public int linearInputs() {
        return 2;
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided out = Copy.of(in[0], in[0].dtype());
        Gather.scatterAlong(out, dim, in[2], in[1], mode == Accumulate.ADD);
        return out;
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        Tensor index = positions.input(2);
        if (i == 1) {
            return Engine.run(new Pick(from, dim, "GatherBackward0"), g, index);
        }
        return mode == Accumulate.ADD
                ? g
                : Engine.run(this, g, Tensor.zeros(g.dtype(), index.shape().sizes()), index);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor[] all = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            all[i] = Batching.spread(size, batched[i], in[i]);
        }
        return Engine.run(new Scatter(Batching.shape(size, from), dim + 1, mode), all);
    }
}
