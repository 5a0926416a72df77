package adjoint.linalg;

import adjoint.tensor.Tensor;

/**
 * A = U diag(S) Vᵀ. Vectors are determined up to a common sign of a column of U and the row of Vᵀ that goes with it.
 *
 * @param u columns of length 1, at right angles to each other; {@code [..., m, m]} or {@code [..., m, k]}
 * @param s the singular values, none negative, in falling order, {@code [..., k]}
 * @param vh rows of length 1, at right angles to each other; {@code [..., n, n]} or {@code [..., k, n]}
 */
public record SVD(Tensor u, Tensor s, Tensor vh) {}
