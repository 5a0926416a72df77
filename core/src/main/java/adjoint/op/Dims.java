package adjoint.op;

import adjoint.types.IndexException;
import adjoint.types.Shape;

/** A set of dimensions of a tensor that an operation reduces. */
public final class Dims {
    private final boolean[] marks;
    private final boolean all;

    private Dims(boolean[] marks, boolean all) {
        this.marks = marks;
        this.all = all;
    }

    /**
     * The given dimensions of a tensor of this shape; none given means all of them.
     *
     * @throws IndexException if one does not exist or is named twice
     */
    public static Dims of(Shape shape, int... dims) {
        boolean[] marks = new boolean[shape.rank()];
        if (dims.length == 0) {
            java.util.Arrays.fill(marks, true);
            return new Dims(marks, true);
        }
        for (int d : dims) {
            if (shape.rank() == 0 && (d == 0 || d == -1)) {
                continue; // as PyTorch: a single number counts as one dimension here
            }
            int at = shape.dim(d);
            if (marks[at]) {
                throw new IndexException("dimensions " + java.util.Arrays.toString(dims) + " of shape " + shape
                        + ": dimension " + at + " is named twice. Name each once.");
            }
            marks[at] = true;
        }
        return new Dims(marks, false);
    }

    /** Whether every dimension was meant because none was named. */
    public boolean all() {
        return all;
    }

    /** The marks themselves, one for each dimension. */
    boolean[] marks() {
        return marks;
    }

    /** The shape with the marked dimensions of size 1. */
    public Shape kept(Shape shape) {
        long[] sizes = shape.sizes();
        for (int d = 0; d < sizes.length; d++) {
            sizes[d] = marks[d] ? 1 : sizes[d];
        }
        return Shape.of(sizes);
    }

    /** The shape without the marked dimensions. */
    public Shape removed(Shape shape) {
        if (all) {
            return Shape.SCALAR;
        }
        return Shape.of(java.util.stream.IntStream.range(0, marks.length)
                .filter(d -> !marks[d])
                .mapToLong(shape::size)
                .toArray());
    }

    /** How many elements are reduced to one. */
    public long count(Shape shape) {
        long n = 1;
        for (int d = 0; d < marks.length; d++) {
            n *= marks[d] ? shape.size(d) : 1;
        }
        return n;
    }

    /** The same dimensions of many examples, which lie along a dimension before them. */
    public Dims batched() {
        boolean[] shifted = new boolean[marks.length + 1];
        System.arraycopy(marks, 0, shifted, 1, marks.length);
        return new Dims(shifted, false);
    }
}
