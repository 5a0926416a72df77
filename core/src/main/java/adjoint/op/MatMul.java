package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;
import adjoint.types.Shape;

/**
 * Products of batches of matrices: {@code [..., m, k] × [..., k, n] → [..., m, n]}, leading dimensions equal.
 *
 * @param turned whether the columns of the right input, not its rows, lie along memory, as of a transposed weight: its
 *     gradient is then computed so, too, and the weight's is in order again
 */
public record MatMul(Shape to, boolean turned) implements BilinearOp {
    /** For a right input whose rows lie along memory. */
    public MatMul(Shape to) {
        this(to, false);
    }

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
        return turned
                ? g.transpose(-1, -2).matmul(left).transpose(-1, -2)
                : left.transpose(-1, -2).matmul(g);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return in[0].matmul(in[1]); // leading dimensions broadcast
    }
}
