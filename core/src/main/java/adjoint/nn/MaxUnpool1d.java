package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * Puts the values that a {@link MaxPool1d} with these windows gave back where they were found, among zeros; see
 * {@link Functional#maxUnpool1d}.
 *
 * @param pooling the windows
 */
public record MaxUnpool1d(Pooling pooling) implements Model {
    /** Windows of this size, side by side. */
    public MaxUnpool1d(long window) {
        this(Pooling.window(window));
    }

    /**
     * The values among zeros.
     *
     * @param sizes of the last dimension of the result; none for the smallest that gives such values
     */
    public Tensor forward(Tensor x, Tensor indices, long... sizes) {
        return Functional.maxUnpool1d(x, indices, pooling, sizes);
    }

    @Override
    public String toString() {
        return "MaxUnpool1d(kernel_size=" + pooling.tuples(1) + ")";
    }
}
