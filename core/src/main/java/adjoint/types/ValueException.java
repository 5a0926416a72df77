package adjoint.types;

/** A number outside of the range that the operation has a meaning for. */
public final class ValueException extends AdjointException {
    private static final long serialVersionUID = 1L;

    /** An error with a message of three parts: what was asked, why it cannot be, what to do. */
    public ValueException(String message) {
        super(message, null);
    }

    /** The same with the exception that caused it. */
    public ValueException(String message, Throwable cause) {
        super(message, cause);
    }
}
