package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * Dimensions of size 1, or missing ones at the left, repeated without copying.
 *
 * @param leading how many dimensions stay at the left of missing ones
 */
public record Expand(Shape from, Shape to, int leading) implements ViewOp {
    /** Missing dimensions come first. */
    public Expand(Shape from, Shape to) {
        this(from, to, 0);
    }

    @Override
    public String opName() {
        return "expand";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided x = in[0];
        long[] strides = new long[to.rank()];
        int missing = to.rank() - from.rank();
        for (int d = 0; d < strides.length; d++) {
            int own = d < leading ? d : d - missing;
            if (own >= leading || d < leading) {
                strides[d] = from.size(own) == 1 && to.size(d) != 1 ? 0 : x.stride(own);
            }
        }
        return x.view(to, x.offset(), strides);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        if (leading == 0) {
            return g.sumTo(from);
        }
        // With the missing dimensions written out, sizes broadcast from the right again.
        int missing = to.rank() - from.rank();
        long[] sizes = new long[to.rank()];
        for (int d = 0; d < sizes.length; d++) {
            sizes[d] = d < leading ? from.size(d) : d < leading + missing ? 1 : from.size(d - missing);
        }
        return g.sumTo(Shape.of(sizes)).reshape(from.sizes());
    }

    @Override
    public ViewOp batched(long size) {
        return new Expand(Batching.shape(size, from), Batching.shape(size, to), leading + 1);
    }
}
