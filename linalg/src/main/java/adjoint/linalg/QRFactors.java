package adjoint.linalg;

import adjoint.tensor.Tensor;
import adjoint.types.GraphException;
import adjoint.types.Shape;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;

/**
 * Q and R of A = Q R, of {@code m × n} matrices that are not wide, m ≥ n. Signs are LAPACK's: a column that has nothing
 * to be reflected away is left as it is.
 *
 * @param columns how many of Q: n or m
 */
record QRFactors(int m, int n, int columns) implements MatrixOp {
    Packing packing() {
        return new Packing(opName(), gradName(), Shape.of(m, columns), Shape.of(columns, n));
    }

    @Override
    public String opName() {
        return "qr";
    }

    @Override
    public String gradName() {
        return "LinalgQrBackward0";
    }

    @Override
    public Numbers compute(Numbers... in) {
        Packing packing = packing();
        Shape to = packing.of(Matrices.leading(in[0].shape(), 2));
        double[] out = new double[(int) to.numel()];
        Matrices.each(in[0].shape(), 2, i -> {
            DMatrixRMaj a = Matrices.copy(in[0].values(), i, m, n);
            int at = i * packing.total();
            if (n == 0) {
                for (int c = 0; c < columns; c++) {
                    out[at + c * columns + c] = 1;
                }
            } else if (Matrices.isFinite(a)) {
                factor(a, out, at);
            } else {
                Arrays.fill(out, at, at + packing.total(), Double.NaN);
                clearBelow(out, at + m * columns);
            }
        });
        return new Numbers(to, in[0].dtype(), out);
    }

    private void clearBelow(double[] r, int at) {
        for (int row = 1; row < columns; row++) {
            Arrays.fill(r, at + row * n, at + row * n + Math.min(row, n), 0);
        }
    }

    private void factor(DMatrixRMaj a, double[] out, int at) {
        var qr = new QRDecompositionHouseholderColumn_DDRM();
        qr.decompose(a);
        DMatrixRMaj q = qr.getQ(null, columns < m);
        DMatrixRMaj r = qr.getR(null, columns < m);
        double[][] reflectors = qr.getQR();
        for (int k = 0; k < n; k++) {
            boolean turned = r.get(k, k) != 0;
            for (int i = k + 1; i < m; i++) {
                turned &= reflectors[k][i] == 0;
            }
            if (turned) {
                for (int i = 0; i < m; i++) {
                    q.set(i, k, -q.get(i, k));
                }
                for (int j = k; j < n; j++) {
                    r.set(k, j, -r.get(k, j));
                }
            }
        }
        System.arraycopy(q.data, 0, out, at, m * columns);
        System.arraycopy(r.data, 0, out, at + m * columns, columns * n);
    }

    @Override
    public long keeps(long needs) {
        return RESULT;
    }

    /**
     * (Q̄ + Q S) R⁻ᵀ, where S is the symmetric matrix with the upper triangle of R̄ Rᵀ − Qᵀ Q̄ (Walter and Lehmann 2018,
     * Algorithmic differentiation of linear algebra functions with application in optimum experimental design, section
     * 3.2).
     */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        if (columns > n) {
            throw new GraphException("backward through qr: all " + m + " columns of Q for a matrix of " + n
                    + ": those after the first " + n + " are not determined by it, so there is no derivative. Use"
                    + " QRMode.REDUCED.");
        }
        Packing packing = packing();
        Tensor q = packing.get(saved.output(), 0);
        Tensor r = packing.get(saved.output(), 1);
        Tensor gq = packing.get(g, 0);
        Tensor upper = packing.get(g, 1).matmul(r.mT()).sub(q.mT().matmul(gq)).triu();
        Tensor mirrored = upper.add(upper.triu(1).mT());
        Tensor left = gq.add(q.matmul(mirrored));
        return Solving.triangular(r, left.mT(), Triangle.UPPER).mT();
    }
}
