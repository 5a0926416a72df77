package adjoint.linalg;

import adjoint.types.Shape;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * P A = L U of one n × n matrix by elimination with partial pivoting, in a fixed order (Golub and Van Loan, Matrix
 * Computations, algorithm 3.4.1).
 */
final class Lu {
    private final int n;
    private final double[] lu; // U, and below its diagonal L, whose own diagonal is ones
    private final int[] rows; // which row of A each row of L U is
    private int sign = 1;

    private Lu(double[] matrix, int n) {
        this.n = n;
        this.lu = matrix;
        this.rows = new int[n];
        Arrays.setAll(rows, i -> i);
        for (int k = 0; k < n; k++) {
            pivot(k);
            eliminate(k);
        }
    }

    /** Of the n × n matrix that begins at {@code at}. */
    static Lu of(double[] a, int at, int n) {
        return new Lu(Arrays.copyOfRange(a, at, at + n * n), n);
    }

    /** Of its transpose: what PyTorch factors for determinants, so that the same matrices are found singular. */
    static Lu ofTransposed(double[] a, int at, int n) {
        double[] transposed = new double[n * n];
        Arrays.setAll(transposed, i -> a[at + i % n * n + i / n]);
        return new Lu(transposed, n);
    }

    private void pivot(int k) {
        int best = k;
        for (int i = k + 1; i < n; i++) {
            if (Math.abs(lu[i * n + k]) > Math.abs(lu[best * n + k])) {
                best = i;
            }
        }
        if (best != k) {
            for (int j = 0; j < n; j++) {
                double x = lu[k * n + j];
                lu[k * n + j] = lu[best * n + j];
                lu[best * n + j] = x;
            }
            int row = rows[k];
            rows[k] = rows[best];
            rows[best] = row;
            sign = -sign;
        }
    }

    private void eliminate(int k) {
        double pivot = lu[k * n + k];
        if (pivot == 0) {
            return; // all below it is 0 too
        }
        for (int i = k + 1; i < n; i++) {
            double factor = lu[i * n + k] / pivot;
            lu[i * n + k] = factor;
            for (int j = k + 1; j < n; j++) {
                lu[i * n + j] -= factor * lu[k * n + j];
            }
        }
    }

    double det() {
        double det = sign;
        for (int k = 0; k < n; k++) {
            det *= lu[k * n + k];
        }
        return det;
    }

    /** The sign of the determinant: −1, 0 or 1, without overflow; NaN if it is. */
    double sign() {
        double s = sign;
        for (int k = 0; k < n; k++) {
            s *= Math.signum(lu[k * n + k]);
        }
        return s;
    }

    /** The logarithm of the determinant's absolute value, without overflow. */
    double logAbsDet() {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += StrictMath.log(Math.abs(lu[k * n + k]));
        }
        return sum;
    }

    /** Writes the solution of A X = B for the {@code n × columns} matrix at {@code at} over it. */
    void solve(double[] b, int at, int columns) {
        double[] x = new double[n * columns];
        for (int i = 0; i < n; i++) {
            System.arraycopy(b, at + rows[i] * columns, x, i * columns, columns);
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                subtract(x, i, k, columns);
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                subtract(x, i, k, columns);
            }
            for (int j = 0; j < columns; j++) {
                x[i * columns + j] /= lu[i * n + i];
            }
        }
        System.arraycopy(x, 0, b, at, x.length);
    }

    private void subtract(double[] x, int i, int k, int columns) {
        double factor = lu[i * n + k];
        for (int j = 0; j < columns; j++) {
            x[i * columns + j] -= factor * x[k * columns + j];
        }
    }

    /** Refuses a matrix that has no inverse. */
    Lu regular(String name, Shape shape) {
        for (int k = 0; k < n; k++) {
            if (lu[k * n + k] == 0) {
                throw new ValueException(name + ": of a tensor of shape " + shape + ": a matrix is singular (pivot " + k
                        + " is 0), so nothing or more than one matrix fits. Check its rows for dependence, or add a"
                        + " small multiple of the identity.");
            }
        }
        return this;
    }

    /** Calls for the number of each matrix of a batch {@code [..., n, n]}. */
    static void each(Shape shape, IntConsumer body) {
        long count = 1;
        for (int d = 0; d < shape.rank() - 2; d++) {
            count *= shape.size(d);
        }
        for (int i = 0; i < count; i++) {
            body.accept(i);
        }
    }
}
