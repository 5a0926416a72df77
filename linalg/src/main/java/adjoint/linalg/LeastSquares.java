package adjoint.linalg;

import adjoint.tensor.Tensor;

/**
 * What {@link Linalg#lstsq} finds. What its driver does not compute is empty, {@code [0]}.
 *
 * @param solution X with the least ‖A X − B‖, and of these the shortest; {@code [..., n, k]}, or {@code [..., n]} where B
 *     holds vectors
 * @param residuals the squares of ‖A X − B‖, one for each column, {@code [..., k]}
 * @param rank I64, {@code [...]}
 * @param singularValues of A, in falling order, {@code [..., min(m, n)]}
 */
public record LeastSquares(Tensor solution, Tensor residuals, Tensor rank, Tensor singularValues) {}
