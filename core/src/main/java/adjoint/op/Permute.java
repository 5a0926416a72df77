package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Dimensions in another order: dimension {@code d} of the result is dimension {@code order.get(d)} of the input.
 *
 * @param order every dimension once
 */
public record Permute(List<Integer> order) implements ViewOp {
    @Override
    public String opName() {
        return "permute";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided x = in[0];
        int rank = order.size();
        long[] sizes = new long[rank];
        long[] strides = new long[rank];
        for (int d = 0; d < rank; d++) {
            sizes[d] = x.shape().size(order.get(d));
            strides[d] = x.stride(order.get(d));
        }
        return x.view(Shape.of(sizes), x.offset(), strides);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        int[] inverse = new int[order.size()];
        for (int d = 0; d < inverse.length; d++) {
            inverse[order.get(d)] = d;
        }
        return g.permute(inverse);
    }

    @Override
    public ViewOp batched(long size) {
        List<Integer> shifted = new ArrayList<>(List.of(0));
        order.forEach(d -> shifted.add(d + 1));
        return new Permute(List.copyOf(shifted));
    }
}
