package adjoint.types;

import java.util.Arrays;

/**
 * The sizes of a tensor's dimensions, outermost first. Immutable; a rank of 0 is the shape of a single number.
 * Prints as {@code [2, 3]}.
 */
public final class Shape {
    /** The shape of a single number: {@code []}. */
    public static final Shape SCALAR = new Shape(new long[0]);

    private final long[] sizes;
    private final long numel;

    private Shape(long[] sizes) {
        this.sizes = sizes;
        this.numel = count(sizes);
    }

    /**
     * A shape of these sizes.
     *
     * @throws ShapeException if a size is negative, or there are more than 2³¹−1 elements
     */
    public static Shape of(long... sizes) {
        return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
    }

    private static long count(long[] sizes) {
        long n = 1;
        for (long size : sizes) {
            if (size < 0 || size > Integer.MAX_VALUE || (n *= size) > Integer.MAX_VALUE) {
                return checkedCount(sizes);
            }
        }
        return n;
    }

    /** The number of elements where one of the sizes is unusual: with a 0 among them the others may be anything. */
    private static long checkedCount(long[] sizes) {
        boolean empty = false;
        for (long size : sizes) {
            if (size < 0) {
                throw new ShapeException("shape " + Arrays.toString(sizes) + ": a size is negative (" + size
                        + "). Sizes count elements: give 0 or more.");
            }
            empty |= size == 0;
        }
        if (!empty) {
            throw new ShapeException("shape " + Arrays.toString(sizes)
                    + ": more than 2147483647 elements, the most that one Java array holds. Split the tensor.");
        }
        return 0;
    }

    /** How many dimensions there are. */
    public int rank() {
        return sizes.length;
    }

    /**
     * The size of a dimension; negative ones count from the last ({@code -1}).
     *
     * @throws IndexException if there is no such dimension
     */
    public long size(int dim) {
        return sizes[dim(dim)];
    }

    /** The number of elements: the product of the sizes, 1 for a scalar. */
    public long numel() {
        return numel;
    }

    /** A copy of the sizes. */
    public long[] sizes() {
        return sizes.clone();
    }

    /** The strides (in elements) of a row-major layout of this shape; a copy. */
    public long[] strides() {
        long[] s = new long[sizes.length];
        long step = 1;
        for (int d = sizes.length - 1; d >= 0; d--) {
            s[d] = step;
            step *= Math.max(sizes[d], 1);
        }
        return s;
    }

    /** Whether these strides describe a dense row-major layout of this shape (those of sizes 0 and 1 do not matter). */
    public boolean isRowMajor(long[] other) {
        long step = 1;
        for (int d = sizes.length - 1; d >= 0; d--) {
            if (sizes[d] != 1) {
                if (other[d] != step) {
                    return numel == 0;
                }
                step *= sizes[d];
            }
        }
        return true;
    }

    /**
     * A dimension's number between 0 and rank−1, from one that may be negative.
     *
     * @throws IndexException if there is no such dimension
     */
    public int dim(int dim) {
        int rank = sizes.length;
        if (dim < -rank || dim >= rank) {
            throw new IndexException("dimension " + dim + " of shape " + this + ": "
                    + (rank == 0
                            ? "a single number has no dimensions. Leave it out, or unsqueeze the number first."
                            : "there are " + rank + ". Use " + -rank + " to " + (rank - 1) + "."));
        }
        return dim < 0 ? dim + rank : dim;
    }

    /**
     * The shape that both broadcast to (NumPy's and PyTorch's rule: aligned at the right, a size of 1 stretches), or
     * null where they do not fit.
     */
    public static Shape broadcast(Shape a, Shape b) {
        if (a == b || Arrays.equals(a.sizes, b.sizes)) {
            return a;
        }
        if (a.sizes.length == 0) {
            return b;
        }
        if (b.sizes.length == 0) {
            return a;
        }
        int rank = Math.max(a.rank(), b.rank());
        long[] out = new long[rank];
        for (int d = 1; d <= rank; d++) {
            long x = d <= a.rank() ? a.sizes[a.rank() - d] : 1;
            long y = d <= b.rank() ? b.sizes[b.rank() - d] : 1;
            if (x != y && x != 1 && y != 1) {
                return null;
            }
            out[rank - d] = x == 1 ? y : x;
        }
        return Arrays.equals(out, a.sizes) ? a : Arrays.equals(out, b.sizes) ? b : new Shape(out);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Shape s && Arrays.equals(sizes, s.sizes));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
