package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/** Products of batches of matrices: {@code [..., m, k] × [..., k, n] → [..., m, n]}, leading dimensions equal. */
public record MatMul(Shape to) implements BilinearOp {
    @Override
    public String opName() {
        return "matmul";
    }

    @Override
    public String gradName() {
        return to.rank() == 2 ? "MmBackward0" : "BmmBackward0";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return adjoint.kernel.MatMul.multiply(in[0], in[1], to);
    }

    @Override
    public Tensor transposeLeft(Tensor g, Tensor right) {
        return g.matmul(right.transpose(-1, -2));
    }

    @Override
    public Tensor transposeRight(Tensor left, Tensor g) {
        return left.transpose(-1, -2).matmul(g);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return in[0].matmul(in[1]); // leading dimensions broadcast
    }
}
