package adjoint.nn;

import java.util.Locale;

/** What lies beyond the edge of a tensor that is made larger. PyTorch: {@code mode} of {@code F.pad}, {@code padding_mode}. */
public enum PadMode {
    /** One number everywhere. In layers: zeros. */
    CONSTANT,
    /** The elements in the opposite order, without the outermost itself: {@code c b | a b c | b a}. */
    REFLECT,
    /** The outermost element again and again: {@code a a | a b c | c c}. */
    REPLICATE,
    /** The elements from the other end: {@code b c | a b c | a b}. */
    CIRCULAR;

    /** PyTorch's name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
