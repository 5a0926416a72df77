package adjoint.linalg;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;

/** Where the factoring of {@code n × n} matrices fails, {@code [...]}: see {@link ResultAndInfo}. */
enum Failure implements MatrixOp {
    /** The first pivot of elimination that is 0. */
    PIVOTS,
    /** The smallest leading block that is not positive definite. */
    CHOLESKY;

    @Override
    public String opName() {
        return "info";
    }

    @Override
    public Numbers compute(Numbers... in) {
        int m = (int) in[0].shape().size(-2);
        int n = (int) in[0].shape().size(-1);
        Shape to = Matrices.leading(in[0].shape(), 2);
        double[] out = new double[(int) to.numel()];
        Matrices.each(
                to,
                0,
                i -> out[i] = this == PIVOTS
                        ? Elimination.of(in[0].values(), i, m, n).zeroPivot()
                        : CholeskyFactor.failing(Matrices.mirrored(in[0].values(), i, n)));
        return new Numbers(to, DType.I32, out);
    }

    @Override
    public long keeps(long needs) {
        return needs;
    }

    /** None: places do not move. */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        return Tensor.zerosLike(saved.input(i));
    }
}
