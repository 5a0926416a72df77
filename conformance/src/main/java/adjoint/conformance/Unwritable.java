package adjoint.conformance;

/**
 * What Java's compiler refuses: a reduction of a name that the enum does not have, a layer without forward. Where PyTorch
 * refuses it too, when it runs, the two agree; everywhere else it is a gap.
 */
final class Unwritable extends Unsupported {
    private static final long serialVersionUID = 1;

    Unwritable(String what) {
        super(what + ", which Java refuses to compile");
    }
}
