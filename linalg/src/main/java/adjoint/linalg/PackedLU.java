package adjoint.linalg;

import adjoint.tensor.Tensor;

/**
 * A = P L U as {@link Linalg#luSolve} takes it.
 *
 * @param lu U, and below its diagonal L without its ones, {@code [..., m, n]}
 * @param pivots I32, {@code [..., k]}: the i-th row was exchanged with this one, counted from 1
 */
public record PackedLU(Tensor lu, Tensor pivots) {}
