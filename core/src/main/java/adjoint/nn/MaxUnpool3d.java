package adjoint.nn;

import adjoint.tensor.Tensor;

/**
 * Puts the values that a {@link MaxPool3d} with these windows gave back where they were found, among zeros; see
 * {@link Functional#maxUnpool3d}.
 *
 * @param pooling the windows
 */
public record MaxUnpool3d(Pooling pooling) implements Model {
    /** Cubic windows of this size, side by side. */
    public MaxUnpool3d(long window) {
        this(Pooling.window(window));
    }

    /**
     * The values among zeros.
     *
     * @param sizes of the last three dimensions of the result; none for the smallest that gives such values
     */
    public Tensor forward(Tensor x, Tensor indices, long... sizes) {
        return Functional.maxUnpool3d(x, indices, pooling, sizes);
    }

    @Override
    public String toString() {
        return "MaxUnpool3d(kernel_size=" + pooling.tuples(3) + ")";
    }
}
