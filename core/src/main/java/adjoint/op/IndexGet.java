package adjoint.op;

import adjoint.kernel.Gather;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * {@code out[i…, r…] = x[index₁[i…], index₂[i…], …, r…]}: elements at positions given by integer tensors for the leading
 * dimensions. Inputs: x, then the index tensors (I64, broadcast to {@code index}).
 *
 * @param from the shape of x
 * @param index the shape that the index tensors broadcast to
 * @param to the result's shape
 */
public record IndexGet(Shape from, Shape index, Shape to) implements LinearOp {
    @Override
    public String opName() {
        return "index";
    }

    @Override
    public int linearInputs() {
        return 1;
    }

    @Override
    public Strided evaluate(Strided... in) {
        return Gather.gather(in[0], tail(in, 1), index, to);
    }

    static Strided[] tail(Strided[] in, int from) {
        return java.util.Arrays.copyOfRange(in, from, in.length);
    }

    /** How many dimensions the index tensors address: one each. */
    private int addressed() {
        return from.rank() - (to.rank() - index.rank());
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        Tensor[] inputs = new Tensor[2 + addressed()];
        inputs[0] = LinearOp.zeros(g, from);
        inputs[1] = g;
        for (int k = 2; k < inputs.length; k++) {
            inputs[k] = positions.input(k - 1);
        }
        return Engine.run(new IndexPut(from, index, to, Accumulate.ADD), inputs);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor[] inputs = in.clone();
        if (!Batching.any(batched, 1)) {
            // One set of positions for all: the examples are one more dimension behind the addressed ones.
            inputs[0] = Batching.toLast(in[0]);
            var all = new IndexGet(Batching.last(from, size), index, Batching.last(to, size));
            return Batching.toFirst(Engine.run(all, inputs));
        }
        Batching.alignAll(inputs, batched, 1, index.rank());
        Shape manyIndex = Batching.shape(size, index);
        Shape manyTo = Batching.shape(size, to);
        return batched[0]
                ? Engine.run(
                        new IndexGet(Batching.shape(size, from), manyIndex, manyTo),
                        Batching.insert(inputs, 1, Batching.numbers(size, index.rank())))
                : Engine.run(new IndexGet(from, manyIndex, manyTo), inputs);
    }
}
