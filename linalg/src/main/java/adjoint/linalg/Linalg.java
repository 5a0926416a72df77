package adjoint.linalg;

import adjoint.tensor.Dim;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.LinalgException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;

/**
 * Linear algebra on matrices and batches of them, {@code [..., m, n]}; k stands for min(m, n). PyTorch: {@code torch.linalg}.
 *
 * <p>All are differentiable any number of times, where a derivative exists. F32 is computed in double precision and rounded
 * once. Integers are refused with a {@link DTypeException}, shapes that do not fit with a {@link ShapeException}, and numbers
 * that do not allow it (singular, not positive definite, NaN) with a {@link LinalgException}.
 *
 * <p>{@code multi_dot}, {@code cross}, {@code diagonal} and {@code matmul} are methods of {@link Tensor}.
 */
public final class Linalg {
    private Linalg() {}

    // Determinants, inverses, powers.

    /** The determinants of {@code [..., n, n]}: {@code [...]}; gradients exist for singular matrices too. */
    public static Tensor det(Tensor a) {
        return Determinant.of(Determinant.Part.DET, Matrices.realSquare("det", a));
    }

    /** The signs of the determinants of {@code [..., n, n]} and the logarithms of their absolute values. */
    public static SignAndLogarithm slogdet(Tensor a) {
        return Determinant.signAndLogarithm("slogdet", a);
    }

    /** The logarithms of the determinants of {@code [..., n, n]}; NaN for negative ones. */
    public static Tensor logdet(Tensor a) {
        return Determinant.logarithm(a);
    }

    /**
     * The inverses of {@code [..., n, n]}. To solve equations, {@link #solve} is more exact. PyTorch: {@code inverse} too.
     *
     * @throws LinalgException if a matrix is singular
     */
    public static Tensor inv(Tensor a) {
        return Solving.inv("inv", a, Solve.Singular.ERROR);
    }

    /** The inverses, and which matrices are singular; these have infinities or NaN. PyTorch: {@code inv_ex}. */
    public static ResultAndInfo<Tensor> invEx(Tensor a) {
        return Solving.invEx(a);
    }

    /**
     * The {@code n}-th powers of matrices {@code [..., n, n]} of any type, by repeated squaring; a negative one of the inverse.
     * PyTorch: {@code matrix_power}.
     *
     * @throws LinalgException if n is negative and a matrix is singular
     */
    public static Tensor matrixPower(Tensor a, int n) {
        return Solving.power(a, n);
    }

    /** The exponentials Σ Aⁿ/n! of matrices {@code [..., n, n]}. PyTorch: {@code matrix_exp}. */
    public static Tensor matrixExp(Tensor a) {
        return MatrixExponential.of(a);
    }

    // Systems of equations.

    /**
     * X of A X = B: {@code [..., n, n]} and {@code [..., n, k]} give {@code [..., n, k]}, leading dimensions broadcast;
     * a right side of the shape of A without its last dimension, or of one dimension, holds vectors.
     *
     * @throws LinalgException if a matrix is singular
     * @throws ShapeException if the shapes do not fit
     */
    public static Tensor solve(Tensor a, Tensor b) {
        return solve(a, b, Side.LEFT);
    }

    /** As {@link #solve(Tensor, Tensor)}, or X of X A = B with B as {@code [..., k, n]}. */
    public static Tensor solve(Tensor a, Tensor b, Side side) {
        return Solving.solve(a, b, side, Solve.Singular.ERROR);
    }

    /** The solutions, and which matrices are singular; these have infinities or NaN. PyTorch: {@code solve_ex}. */
    public static ResultAndInfo<Tensor> solveEx(Tensor a, Tensor b, Side side) {
        return Solving.solveEx(a, b, side);
    }

    /**
     * X of T X = B for triangular T, {@code [..., n, n]} and {@code [..., n, k]}, leading dimensions broadcast. A zero on the
     * diagonal gives infinities or NaN. PyTorch: {@code solve_triangular}.
     */
    public static Tensor solveTriangular(Tensor t, Tensor b, Triangle triangle) {
        return solveTriangular(t, b, triangle, Side.LEFT, MainDiagonal.GIVEN);
    }

    /** The same with T on either side, and with ones for its diagonal. */
    public static Tensor solveTriangular(Tensor t, Tensor b, Triangle triangle, Side side, MainDiagonal diagonal) {
        return Solving.solveTriangular(t, b, triangle, side, diagonal);
    }

    /**
     * Least squares: {@link #lstsq(Tensor, Tensor, double, LstsqDriver)} with PyTorch's defaults, {@link LstsqDriver#GELSY}
     * and the type's epsilon times max(m, n).
     */
    public static LeastSquares lstsq(Tensor a, Tensor b) {
        return lstsq(a, b, Solving.tolerance(Matrices.matrix("lstsq", a)), LstsqDriver.GELSY);
    }

    /**
     * X with the least ‖A X − B‖, and of these the shortest: {@code [..., m, n]} and {@code [..., m, k]}, or {@code [..., m]},
     * give {@code [..., n, k]}, or {@code [..., n]}. The derivative is that for matrices of unchanging rank.
     *
     * @param rcond singular values of no more than this times the largest count as 0
     * @throws LinalgException for {@link LstsqDriver#GELS} if the rank is not full
     */
    public static LeastSquares lstsq(Tensor a, Tensor b, double rcond, LstsqDriver driver) {
        return Solving.lstsq(a, b, rcond, driver);
    }

    /**
     * The pseudoinverses (Moore–Penrose) of {@code [..., m, n]}: {@code [..., n, m]}. Singular values of no more than the
     * type's epsilon times max(m, n) times the largest count as 0.
     */
    public static Tensor pinv(Tensor a) {
        return pinv(a, 0, Solving.tolerance(Matrices.matrix("pinv", a)), Structure.GENERAL);
    }

    /** The same; singular values of no more than max(atol, rtol · the largest) count as 0. */
    public static Tensor pinv(Tensor a, double atol, double rtol, Structure structure) {
        return pinv(a, Tensor.scalar(atol, DType.F64), Tensor.scalar(rtol, DType.F64), structure);
    }

    /** The same with tolerances that broadcast to {@code [...]}. */
    public static Tensor pinv(Tensor a, Tensor atol, Tensor rtol, Structure structure) {
        return Solving.pinv(a, atol, rtol, structure);
    }

    /**
     * The inverse of the linear map that takes tensors of the last shape to tensors of the first: {@code [i..., j...]} with as
     * many numbers in i as in j gives {@code [j..., i...]}.
     *
     * @param ind how many dimensions i has
     */
    public static Tensor tensorinv(Tensor a, int ind) {
        return Solving.tensorinv(a, ind);
    }

    /**
     * X with {@code tensordot(A, X) = B}: {@code [i..., j...]} and {@code [i...]} give {@code [j...]}.
     *
     * @param dims dimensions of A that are moved to its end first
     */
    public static Tensor tensorsolve(Tensor a, Tensor b, int... dims) {
        return Solving.tensorsolve(a, b, dims);
    }

    // Decompositions.

    /**
     * L of A = L Lᵀ, lower triangular, for symmetric positive definite A, {@code [..., n, n]}; its lower triangle is read.
     *
     * @throws LinalgException if a matrix is not positive definite
     */
    public static Tensor cholesky(Tensor a) {
        return cholesky(a, Triangle.LOWER);
    }

    /** The same, or U of A = Uᵀ U, upper triangular, from the upper triangle. */
    public static Tensor cholesky(Tensor a, Triangle triangle) {
        return Decompositions.cholesky(a, triangle, CholeskyFactor.Otherwise.ERROR);
    }

    /** L, and which matrices are not positive definite; these have NaN. PyTorch: {@code cholesky_ex}. */
    public static ResultAndInfo<Tensor> choleskyEx(Tensor a, Triangle triangle) {
        return Decompositions.choleskyEx(a, triangle);
    }

    /** A⁻¹ from the Cholesky factor of A, {@code [..., n, n]}. PyTorch: {@code torch.cholesky_inverse}. */
    public static Tensor choleskyInverse(Tensor factor, Triangle triangle) {
        return Solving.choleskyInverse(factor, triangle);
    }

    /**
     * X of A X = B from the Cholesky factor of A, {@code [..., n, n]}, and B, {@code [..., n, k]}. PyTorch: {@code
     * torch.cholesky_solve}.
     */
    public static Tensor choleskySolve(Tensor b, Tensor factor, Triangle triangle) {
        return Solving.choleskySolve(b, factor, triangle);
    }

    /** A = P L U with rows exchanged for the largest pivots; singular matrices too. */
    public static LU lu(Tensor a) {
        return Decompositions.lu(a);
    }

    /**
     * L and U of A = P L U in one tensor, and the exchanges of rows. PyTorch: {@code lu_factor}.
     *
     * @throws LinalgException if a pivot is 0, so that equations could not be solved with them
     */
    public static PackedLU luFactor(Tensor a) {
        return Decompositions.luFactor(a, Solve.Singular.ERROR);
    }

    /** The same without an error, and which matrices have a pivot that is 0. PyTorch: {@code lu_factor_ex}. */
    public static ResultAndInfo<PackedLU> luFactorEx(Tensor a) {
        return Decompositions.luFactorEx(a);
    }

    /** P, L and U of what {@link #luFactor} gives. PyTorch: {@code torch.lu_unpack}. */
    public static LU luUnpack(PackedLU factors) {
        return Decompositions.unpack(factors);
    }

    /** X of A X = B, {@code [..., n, k]}, from the factors of A, {@code [..., n, n]}. PyTorch: {@code lu_solve}. */
    public static Tensor luSolve(PackedLU factors, Tensor b) {
        return luSolve(factors, b, Side.LEFT, Orientation.PLAIN);
    }

    /** The same with A on either side, and with Aᵀ. */
    public static Tensor luSolve(PackedLU factors, Tensor b, Side side, Orientation orientation) {
        return Solving.luSolve(factors, b, side, orientation);
    }

    /** A = Q R, reduced: {@code [..., m, n]} gives {@code [..., m, k]} and {@code [..., k, n]}. */
    public static QR qr(Tensor a) {
        return qr(a, QRMode.REDUCED);
    }

    /** A = Q R. Differentiable where the first k columns are independent. */
    public static QR qr(Tensor a, QRMode mode) {
        return Decompositions.qr(a, mode);
    }

    /**
     * The first n columns of the product of reflections I − τ<sub>i</sub> w<sub>i</sub> w<sub>i</sub>ᵀ. PyTorch: {@code
     * householder_product}, {@code torch.orgqr}.
     *
     * @param a {@code [..., m, n]}, m ≥ n: the i-th column holds, below the diagonal, w<sub>i</sub> below its one
     * @param tau {@code [..., k]}, k ≤ n
     */
    public static Tensor householderProduct(Tensor a, Tensor tau) {
        return Decompositions.householderProduct(a, tau);
    }

    /** A = U diag(S) Vᵀ with all vectors: {@link SVDMode#FULL}, as in PyTorch. */
    public static SVD svd(Tensor a) {
        return svd(a, SVDMode.FULL);
    }

    /**
     * A = U diag(S) Vᵀ. The gradients of vectors are infinite or NaN where singular values are equal, and only functions that
     * do not depend on their signs have one that means something.
     *
     * @throws LinalgException if a matrix holds NaN or infinity
     */
    public static SVD svd(Tensor a, SVDMode mode) {
        return Decompositions.svd(a, mode);
    }

    /** The singular values of {@code [..., m, n]}, in falling order, {@code [..., k]}; faster than {@link #svd}. */
    public static Tensor svdvals(Tensor a) {
        return Decompositions.svdvals(a);
    }

    /** A = V diag(w) Vᵀ of symmetric matrices {@code [..., n, n]}, of which the lower triangle is read. */
    public static Eigh eigh(Tensor a) {
        return eigh(a, Triangle.LOWER);
    }

    /** The same, reading either triangle. PyTorch: {@code UPLO}. NaN where a matrix holds NaN or infinity. */
    public static Eigh eigh(Tensor a, Triangle triangle) {
        return Decompositions.eigh(a, triangle);
    }

    /** The eigenvalues of symmetric matrices {@code [..., n, n]}, rising, {@code [..., n]}; the lower triangle is read. */
    public static Tensor eigvalsh(Tensor a) {
        return eigvalsh(a, Triangle.LOWER);
    }

    /** The same, reading either triangle. */
    public static Tensor eigvalsh(Tensor a, Triangle triangle) {
        return Decompositions.eigvalsh(a, triangle);
    }

    /**
     * A V = V diag(λ) of general matrices {@code [..., n, n]}.
     *
     * @throws LinalgException if a matrix holds NaN or infinity
     */
    public static Eig eig(Tensor a) {
        return Decompositions.eig(a);
    }

    /**
     * The eigenvalues of general matrices {@code [..., n, n]}, {@code [..., n]}: by rising real part, of a conjugate pair the
     * one above the axis first.
     *
     * @throws LinalgException if a matrix holds NaN or infinity
     */
    public static Complex eigvals(Tensor a) {
        return Decompositions.eigvals(a);
    }

    // Norms and ranks.

    /** The root of the sum of squares of all numbers. */
    public static Tensor norm(Tensor x) {
        return x.norm();
    }

    /**
     * A norm of vectors, over one dimension, or of matrices, over two.
     *
     * @param order of vectors any number, of matrices 1, −1, 2, −2, ∞ or −∞
     * @param dims none for all of a tensor of one or two dimensions
     */
    public static Tensor norm(Tensor x, double order, int[] dims, Dim keep) {
        return Norms.norm(x, order, dims, keep);
    }

    /** (Σ |x|ᵖ)<sup>1/p</sup> over dimensions, or over all; p may be 0 or infinite. PyTorch: {@code vector_norm}. */
    public static Tensor vectorNorm(Tensor x, double order, int... dims) {
        return vectorNorm(x, order, dims, Dim.DROP);
    }

    /** The same, keeping the dimensions or not. */
    public static Tensor vectorNorm(Tensor x, double order, int[] dims, Dim keep) {
        return x.norm(order, dims, keep);
    }

    /** The root of the sum of squares of each matrix, {@code [...]}. PyTorch: {@code matrix_norm}. */
    public static Tensor matrixNorm(Tensor a) {
        return matrixNorm(a, MatrixNorm.FROBENIUS);
    }

    /** A norm of each matrix {@code [..., m, n]}: {@code [...]}. */
    public static Tensor matrixNorm(Tensor a, MatrixNorm norm) {
        return matrixNorm(a, norm, new int[] {-2, -1}, Dim.DROP);
    }

    /**
     * The norm of order 1, −1, 2, −2, ∞ or −∞.
     *
     * @throws ValueException for another order
     */
    public static Tensor matrixNorm(Tensor a, double order) {
        return matrixNorm(a, MatrixNorm.of(order));
    }

    /** A norm of the matrices in two dimensions, that of the rows and that of the columns. */
    public static Tensor matrixNorm(Tensor a, MatrixNorm norm, int[] dims, Dim keep) {
        return Norms.matrix(a, norm, dims, keep);
    }

    /** The largest singular value by the smallest, {@code [...]}. */
    public static Tensor cond(Tensor a) {
        return cond(a, MatrixNorm.SPECTRAL);
    }

    /** The condition number: ‖A‖ ‖A⁻¹‖, infinite for singular matrices. */
    public static Tensor cond(Tensor a, MatrixNorm norm) {
        return Norms.cond(a, norm);
    }

    /**
     * How many singular values are larger than the type's epsilon times max(m, n) times the largest: I64, {@code [...]}.
     * PyTorch: {@code matrix_rank}.
     */
    public static Tensor matrixRank(Tensor a) {
        return matrixRank(a, 0, Solving.tolerance(Matrices.matrix("matrix_rank", a)), Structure.GENERAL);
    }

    /** How many are larger than max(atol, rtol · the largest). */
    public static Tensor matrixRank(Tensor a, double atol, double rtol, Structure structure) {
        return matrixRank(a, Tensor.scalar(atol, DType.F64), Tensor.scalar(rtol, DType.F64), structure);
    }

    /** The same with tolerances that broadcast to {@code [...]}. */
    public static Tensor matrixRank(Tensor a, Tensor atol, Tensor rtol, Structure structure) {
        return Norms.rank(a, atol, rtol, structure);
    }

    // Vectors.

    /** Σ x y along a dimension; the others broadcast. PyTorch: {@code vecdot}. */
    public static Tensor vecdot(Tensor x, Tensor y, int dim) {
        return Vectors.dot(x, y, dim);
    }

    /** The powers 0 to n − 1 of each number, {@code [..., n]} gives {@code [..., n, n]}. PyTorch: {@code vander}. */
    public static Tensor vander(Tensor x) {
        return Vectors.vander(x, x.shape().rank() == 0 ? 0 : x.size(-1));
    }

    /** The powers 0 to {@code columns} − 1, {@code [..., n, columns]}. */
    public static Tensor vander(Tensor x, long columns) {
        return Vectors.vander(x, columns);
    }
}
