package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Gather;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * A copy of x with values written (or added) at positions given by integer tensors for its leading dimensions. Inputs:
 * x, the values (of shape {@code part}), then the index tensors (I64, broadcast to {@code index}).
 *
 * @param from the shape of x
 * @param index the shape that the index tensors broadcast to
 * @param part the shape of what the positions address
 */
public record IndexPut(Shape from, Shape index, Shape part, Accumulate mode) implements LinearOp {
    @Override
    public String opName() {
        return "index_put";
    }

    @Override
    public int linearInputs() {
        return 2;
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided out = Copy.of(in[0], in[0].dtype());
        evaluateInto(out, in);
        return out;
    }

    /** Writes into {@code target} itself, which has the first input's shape. */
    public void evaluateInto(Strided target, Strided... in) {
        Strided values = in[1].array() == target.array() ? Copy.of(in[1], in[1].dtype()) : in[1];
        Gather.scatter(target, IndexGet.tail(in, 2), index, values, mode == Accumulate.ADD);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        int addressed = from.rank() - (part.rank() - index.rank());
        if (i == 0 && mode == Accumulate.ADD) {
            return g;
        }
        Tensor[] inputs = new Tensor[addressed + (i == 0 ? 2 : 1)];
        inputs[0] = g;
        if (i == 0) {
            inputs[1] = Tensor.zeros(g.dtype(), part.sizes());
        }
        for (int k = 0; k < addressed; k++) {
            inputs[inputs.length - addressed + k] = positions.input(2 + k);
        }
        return Engine.run(i == 0 ? this : new IndexGet(from, index, part), inputs);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor[] inputs = in.clone();
        inputs[0] = Batching.spread(size, batched[0], in[0]);
        if (!Batching.any(batched, 2)) {
            // One set of positions for all: the examples are one more dimension behind the addressed ones.
            inputs[0] = Batching.toLast(inputs[0]);
            inputs[1] = batched[1] ? Batching.toLast(Batching.align(in[1], part.rank())) : in[1].unsqueeze(-1);
            var all = new IndexPut(Batching.last(from, size), index, Batching.last(part, size), mode);
            return Batching.toFirst(Engine.run(all, inputs));
        }
        Batching.alignAll(inputs, batched, 2, index.rank());
        inputs[1] = batched[1] ? Batching.align(in[1], part.rank()) : in[1];
        return Engine.run(
                new IndexPut(Batching.shape(size, from), Batching.shape(size, index), Batching.shape(size, part), mode),
                Batching.insert(inputs, 2, Batching.numbers(size, index.rank())));
    }
}
