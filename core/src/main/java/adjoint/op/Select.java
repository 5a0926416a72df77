package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/** One position of a dimension; the dimension disappears. {@code index} counts from 0. */
public record Select(Shape from, int dim, long index) implements ViewOp {
    @Override
    public String opName() {
        return "select";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided x = in[0];
        int rank = from.rank();
        long[] sizes = new long[rank - 1];
        long[] strides = new long[rank - 1];
        for (int d = 0, k = 0; d < rank; d++) {
            if (d != dim) {
                sizes[k] = from.size(d);
                strides[k++] = x.stride(d);
            }
        }
        return x.view(Shape.of(sizes), x.offset() + (int) (index * x.stride(dim)), strides);
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
        return new Select(Batching.shape(size, from), dim + 1, index);
    }
}
