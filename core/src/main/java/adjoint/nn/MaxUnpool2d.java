package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * Puts the values that a {@link MaxPool2d} with these windows gave back where they were found, among zeros; see
 * {@link Functional#maxUnpool2d}.
 *
 * @param pooling the windows
 */
public record MaxUnpool2d(Pooling pooling) implements Model {
    /** Square windows of this size, side by side. */
    public MaxUnpool2d(long window) {
        this(Pooling.window(window));
    }

    /**
     * The values among zeros.
     *
     * @param sizes of the last two dimensions of the result; none for the smallest that gives such values
     */
    public Tensor forward(Tensor x, Tensor indices, long... sizes) {
        return Functional.maxUnpool2d(x, indices, pooling, sizes);
    }

    @Override
    public String toString() {
        return "MaxUnpool2d(kernel_size=" + pooling.tuples(2) + ")";
    }
}
