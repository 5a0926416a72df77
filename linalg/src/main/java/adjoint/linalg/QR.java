package adjoint.linalg;

import adjoint.tensor.Tensor;

/**
 * A = Q R.
 *
 * @param q columns of length 1, at right angles to each other; {@code [..., m, k]} or {@code [..., m, m]}
 * @param r upper triangular, {@code [..., k, n]} or {@code [..., m, n]}
 */
public record QR(Tensor q, Tensor r) {}
