package adjoint.linalg;

import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;

/** X of L Lᵀ X = B, or of Uᵀ U X = B: {@code [..., n, n]} and {@code [..., n, k]}. */
record CholeskySolve(Triangle triangle, String gradName) implements MatrixOp {
    @Override
    public String opName() {
        return "cholesky_solve";
    }

    @Override
    public Numbers compute(Numbers... in) {
        int n = (int) in[0].shape().size(-1);
        int columns = (int) in[1].shape().size(-1);
        double[] factor = in[0].values();
        double[] x = in[1].values();
        double[] l = new double[n * n];
        double[] u = new double[n * n];
        Matrices.each(in[0].shape(), 2, i -> {
            double[] own = triangle == Triangle.LOWER ? l : u;
            double[] turned = triangle == Triangle.LOWER ? u : l;
            for (int j = 0; j < n * n; j++) {
                own[j] = factor[i * n * n + j];
                turned[j] = factor[i * n * n + j % n * n + j / n];
            }
            Triangular.solve(l, 0, n, Triangle.LOWER, MainDiagonal.GIVEN, x, i * n * columns, columns);
            Triangular.solve(u, 0, n, Triangle.UPPER, MainDiagonal.GIVEN, x, i * n * columns, columns);
        });
        return new Numbers(in[1].shape(), in[1].dtype(), x);
    }

    @Override
    public long keeps(long needs) {
        return 1 | ((needs & 1) == 0 ? 0 : RESULT);
    }

    /**
     * With H = A⁻¹ G, the gradient of B, that of the symmetric A is −(H Xᵀ + X Hᵀ)/2, and that of L twice as much times L.
     * As in PyTorch it is that of all of L, as though both triangles were read.
     */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor factor = saved.input(0);
        Tensor h = Engine.run(this, factor, g);
        if (i == 1) {
            return h;
        }
        Tensor half = h.matmul(saved.output().mT());
        Tensor both = half.add(half.mT()).neg();
        return triangle == Triangle.LOWER ? both.matmul(factor) : factor.matmul(both);
    }
}
