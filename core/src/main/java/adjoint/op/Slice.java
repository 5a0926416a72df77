package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/** Every {@code step}-th position of a dimension, {@code count} of them from {@code start}. */
public record Slice(Shape from, int dim, long start, long count, long step) implements ViewOp {
    @Override
    public String opName() {
        return "slice";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided x = in[0];
        long[] sizes = from.sizes();
        long[] strides = x.strides();
        sizes[dim] = count;
        int offset = x.offset() + (count == 0 ? 0 : (int) (start * strides[dim]));
        strides[dim] *= step;
        return x.view(Shape.of(sizes), offset, strides);
    }

    @Override
    public boolean isPart() {
        return true;
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return Engine.run(new ViewScatter(this), LinearOp.zeros(g, from), g);
    }

    @Override
    public ViewOp batched(long size) {
        return new Slice(Batching.shape(size, from), dim + 1, start, count, step);
    }
}
