package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/** Dimensions of size 1, or missing ones at the left, repeated without copying. */
public record Expand(Shape from, Shape to) implements ViewOp {
    @Override
    public String opName() {
        return "expand";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided x = in[0];
        long[] strides = new long[to.rank()];
        int missing = to.rank() - from.rank();
        for (int d = missing; d < strides.length; d++) {
            strides[d] = from.size(d - missing) == 1 ? 0 : x.stride(d - missing);
        }
        return x.view(to, x.offset(), strides);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return g.sumTo(from);
    }
}
