package adjoint.linalg;

import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** X of A X = B: {@code [..., n, n]} and {@code [..., n, k]}. */
record Solve(String opName, String gradName, Singular singular) implements MatrixOp {
    /** What becomes of a matrix whose equations have no or more than one solution. */
    enum Singular {
        /** It is refused. */
        ERROR,
        /** The result holds infinities or NaN. */
        INFINITE
    }

    @Override
    public Numbers compute(Numbers... in) {
        int n = (int) in[0].shape().size(-1);
        int columns = (int) in[1].shape().size(-1);
        double[] x = in[1].values();
        Matrices.each(in[0].shape(), 2, i -> {
            Elimination lu = Elimination.of(in[0].values(), i, n, n);
            (singular == Singular.ERROR ? lu.regular(opName, in[0].shape()) : lu).solve(x, i * n * columns, columns);
        });
        return new Numbers(in[1].shape(), in[1].dtype(), x);
    }

    @Override
    public long keeps(long needs) {
        return 1 | ((needs & 1) == 0 ? 0 : RESULT);
    }

    /** With G the gradient of X, that of B is A⁻ᵀ G, and that of A is −A⁻ᵀ G Xᵀ (Giles 2008, section 2.2.3). */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor h = Engine.run(this, saved.input(0).mT(), g);
        return i == 1 ? h : h.matmul(saved.output().mT()).neg();
    }
}
