package adjoint.linalg;

/**
 * A V = V diag(λ) for general real A.
 *
 * @param values the eigenvalues λ, {@code [..., n]}: by rising real part; of a conjugate pair the one above the axis first
 * @param vectors V: columns of length 1, whose largest component is real, {@code [..., n, n]}
 */
public record Eig(Complex values, Complex vectors) {}
