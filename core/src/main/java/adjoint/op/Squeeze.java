package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/** Dimensions of size 1 removed or inserted: every stride stays, those of size 1 do not matter. */
public record Squeeze(Shape from, Shape to, String opName, String gradName) implements ViewOp {
    @Override
    public Strided evaluate(Strided... in) {
        Strided x = in[0];
        long[] strides = new long[to.rank()];
        int k = 0;
        for (int d = 0; d < strides.length; d++) {
            if (to.size(d) == 1) {
                strides[d] = 1;
                continue;
            }
            while (from.size(k) == 1) {
                k++;
            }
            strides[d] = x.stride(k++);
        }
        return x.view(to, x.offset(), strides);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return g.reshape(from.sizes());
    }

    @Override
    public ViewOp batched(long size) {
        return new Squeeze(Batching.shape(size, from), Batching.shape(size, to), opName, gradName);
    }
}
