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
}
