package adjoint.linalg;

import adjoint.tensor.Tensor;
import adjoint.types.Shape;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The pseudoinverses {@code [..., n, m]} of matrices {@code [..., m, n]}: the inverse of what is left when singular values
 * of no more than max(atol, rtol · the largest) count as 0. Further inputs: atol and rtol, {@code [...]}.
 */
record PseudoInverse(Structure structure) implements MatrixOp {
    @Override
    public String opName() {
        return "pinv";
    }

    @Override
    public String gradName() {
        return "LinalgPinvBackward0";
    }

    @Override
    public Numbers compute(Numbers... in) {
        Shape shape = in[0].shape();
        int m = (int) shape.size(-2);
        int n = (int) shape.size(-1);
        Shape to = Shape.of(Matrices.joined(Matrices.leading(shape, 2), n, m));
        double[] out = new double[(int) to.numel()];
        Matrices.each(shape, 2, i -> {
            if (m > 0 && n > 0) {
                DMatrixRMaj inverse = invert(in[0].values(), i, m, n, in[1].values()[i], in[2].values()[i]);
                System.arraycopy(inverse.data, 0, out, i * n * m, n * m);
            }
        });
        return new Numbers(to, in[0].dtype(), out);
    }

    private DMatrixRMaj invert(double[] a, int i, int m, int n, double atol, double rtol) {
        double[] values;
        DMatrixRMaj left; // its rows are the vectors that the values belong to, in the space of columns
        DMatrixRMaj right; // and in that of rows
        if (structure == Structure.SYMMETRIC) {
            var parts = EighFactors.decompose(Matrices.mirrored(a, i, n), true);
            values = parts.values();
            left = parts.vectors();
            right = left.copy();
        } else {
            var parts = SVDFactors.decompose(Matrices.copy(a, i, m, n), SVDMode.REDUCED);
            values = parts.s();
            left = parts.vt();
            right = CommonOps_DDRM.transpose(parts.u(), null);
        }
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int k = 0; k < values.length; k++) {
            boolean counts = Math.abs(values[k]) > Math.max(atol, rtol * largest);
            CommonOps_DDRM.scaleRow(counts ? 1 / values[k] : 0, left, k);
        }
        DMatrixRMaj inverse = new DMatrixRMaj(n, m);
        CommonOps_DDRM.multTransA(left, right, inverse);
        return inverse;
    }

    @Override
    public long keeps(long needs) {
        return 1 | RESULT | needs;
    }

    /**
     * With P = A⁺: −Pᵀ G Pᵀ + (I − A P) Gᵀ P Pᵀ + Pᵀ P Gᵀ (I − P A), where the rank does not change (Golub and Pereyra 1973,
     * The differentiation of pseudo-inverses and nonlinear least squares problems, equation 4.12).
     */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        if (i > 0) {
            return Tensor.zerosLike(saved.input(i)); // a bound
        }
        Tensor a = saved.input(0);
        Tensor p = saved.output();
        Tensor pt = p.mT();
        Tensor gt = g.mT();
        Tensor gtp = gt.matmul(p).matmul(pt);
        Tensor pgt = pt.matmul(p.matmul(gt));
        return gtp.sub(a.matmul(p.matmul(gtp)))
                .add(pgt.sub(pgt.matmul(p).matmul(a)))
                .sub(pt.matmul(g).matmul(pt));
    }
}
