package adjoint.linalg;

import adjoint.tensor.Tensor;
import adjoint.types.LinalgException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * L, lower triangular, of A = L Lᵀ for symmetric positive definite A, {@code [..., n, n]}, of which only the lower
 * triangle is read.
 *
 * @param otherwise NaN, or an error, where a matrix is not positive definite
 */
record CholeskyFactor(Otherwise otherwise) implements MatrixOp {
    /** What becomes of a matrix without such an L. */
    enum Otherwise {
        ERROR,
        NAN
    }

    @Override
    public String opName() {
        return "cholesky";
    }

    @Override
    public String gradName() {
        return "LinalgCholeskyExBackward0";
    }

    @Override
    public Numbers compute(Numbers... in) {
        int n = (int) in[0].shape().size(-1);
        double[] out = new double[in[0].values().length];
        Matrices.each(in[0].shape(), 2, i -> {
            DMatrixRMaj a = Matrices.mirrored(in[0].values(), i, n);
            DMatrixRMaj l = factor(a.copy());
            if (l != null) {
                System.arraycopy(l.data, 0, out, i * n * n, n * n);
            } else if (otherwise == Otherwise.NAN) {
                java.util.Arrays.fill(out, i * n * n, (i + 1) * n * n, Double.NaN);
            } else {
                throw new LinalgException("cholesky: of a tensor of shape " + in[0].shape() + ": matrix " + i
                        + " of them is not positive definite (its leading " + failing(a) + " rows and columns are not)."
                        + " Check that it is symmetric, or add a small multiple of the identity.");
            }
        });
        return new Numbers(in[0].shape(), in[0].dtype(), out);
    }

    /** L, or null if there is none. Overwrites the matrix. */
    private static DMatrixRMaj factor(DMatrixRMaj a) {
        var cholesky = DecompositionFactory_DDRM.chol(a.numRows, true);
        if (a.numRows == 0 || !cholesky.decompose(a)) {
            return a.numRows == 0 ? a : null;
        }
        DMatrixRMaj l = cholesky.getT(null);
        return Double.isNaN(l.get(a.numRows - 1, a.numRows - 1)) ? null : l;
    }

    /** The order of the smallest leading block that is not positive definite; 0 if there is none. */
    static int failing(DMatrixRMaj a) {
        if (factor(a.copy()) != null) {
            return 0;
        }
        int order = 1;
        while (factor(block(a, order)) != null) {
            order++;
        }
        return order;
    }

    private static DMatrixRMaj block(DMatrixRMaj a, int order) {
        DMatrixRMaj block = new DMatrixRMaj(order, order);
        for (int r = 0; r < order; r++) {
            System.arraycopy(a.data, r * a.numCols, block.data, r * order, order);
        }
        return block;
    }

    @Override
    public long keeps(long needs) {
        return RESULT;
    }

    /**
     * L⁻ᵀ sym(Φ(Lᵀ G)) L⁻¹, where Φ takes the lower triangle and half of the diagonal (Murray 2016, Differentiation of the
     * Cholesky decomposition, section 3.2): the gradient of a function of symmetric matrices, symmetric itself.
     */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor l = saved.output();
        Tensor p = l.mT().matmul(g).tril();
        // Φ(X) + Φ(X)ᵀ: both triangles, the diagonal once.
        Tensor symmetric = p.add(p.tril(-1).mT());
        Tensor left = Solving.triangular(l.mT(), symmetric, Triangle.UPPER);
        return Solving.triangular(l.mT(), left.mT(), Triangle.UPPER).mul(0.5);
    }
}
