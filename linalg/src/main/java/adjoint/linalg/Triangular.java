package adjoint.linalg;

/** Substitution, row by row (Golub and Van Loan, Matrix Computations, section 3.1). */
final class Triangular {
    private Triangular() {}

    /**
     * Writes the solution of T X = B over the {@code n × columns} matrix B, both row-major.
     *
     * @param t holds T at {@code at}, in rows of {@code n}; what lies outside of the triangle is not read
     */
    static void solve(
            double[] t, int at, int n, Triangle triangle, MainDiagonal diagonal, double[] b, int to, int columns) {
        boolean lower = triangle == Triangle.LOWER;
        for (int step = 0; step < n; step++) {
            int i = lower ? step : n - 1 - step;
            for (int k = lower ? 0 : i + 1; k < (lower ? i : n); k++) {
                double factor = t[at + i * n + k];
                for (int j = 0; j < columns; j++) {
                    b[to + i * columns + j] -= factor * b[to + k * columns + j];
                }
            }
            if (diagonal == MainDiagonal.GIVEN) {
                double pivot = t[at + i * n + i];
                for (int j = 0; j < columns; j++) {
                    b[to + i * columns + j] /= pivot;
                }
            }
        }
    }
}
