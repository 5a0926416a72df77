package adjoint.conformance;

/** A reference case needs something that the library, or this small Python, does not have. */
class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unsupported(String what) {
        super(what);
    }
}
