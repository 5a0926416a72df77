package adjoint.linalg;

import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** X of T X = B for triangular T: {@code [..., n, n]} and {@code [..., n, k]}. A zero on the diagonal gives infinities. */
record TriangularSolve(Triangle triangle, MainDiagonal diagonal) implements MatrixOp {
    @Override
    public String opName() {
        return "solve_triangular";
    }

    @Override
    public String gradName() {
        return "LinalgSolveTriangularBackward0";
    }

    @Override
    public Numbers compute(Numbers... in) {
        int n = (int) in[0].shape().size(-1);
        int columns = (int) in[1].shape().size(-1);
        double[] x = in[1].values();
        Matrices.each(
                in[0].shape(),
                2,
                i -> Triangular.solve(in[0].values(), i * n * n, n, triangle, diagonal, x, i * n * columns, columns));
        return new Numbers(in[1].shape(), in[1].dtype(), x);
    }

    @Override
    public long keeps(long needs) {
        return 1 | ((needs & 1) == 0 ? 0 : RESULT);
    }

    /** As that of {@link Solve}; what is not read of T has gradient 0. */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Triangle other = triangle == Triangle.LOWER ? Triangle.UPPER : Triangle.LOWER;
        Tensor h =
                Engine.run(new TriangularSolve(other, diagonal), saved.input(0).mT(), g);
        if (i == 1) {
            return h;
        }
        Tensor all = h.matmul(saved.output().mT()).neg();
        int outside = diagonal == MainDiagonal.ONES ? 1 : 0;
        return triangle == Triangle.LOWER ? all.tril(-outside) : all.triu(outside);
    }
}
