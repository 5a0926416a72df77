package adjoint.types;

/** A misuse of the graph of recorded operations. */
public final class GraphException extends AdjointException {
    private static final long serialVersionUID = 1L;

    /** An error with a message of three parts: what was asked, why it cannot be, what to do. */
    public GraphException(String message) {
        super(message, null);
    }

    /** The same with the exception that caused it. */
    public GraphException(String message, Throwable cause) {
        super(message, cause);
    }
}
