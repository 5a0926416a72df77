package adjoint.tensor;

/** A tensor of a {@link TangentLevel}: a value and how it changes along the direction. */
final class Dual extends Lifted {
    private Tensor tangent; // null: does not change

    /** Whether the tangent's memory belongs to this tensor and its views, so that writes go into it. */
    private boolean owned;

    Dual(TangentLevel level, Tensor inner, Tensor tangent) {
        super(level, inner, inner.value(), null);
        this.tangent = tangent;
    }

    Tensor tangent() {
        return tangent;
    }

    /** The tangent as memory of its own, of which views can be made that see later writes. */
    Tensor own() {
        if (!owned) {
            // Of the value's own kind: a direction given from outside may be plain where what is written is followed.
            Tensor memory = Tensor.zerosLike(inner());
            tangent = tangent == null ? memory : memory.copyInPlace(tangent);
            owned = true;
        }
        return tangent;
    }

    /** Whether a write into this tensor would change {@code other}. */
    boolean owns(Tensor other) {
        return owned && tangent != null && other.sharesMemory(tangent);
    }

    /** A view's tangent, which is a view of the tangent of what it shows. */
    Dual viewing() {
        owned = true;
        return this;
    }

    /** Takes the tangent after a write; null: the new value does not change. */
    void become(Tensor changed) {
        if (!owned) {
            tangent = changed;
        } else if (changed == null) {
            tangent.zeroInPlace();
        } else {
            tangent.copyInPlace(changed);
        }
    }
}
