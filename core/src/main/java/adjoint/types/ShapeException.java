package adjoint.types;

/** Shapes that do not fit the operation. */
public final class ShapeException extends AdjointException {
    private static final long serialVersionUID = 1L;

    /** An error with a message of three parts: what was asked, why it cannot be, what to do. */
    public ShapeException(String message) {
        super(message, null);
    }

    /** The same with the exception that caused it. */
    public ShapeException(String message, Throwable cause) {
        super(message, cause);
    }
}
