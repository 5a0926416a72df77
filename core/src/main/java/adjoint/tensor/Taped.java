package adjoint.tensor;

/** A tensor of a {@link TapeLevel}: its node belongs to that level's graph. */
final class Taped extends Lifted {
    Taped(TapeLevel level, Tensor inner, View view) {
        super(level, inner, inner.value(), view);
    }

    /** An argument whose gradient is wanted. */
    static Taped leaf(TapeLevel level, Tensor inner) {
        var leaf = new Taped(level, inner, null);
        leaf.node(new Node(leaf));
        return leaf;
    }
}
