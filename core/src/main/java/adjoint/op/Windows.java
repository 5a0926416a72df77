package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * Windows of {@code size} positions of a dimension, one every {@code step}: the dimension counts windows, a new last one
 * the places in them. PyTorch: {@code Tensor.unfold}.
 */
public record Windows(Shape from, int dim, long size, long step) implements ViewOp {
    @Override
    public String opName() {
        return "unfold";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided x = in[0];
        int rank = from.rank();
        long[] sizes = new long[rank + 1];
        long[] strides = new long[rank + 1];
        for (int d = 0; d < rank; d++) {
            sizes[d] = from.size(d);
            strides[d] = x.stride(d);
        }
        sizes[rank] = size;
        strides[rank] = rank == 0 ? 1 : x.stride(dim);
        if (rank > 0) {
            sizes[dim] = (from.size(dim) - size) / step + 1;
            strides[dim] = step * x.stride(dim);
        }
        return x.view(Shape.of(sizes), x.offset(), strides);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return AsStrided.addBack(this, from, g);
    }

    @Override
    public ViewOp batched(long examples) {
        if (from.rank() == 0) {
            Shape many = Batching.shape(examples, from);
            return new AsStrided(many, Shape.of(examples, size), java.util.List.of(1L, 1L), 0);
        }
        return new Windows(Batching.shape(examples, from), dim + 1, size, step);
    }
}
