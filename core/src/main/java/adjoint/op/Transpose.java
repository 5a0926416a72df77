package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * Two dimensions swapped.
 *
 * @param gradName the printed name: PyTorch has one each for t and transpose
 */
public record Transpose(int a, int b, String gradName) implements ViewOp {
    @Override
    public String opName() {
        return "transpose";
    }

    @Override
    public Strided evaluate(Strided... in) {
        long[] sizes = in[0].shape().sizes();
        long[] strides = in[0].strides();
        swap(sizes);
        swap(strides);
        return in[0].view(Shape.of(sizes), in[0].offset(), strides);
    }

    private void swap(long[] x) {
        if (a != b) {
            long t = x[a];
            x[a] = x[b];
            x[b] = t;
        }
    }

    @Override
    public Tensor transpose(int i, Tensor g, Saved positions) {
        return g.transpose(a, b);
    }

    @Override
    public ViewOp batched(long size) {
        return new Transpose(a + 1, b + 1, gradName);
    }
}
