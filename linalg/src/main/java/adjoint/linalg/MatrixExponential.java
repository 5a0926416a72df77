package adjoint.linalg;

import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * exp(A) of matrices {@code [..., n, n]} by scaling, the Padé approximant of degree 13 and squaring (Higham 2005, The scaling
 * and squaring method for the matrix exponential revisited, algorithm 2.3).
 */
enum MatrixExponential implements MatrixOp {
    MATRIX_EXP;

    /** The largest 1-norm for which degree 13 is exact to double precision. */
    private static final double LARGEST = 5.371920351148152;

    private static final double[] PADE = {
        64764752532480000.0,
        32382376266240000.0,
        7771770303897600.0,
        1187353796428800.0,
        129060195264000.0,
        10559470521600.0,
        670442572800.0,
        33522128640.0,
        1323241920.0,
        40840800.0,
        960960.0,
        16380.0,
        182.0,
        1.0
    };

    static Tensor of(Tensor a) {
        return Engine.run(MATRIX_EXP, Matrices.realSquare("matrix_exp", a));
    }

    @Override
    public String opName() {
        return "matrix_exp";
    }

    @Override
    public String gradName() {
        return "LinalgMatrixExpBackward0";
    }

    @Override
    public Numbers compute(Numbers... in) {
        int n = (int) in[0].shape().size(-1);
        double[] out = new double[in[0].values().length];
        Matrices.each(in[0].shape(), 2, i -> {
            DMatrixRMaj a = Matrices.copy(in[0].values(), i, n, n);
            if (Double.isFinite(norm1(a))) {
                System.arraycopy(exp(a).data, 0, out, i * n * n, n * n);
            } else {
                Arrays.fill(out, i * n * n, (i + 1) * n * n, Double.NaN);
            }
        });
        return new Numbers(in[0].shape(), in[0].dtype(), out);
    }

    private static DMatrixRMaj exp(DMatrixRMaj a) {
        int squarings = 0;
        for (double norm = norm1(a); norm > LARGEST; norm /= 2) {
            squarings++;
        }
        CommonOps_DDRM.scale(Math.scalb(1.0, -squarings), a);
        DMatrixRMaj x = pade(a);
        for (int s = 0; s < squarings; s++) {
            x = product(x, x);
        }
        return x;
    }

    private static double norm1(DMatrixRMaj a) {
        double largest = 0;
        for (int c = 0; c < a.numCols; c++) {
            double sum = 0;
            for (int r = 0; r < a.numRows; r++) {
                sum += Math.abs(a.get(r, c));
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    /** (V − U)⁻¹ (V + U), with V the even and U the odd part of the polynomial. */
    private static DMatrixRMaj pade(DMatrixRMaj a) {
        int n = a.numRows;
        DMatrixRMaj a2 = product(a, a);
        DMatrixRMaj a4 = product(a2, a2);
        DMatrixRMaj a6 = product(a4, a2);
        DMatrixRMaj odd = product(a, sum(product(a6, sum(0, 9, a2, a4, a6)), sum(1, 1, a2, a4, a6)));
        DMatrixRMaj even = sum(product(a6, sum(0, 8, a2, a4, a6)), sum(1, 0, a2, a4, a6));
        DMatrixRMaj x = sum(even, odd);
        CommonOps_DDRM.subtractEquals(even, odd);
        Elimination.of(even.data, 0, n, n).solve(x.data, 0, n);
        return x;
    }

    /** The terms of every other degree from {@code from} on: {@code unit} times the unit matrix's, and three powers'. */
    private static DMatrixRMaj sum(int unit, int from, DMatrixRMaj... powers) {
        DMatrixRMaj sum = new DMatrixRMaj(powers[0].numRows, powers[0].numCols);
        for (int d = 0; unit == 1 && d < sum.numRows; d++) {
            sum.set(d, d, PADE[from]);
        }
        for (int p = 0; p < powers.length; p++) {
            CommonOps_DDRM.addEquals(sum, PADE[from + 2 * (p + unit)], powers[p]);
        }
        return sum;
    }

    private static DMatrixRMaj sum(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj sum = new DMatrixRMaj(a.numRows, a.numCols);
        CommonOps_DDRM.add(a, b, sum);
        return sum;
    }

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, product);
        return product;
    }

    @Override
    public long keeps(long needs) {
        return 1;
    }

    /**
     * The derivative at Aᵀ along G: the upper right quarter of the exponential of {@code [[Aᵀ, G], [0, Aᵀ]]} (Mathias 1996, A
     * chain rule for matrix functions and applications, theorem 2.1).
     */
    @Override
    public Tensor gradient(int i, Tensor g, Saved saved) {
        Tensor a = saved.input(0).mT();
        long n = a.size(-1);
        Tensor below = Tensor.cat(-1, Tensor.zerosLike(a), a);
        Tensor all = Engine.run(this, Tensor.cat(-2, Tensor.cat(-1, a, g), below));
        return all.narrow(-2, 0, n).narrow(-1, n, n);
    }
}
