package adjoint.linalg;

/** Which singular vectors are wanted, of an {@code m × n} matrix with k = min(m, n). */
public enum SVDMode {
    /** All: U as {@code [m, m]}, Vᵀ as {@code [n, n]}. PyTorch's default. */
    FULL,
    /** Those that belong to singular values: U as {@code [m, k]}, Vᵀ as {@code [k, n]}. PyTorch: {@code full_matrices=False}. */
    REDUCED
}
