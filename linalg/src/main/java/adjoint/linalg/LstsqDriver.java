package adjoint.linalg;

/** PyTorch's names for ways to solve least squares. All give the same solution; they differ in what else they give. */
public enum LstsqDriver {
    /** The rank. Takes matrices of any rank. */
    GELSY,
    /** The residuals. Takes matrices of full rank only. */
    GELS,
    /** The rank, the singular values and, where the rank is full, the residuals. */
    GELSD,
    /** The same as {@link #GELSD}. */
    GELSS
}
