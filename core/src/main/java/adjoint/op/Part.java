package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;

/**
 * One of several views that one operation makes ({@code split}, {@code unbind}). PyTorch does not allow writes in place
 * into such a view while they would be recorded.
 */
public record Part(ViewOp view, String opName) implements ViewOp {
    @Override
    public Strided evaluate(Strided... in) {
        return view.evaluate(in);
    }

    @Override
    public boolean isPart() {
        return view.isPart();
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return view.transpose(i, g, positions);
    }

    @Override
    public ViewOp batched(long size) {
        return new Part(view.batched(size), opName);
    }
}
