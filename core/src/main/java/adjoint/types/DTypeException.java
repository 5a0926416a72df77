package adjoint.types;

/** Element types that do not fit the operation. */
public final class DTypeException extends AdjointException {
    private static final long serialVersionUID = 1L;

    /** An error with a message of three parts: what was asked, why it cannot be, what to do. */
    public DTypeException(String message) {
        super(message, null);
    }

    /** The same with the exception that caused it. */
    public DTypeException(String message, Throwable cause) {
        super(message, cause);
    }
}
