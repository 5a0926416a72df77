package adjoint.linalg;

import adjoint.tensor.Tensor;

/**
 * A = P L U.
 *
 * @param p a permutation matrix, {@code [..., m, m]}
 * @param l lower triangular with ones on the diagonal, {@code [..., m, k]}
 * @param u upper triangular, {@code [..., k, n]}
 */
public record LU(Tensor p, Tensor l, Tensor u) {}
