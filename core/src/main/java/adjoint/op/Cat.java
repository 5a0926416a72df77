package adjoint.op;

import adjoint.kernel.Copy;
import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.List;

/** Tensors laid one after the other along a dimension. */
public final class Cat implements LinearOp {
    private final List<Shape> from;
    private final int dim;
    private final Shape to;
    private final long[] starts;

    /** Tensors of these shapes, to be laid along {@code dim}. */
    public Cat(List<Shape> from, int dim, Shape to) {
        this.from = from;
        this.dim = dim;
        this.to = to;
        starts = new long[from.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + from.get(i - 1).size(dim);
        }
    }

    @Override
    public String opName() {
        return "cat";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided out = Strided.zeros(in[0].dtype(), to);
        for (int i = 0; i < in.length; i++) {
            Copy.into(part(i).evaluate(out), in[i]);
        }
        return out;
    }

    private Slice part(int i) {
        return new Slice(to, dim, starts[i], from.get(i).size(dim), 1);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return Engine.run(part(i), g);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        Tensor[] all = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            all[i] = Batching.spread(size, batched[i], in[i]);
        }
        List<Shape> shapes = from.stream().map(s -> Batching.shape(size, s)).toList();
        return Engine.run(new Cat(shapes, dim + 1, Batching.shape(size, to)), all);
    }
}
