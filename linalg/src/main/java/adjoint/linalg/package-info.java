/**
 * Linear algebra with derivatives; PyTorch's {@code torch.linalg}. All of it is in {@link adjoint.linalg.Linalg}.
 *
 * <h2>Equations</h2>
 *
 * <pre>{@code
 * Tensor w = Linalg.solve(x.t().matmul(x), x.t().matmul(y));   // least squares by the normal equations,
 * Tensor v = Linalg.lstsq(x, y).solution();                    // and better
 * }</pre>
 *
 * <h2>Decompositions</h2>
 *
 * Those of several parts are records. Everything takes batches, {@code [..., m, n]}, and can be differentiated again:
 *
 * <pre>{@code
 * SVD svd = Linalg.svd(a, SVDMode.REDUCED);
 * Tensor low = svd.u().narrow(-1, 0, 2).mul(svd.s().narrow(-1, 0, 2)).matmul(svd.vh().narrow(-2, 0, 2));
 * Tensor l = Linalg.cholesky(covariance);                      // a LinalgException if it is not positive definite
 * Tensor distance = Linalg.solveTriangular(l, d, Triangle.LOWER).square().sum(-2);   // Mahalanobis, squared
 * }</pre>
 *
 * Eigenvalues of general matrices are {@link adjoint.linalg.Complex}: two tensors.
 */
package adjoint.linalg;
