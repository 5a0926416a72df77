package adjoint.types;

/** Data or a file that cannot be read or is not what was expected. */
public final class DataException extends AdjointException {
    private static final long serialVersionUID = 1L;

    /** An error with a message of three parts: what was asked, why it cannot be, what to do. */
    public DataException(String message) {
        super(message, null);
    }

    /** The same with the exception that caused it. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
