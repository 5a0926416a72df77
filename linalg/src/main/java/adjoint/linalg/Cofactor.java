package adjoint.linalg;

import adjoint.tensor.Tensor;

/**
 * The cofactors of matrices {@code [..., n, n]}: the derivative of the determinant, {@code det(A) A⁻ᵀ}. It exists for
 * singular matrices too; there it is computed from the minors. Its own derivative is known here for regular ones only.
 */
enum Cofactor implements MatrixOp {
    COFACTOR;

    @Override
    public String opName() {
        return "cofactor";
    }

    @Override
    public Numbers compute(Numbers... in) {
        int n = (int) in[0].shape().size(-1);
        double[] a = in[0].values();
        double[] out = new double[a.length];
        Matrices.each(in[0].shape(), 2, m -> {
            Elimination lu = Elimination.ofTransposed(a, m, n);
            if (lu.sign() == 0) {
                minors(a, m * n * n, n, out);
            } else {
                inverse(lu, m * n * n, n, out);
            }
        });
        return new Numbers(in[0].shape(), in[0].dtype(), out);
    }

    /** The determinant times the inverse of the transpose, which is what was factored. */
    private static void inverse(Elimination lu, int at, int n, double[] out) {
        double[] x = new double[n * n];
        for (int i = 0; i < n; i++) {
            x[i * n + i] = 1;
        }
        lu.solve(x, 0, n);
        double det = lu.det();
        for (int i = 0; i < n * n; i++) {
            out[at + i] = det * x[i];
        }
    }

    private static void minors(double[] a, int at, int n, double[] out) {
        double[] minor = new double[(n - 1) * (n - 1)];
        for (int i = 0; i < n * n; i++) {
            int k = 0;
            for (int j = 0; j < n * n; j++) {
                if (j / n != i / n && j % n != i % n) {
                    minor[k++] = a[at + j];
                }
            }
            double det = Elimination.of(minor, 0, n - 1, n - 1).det();
            out[at + i] = (i / n + i % n) % 2 == 0 ? det : -det;
        }
    }

    @Override
    public long keeps(long needs) {
        return 1;
    }

    /** With C = det(A) B, B = A⁻ᵀ: ⟨H, dC⟩ = det(A) ⟨⟨H, B⟩ B − B Hᵀ B, dA⟩. */
    @Override
    public Tensor gradient(int i, Tensor h, Saved saved) {
        Tensor a = saved.input(0);
        Tensor b = Solving.inv("inv", a, Solve.Singular.INFINITE).mT();
        Tensor along = Matrices.each(h.mul(b).sum(-1, -2));
        Tensor across = b.matmul(h.mT()).matmul(b);
        return b.mul(along).sub(across).mul(Matrices.each(Linalg.det(a)));
    }
}
