package adjoint.linalg;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.HessenbergSimilarDecomposition_DDRM;

/**
 * Eigenvectors of a real matrix for its known eigenvalues, complex ones too, which EJML does not give: a few steps of
 * {@code (H − λ) x' = x} with the Hessenberg form H of the matrix (Wilkinson 1965, The algebraic eigenvalue problem, chapter
 * 9; LAPACK's {@code dhsein}). Each takes O(n²).
 */
final class InverseIteration {
    /**
     * Nearly always one is enough. What has grown most leaves the least residual; where vectors nearly coincide, a further
     * step loses it again.
     */
    private static final int STEPS = 4;

    /** What stands for a pivot that is 0. */
    private static final double TINY = Math.ulp(1.0);

    private final int n;
    private final double[] h;
    private final DMatrixRMaj q;
    private final double scale; // a power of 2 that brings the largest number of H near 1

    /** Of an {@code n × n} matrix, n ≥ 1, which is overwritten. */
    InverseIteration(DMatrixRMaj a) {
        n = a.numRows;
        double largest = 0;
        for (double x : a.data) {
            largest = Math.max(largest, Math.abs(x));
        }
        scale = Math.scalb(1.0, -Math.max(Math.getExponent(largest), Double.MIN_EXPONENT + 1));
        CommonOps_DDRM.scale(scale, a);
        var hessenberg = new HessenbergSimilarDecomposition_DDRM(n);
        hessenberg.decompose(a);
        h = hessenberg.getH(null).data;
        q = hessenberg.getQ(null);
    }

    /**
     * The eigenvector of {@code real + i imag}: of length 1, its largest component real.
     *
     * @param start which of the eigenvalues it is: equal ones get different vectors where there are any
     * @return its real part, then its imaginary part
     */
    double[][] vector(double real, double imag, int start) {
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i == start ? 1 : 0) + 0.1 * ((i + 1) * (start + 1) * 0.6180339887498949 % 1 - 0.5);
        }
        normalize(x, y);
        double[][] best = {x, y};
        double most = 0;
        for (int step = 0; step < STEPS && most < 0.1 / (n * TINY); step++) {
            solve(scale * real, scale * imag, x, y);
            double growth = normalize(x, y);
            if (growth > most) {
                most = growth;
                best = new double[][] {x.clone(), y.clone()};
            }
        }
        double[] re = turned(best[0]);
        double[] im = turned(best[1]);
        rotate(re, im);
        normalize(re, im);
        return new double[][] {re, im};
    }

    private double[] turned(double[] x) {
        DMatrixRMaj y = new DMatrixRMaj(n, 1);
        CommonOps_DDRM.mult(q, DMatrixRMaj.wrap(n, 1, x), y);
        return y.data;
    }

    /** Gives it length 1; returns what its length was. */
    private static double normalize(double[] x, double[] y) {
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            largest = Math.max(largest, Math.max(Math.abs(x[i]), Math.abs(y[i])));
        }
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] /= largest;
            y[i] /= largest;
            sum += x[i] * x[i] + y[i] * y[i];
        }
        double length = Math.sqrt(sum);
        for (int i = 0; i < x.length; i++) {
            x[i] /= length;
            y[i] /= length;
        }
        return largest * length;
    }

    /** Multiplies by a number of absolute value 1 so that the largest component becomes real and positive. */
    private static void rotate(double[] x, double[] y) {
        int best = 0;
        for (int i = 1; i < x.length; i++) {
            // Conjugates must choose alike, and rounding must not choose among equals.
            if (square(x, y, i) > square(x, y, best) * (1 + 1e-10)) {
                best = i;
            }
        }
        double c = x[best];
        double s = y[best];
        double length = Math.sqrt(c * c + s * s);
        for (int i = 0; i < x.length; i++) {
            double re = (x[i] * c + y[i] * s) / length;
            y[i] = (y[i] * c - x[i] * s) / length;
            x[i] = re;
        }
        y[best] = 0;
    }

    private static double square(double[] x, double[] y, int i) {
        return x[i] * x[i] + y[i] * y[i];
    }

    /** Writes the solution of {@code (H − λ) z = x + i y} over x and y: elimination with exchanges of neighbouring rows. */
    private void solve(double real, double imag, double[] x, double[] y) {
        double[] re = h.clone();
        double[] im = new double[n * n];
        for (int i = 0; i < n; i++) {
            re[i * n + i] -= real;
            im[i * n + i] = -imag;
        }
        for (int k = 0; k + 1 < n; k++) {
            if (square(re, im, (k + 1) * n + k) > square(re, im, k * n + k)) {
                swap(re, k * n, (k + 1) * n, n);
                swap(im, k * n, (k + 1) * n, n);
                swap(x, k, k + 1, 1);
                swap(y, k, k + 1, 1);
            }
            eliminate(re, im, x, y, k);
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                subtract(x, y, i, re[i * n + j], im[i * n + j], x[j], y[j]);
            }
            double c = re[i * n + i];
            double s = im[i * n + i];
            if (c * c + s * s <= TINY * TINY) {
                c = TINY;
                s = 0;
            }
            double square = c * c + s * s;
            double quotient = (x[i] * c + y[i] * s) / square;
            y[i] = (y[i] * c - x[i] * s) / square;
            x[i] = quotient;
        }
    }

    private void eliminate(double[] re, double[] im, double[] x, double[] y, int k) {
        int above = k * n;
        int below = above + n;
        double square = square(re, im, above + k);
        if (square == 0) {
            return; // then what is below is 0 too
        }
        double c = (re[below + k] * re[above + k] + im[below + k] * im[above + k]) / square;
        double s = (im[below + k] * re[above + k] - re[below + k] * im[above + k]) / square;
        for (int j = k + 1; j < n; j++) {
            subtract(re, im, below + j, c, s, re[above + j], im[above + j]);
        }
        subtract(x, y, k + 1, c, s, x[k], y[k]);
    }

    /** Subtracts the product of two complex numbers from the one at {@code at}. */
    private static void subtract(double[] re, double[] im, int at, double a, double b, double c, double d) {
        re[at] -= a * c - b * d;
        im[at] -= a * d + b * c;
    }

    private static void swap(double[] x, int a, int b, int count) {
        for (int i = 0; i < count; i++) {
            double t = x[a + i];
            x[a + i] = x[b + i];
            x[b + i] = t;
        }
    }
}
