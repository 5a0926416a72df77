package adjoint.linalg;

import adjoint.tensor.Tensor;
import adjoint.types.LinalgException;
import adjoint.types.Shape;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/** The singular values in falling order, U and Vᵀ of A = U diag(S) Vᵀ. */
record SVDFactors(int m, int n, SVDMode mode) implements MatrixOp {
    private int k() {
        return Math.min(m, n);
    }

    Packing packing() {
        boolean full = mode == SVDMode.FULL;
        return new Packing(
                opName(), gradName(), Shape.of(k()), Shape.of(m, full ? m : k()), Shape.of(full ? n : k(), n));
    }

    @Override
    public String opName() {
        return "svd";
    }

    @Override
    public String gradName() {
        return "LinalgSvdBackward0";
    }

    /** What a matrix is decomposed into; without U and Vᵀ where these are not wanted. */
    record Parts(double[] s, DMatrixRMaj u, DMatrixRMaj vt) {}

    /**
     * Decomposes the matrix, which is overwritten.
     *
     * @param mode null for the singular values alone
     */
    static Parts decompose(DMatrixRMaj a, SVDMode mode) {
        if (!Matrices.isFinite(a)) {
            throw new LinalgException(
                    "svd: of an " + a.numRows + " × " + a.numCols + " matrix that holds NaN or infinity:"
                            + " it has no singular values. Find out where these come from, or replace them with nanToNum.");
        }
        int k = Math.min(a.numRows, a.numCols);
        if (k == 0) {
            boolean full = mode == SVDMode.FULL;
            DMatrixRMaj u = CommonOps_DDRM.identity(a.numRows, full ? a.numRows : 0);
            return new Parts(new double[0], u, CommonOps_DDRM.identity(full ? a.numCols : 0, a.numCols));
        }
        boolean vectors = mode != null;
        var svd = DecompositionFactory_DDRM.svd(a.numRows, a.numCols, vectors, vectors, mode != SVDMode.FULL);
        if (!svd.decompose(a)) {
            throw new LinalgException("svd: of an " + a.numRows + " × " + a.numCols
                    + " matrix: it did not converge. Scale the matrix, or add a little noise.");
        }
        DMatrixRMaj u = vectors ? svd.getU(null, false) : null;
        DMatrixRMaj vt = vectors ? svd.getV(null, true) : null;
        double[] s = svd.getSingularValues();
        if (vectors) {
            SingularOps_DDRM.descendingOrder(u, false, s, k, vt, true);
            return new Parts(Arrays.copyOf(s, k), u, vt);
        }
        return new Parts(falling(s, k), null, null);
    }

    private static double[] falling(double[] s, int k) {
        double[] sorted = Arrays.copyOf(s, k);
        Arrays.sort(sorted);
        for (int i = 0; i < k / 2; i++) {
            double x = sorted[i];
            sorted[i] = sorted[k - 1 - i];
            sorted[k - 1 - i] = x;
        }
        return sorted;
    }

    @Override
    public Numbers compute(Numbers... in) {
        Packing packing = packing();
        Shape to = packing.of(Matrices.leading(in[0].shape(), 2));
        double[] out = new double[(int) to.numel()];
        Matrices.each(in[0].shape(), 2, i -> {
            Parts parts = decompose(Matrices.copy(in[0].values(), i, m, n), mode);
            int at = i * packing.total();
            System.arraycopy(parts.s, 0, out, at, k());
            System.arraycopy(parts.u.data, 0, out, at + packing.at(1), parts.u.getNumElements());
            System.arraycopy(parts.vt.data, 0, out, at + packing.at(2), parts.vt.getNumElements());
        });
        return new Numbers(to, in[0].dtype(), out);
    }

    @Override
    public long keeps(long needs) {
        return RESULT;
    }

    /**
     * U ((skew(UᵀŪ)/E) S + S (skew(VᵀV̄)/E) + diag(S̄)) Vᵀ, with E<sub>ij</sub> = s<sub>j</sub>² − s<sub>i</sub>² and
     * skew(X) = X − Xᵀ, and what leaves the spaces of U and V (Townsend 2016, Differentiating the singular value
     * decomposition; Giles 2008, section 3.2). Infinite or NaN where singular values are equal or, if m ≠ n, zero.
     * Vectors beyond the k that have singular values count as far as the space they span depends on A.
     */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Packing packing = packing();
        Tensor s = packing.get(saved.output(), 0);
        Tensor u = packing.get(saved.output(), 1);
        Tensor v = packing.get(saved.output(), 2).mT();
        Tensor gu = first(u, packing.get(g, 1));
        Tensor gv = first(v, packing.get(g, 2).mT());
        u = u.narrow(-1, 0, k());
        v = v.narrow(-1, 0, k());
        Tensor across = s.unsqueeze(-2);
        Tensor down = s.unsqueeze(-1);
        Tensor e = across.sub(down).mul(across.add(down)).add(Matrices.unit(k(), s.dtype()));
        Tensor inner = skew(u, gu)
                .div(e)
                .mul(across)
                .add(skew(v, gv).div(e).mul(down))
                .add(packing.get(g, 0).diagEmbed());
        Tensor all = u.matmul(inner);
        if (m > k()) {
            all = all.add(outside(u, gu).div(across));
        }
        all = all.matmul(v.mT());
        return n > k() ? all.add(u.matmul(outside(v, gv).div(across).mT())) : all;
    }

    private static Tensor skew(Tensor x, Tensor g) {
        Tensor product = x.mT().matmul(g);
        return product.sub(product.mT());
    }

    private static Tensor outside(Tensor x, Tensor g) {
        return g.sub(x.matmul(x.mT().matmul(g)));
    }

    /**
     * The gradient of the first k columns. Others, Z, move by −U (dUᵀ Z) to stay orthogonal; how they turn among
     * themselves is anyone's.
     */
    private Tensor first(Tensor x, Tensor g) {
        long more = x.size(-1) - k();
        Tensor own = g.narrow(-1, 0, k());
        if (more == 0) {
            return own;
        }
        Tensor z = x.narrow(-1, k(), more);
        return own.sub(z.matmul(g.narrow(-1, k(), more).mT()).matmul(x.narrow(-1, 0, k())));
    }
}
