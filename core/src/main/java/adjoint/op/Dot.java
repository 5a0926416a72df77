package adjoint.op;

import adjoint.kernel.Strided;
import adjoint.tensor.Tensor;

/** The sum of the products of two vectors of the same length. */
public enum Dot implements BilinearOp {
    DOT;

    @Override
    public String opName() {
        return "dot";
    }

    @Override
    public Strided evaluate(Strided... in) {
        return adjoint.kernel.MatMul.dot(in[0], in[1]);
    }

    @Override
    public Tensor transposeLeft(Tensor g, Tensor right) {
        return g.mul(right);
    }

    @Override
    public Tensor transposeRight(Tensor left, Tensor g) {
        return left.mul(g);
    }

    @Override
    public Tensor batch(long size, boolean[] batched, Tensor... in) {
        return batched[0] && batched[1]
                ? in[0].mul(in[1]).sum(1)
                : batched[0] ? in[0].matmul(in[1]) : in[1].matmul(in[0]);
    }
}
