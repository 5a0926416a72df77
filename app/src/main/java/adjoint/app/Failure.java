package adjoint.app;

/** Ends a command with exit code 1 and one line; without a message where what had to be said was already written. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }

    Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
