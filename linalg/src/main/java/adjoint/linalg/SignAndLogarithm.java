package adjoint.linalg;

import adjoint.tensor.Tensor;

/**
 * A determinant as {@code sign · exp(logAbsDet)}, which neither overflows nor vanishes.
 *
 * @param sign −1, 0 or 1; without a gradient
 * @param logAbsDet the logarithm of its absolute value; −∞ for a singular matrix
 */
public record SignAndLogarithm(Tensor sign, Tensor logAbsDet) {}
