package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * Another shape for the same elements in row-major order. PyTorch: {@code view}. Tensors are only made views of where no
 * copy is needed; gradients, which may lie in another way, are copied where they have to be.
 */
public record Reshape(Shape from, Shape to) implements ViewOp {
    @Override
    public String opName() {
        return "view";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided x = in[0];
        long[] strides = x.isRowMajor() ? null : Layouts.reshape(x, to);
        return strides == null ? x.rowMajor().withShape(to) : x.view(to, x.offset(), strides);
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return g.reshape(from.sizes());
    }

    @Override
    public ViewOp batched(long size) {
        return new Reshape(Batching.shape(size, from), Batching.shape(size, to));
    }
}
