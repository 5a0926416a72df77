package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/** Another shape for the same elements in row-major order, without copying. PyTorch: {@code view}. */
public record Reshape(Shape from, Shape to) implements ViewOp {
    @Override
    public String opName() {
        return "view";
    }

    @Override
    public Strided evaluate(Strided... in) {
        Strided x = in[0];
        return x.isRowMajor() ? x.withShape(to) : x.view(to, x.offset(), Layouts.reshape(x, to));
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return g.reshape(from.sizes());
    }
}
