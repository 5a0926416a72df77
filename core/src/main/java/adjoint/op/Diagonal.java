package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * The elements whose position in {@code b} is that in {@code a} plus {@code above}, along a new last dimension in place of
 * those two.
 */
public record Diagonal(Shape from, long above, int a, int b) implements ViewOp {
    @Override
    public String opName() {
        return "diagonal";
    }

    private long length() {
        return Math.max(
                0,
                above >= 0
                        ? Math.min(from.size(a), from.size(b) - above)
                        : Math.min(from.size(a) + above, from.size(b)));
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided x = in[0];
        int rank = from.rank();
        long[] sizes = new long[rank - 1];
        long[] strides = new long[rank - 1];
        int k = 0;
        for (int d = 0; d < rank; d++) {
            if (d != a && d != b) {
                sizes[k] = from.size(d);
                strides[k++] = x.stride(d);
            }
        }
        sizes[k] = length();
        strides[k] = x.stride(a) + x.stride(b);
        long skip = sizes[k] == 0 ? 0 : above >= 0 ? above * x.stride(b) : -above * x.stride(a);
        return x.view(Shape.of(sizes), x.offset() + (int) skip, strides);
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
        return new Diagonal(Batching.shape(size, from), above, a + 1, b + 1);
    }
}
