package adjoint.linalg;

import adjoint.tensor.Tensor;
import adjoint.types.LinalgException;
import adjoint.types.Shape;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * The eigenvalues w in rising order and orthonormal eigenvectors, as columns of V, of symmetric {@code n × n} matrices, of
 * which only the lower triangle is read. NaN where one holds NaN or infinity.
 */
record EighFactors(int n) implements MatrixOp {
    Packing packing() {
        return new Packing(opName(), gradName(), Shape.of(n), Shape.of(n, n));
    }

    @Override
    public String opName() {
        return "eigh";
    }

    @Override
    public String gradName() {
        return "LinalgEighBackward0";
    }

    /** Eigenvalues in rising order and, as rows where they are wanted, their vectors. */
    record Parts(double[] values, DMatrixRMaj vectors) {}

    /** Decomposes the symmetric matrix, which is overwritten. */
    static Parts decompose(DMatrixRMaj a, boolean vectors) {
        int n = a.numRows;
        double[] values = new double[n];
        DMatrixRMaj rows = new DMatrixRMaj(vectors ? n : 0, n);
        if (!Matrices.isFinite(a)) {
            Arrays.fill(values, Double.NaN);
            rows.fill(Double.NaN);
            return new Parts(values, rows);
        }
        var eigen = DecompositionFactory_DDRM.eig(n, vectors, true);
        if (n > 0 && !eigen.decompose(a)) {
            throw new LinalgException("eigh: of an " + n + " × " + n
                    + " matrix: it did not converge. Scale the matrix, or add a little noise.");
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> eigen.getEigenvalue(j).real))
                .mapToInt(j -> j)
                .toArray();
        for (int j = 0; j < n; j++) {
            values[j] = eigen.getEigenvalue(order[j]).real;
            if (vectors) {
                System.arraycopy(eigen.getEigenVector(order[j]).data, 0, rows.data, j * n, n);
            }
        }
        return new Parts(values, rows);
    }

    @Override
    public Numbers compute(Numbers... in) {
        Packing packing = packing();
        Shape to = packing.of(Matrices.leading(in[0].shape(), 2));
        double[] out = new double[(int) to.numel()];
        Matrices.each(in[0].shape(), 2, i -> {
            Parts parts = decompose(Matrices.mirrored(in[0].values(), i, n), true);
            int at = i * packing.total();
            for (int j = 0; j < n; j++) {
                out[at + j] = parts.values[j];
                for (int r = 0; r < n; r++) {
                    out[at + n + r * n + j] = parts.vectors.get(j, r);
                }
            }
        });
        return new Numbers(to, in[0].dtype(), out);
    }

    @Override
    public long keeps(long needs) {
        return RESULT;
    }

    /**
     * V (diag(w̄) + skew(Vᵀ V̄)/E) Vᵀ, with E<sub>ij</sub> = w<sub>j</sub> − w<sub>i</sub> and skew(X) = (X − Xᵀ)/2 (Giles
     * 2008, section 3.1): the gradient of a function of symmetric matrices, symmetric itself. Infinite or NaN where
     * eigenvalues are equal.
     */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Packing packing = packing();
        Tensor w = packing.get(saved.output(), 0);
        Tensor v = packing.get(saved.output(), 1);
        Tensor product = v.mT().matmul(packing.get(g, 1));
        Tensor skew = product.sub(product.mT()).mul(0.5);
        Tensor e = w.unsqueeze(-2).sub(w.unsqueeze(-1)).add(Matrices.unit(n, w.dtype()));
        return v.matmul(skew.div(e).add(packing.get(g, 0).diagEmbed())).matmul(v.mT());
    }
}
