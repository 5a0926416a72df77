package adjoint.types;

/**
 * What every error of this library extends. It is thrown before anything is changed, and its message says what was
 * asked, why it cannot be, and what to do.
 */
public abstract sealed class AdjointException extends RuntimeException
        permits DTypeException,
                DataException,
                GraphException,
                IndexException,
                LinalgException,
                ShapeException,
                ValueException {
    private static final long serialVersionUID = 1L;

    AdjointException(String message, Throwable cause) {
        super(message, cause);
    }
}
