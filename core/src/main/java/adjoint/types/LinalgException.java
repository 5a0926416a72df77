package adjoint.types;

/**
 * A matrix whose numbers do not allow what was asked: it is singular, not positive definite, or holds NaN. PyTorch:
 * {@code torch.linalg.LinAlgError}.
 */
public final class LinalgException extends AdjointException {
    private static final long serialVersionUID = 1L;

    /** An error with a message of three parts: what was asked, why it cannot be, what to do. */
    public LinalgException(String message) {
        super(message, null);
    }

    /** The same with the exception that caused it. */
    public LinalgException(String message, Throwable cause) {
        super(message, cause);
    }
}
