package adjoint.linalg;

import adjoint.tensor.Tensor;

/**
 * A = V diag(w) Vᵀ for symmetric A. Vectors are determined up to their sign.
 *
 * @param values the eigenvalues w, in rising order, {@code [..., n]}
 * @param vectors V: columns of length 1, at right angles to each other, {@code [..., n, n]}
 */
public record Eigh(Tensor values, Tensor vectors) {}
