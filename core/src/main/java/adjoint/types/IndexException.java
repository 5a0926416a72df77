package adjoint.types;

/** A position, dimension or index that does not exist. */
public final class IndexException extends AdjointException {
    private static final long serialVersionUID = 1L;

    /** An error with a message of three parts: what was asked, why it cannot be, what to do. */
    public IndexException(String message) {
        super(message, null);
    }

    /** The same with the exception that caused it. */
    public IndexException(String message, Throwable cause) {
        super(message, cause);
    }
}
