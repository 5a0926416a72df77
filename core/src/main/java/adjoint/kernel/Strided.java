package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.Arrays;

/**
 * Numbers laid out in memory, which is one Java array: element (i, j, …) lies at {@code offset + i·stride₀ + j·stride₁ + …}.
 * What kernels read and write; it knows nothing of derivatives. The array is never handed to users.
 *
 * <p>The memory has a version that every write raises, whichever layout of it was written through, so that a value saved
 * for backward can tell that it has been overwritten. The first layout of an array keeps it for all the others: small
 * operations cost what they allocate, so there is no object for the memory beside it.
 */
public final class Strided {
    private final Object array; // of byte for both types of 8-bit integers, else of the Java type with the type's name
    private final Strided first; // the layout that keeps the memory's version; null: this one
    private Writes writes; // null: none so far
    private final DType dtype;
    private final Shape shape;
    private final int offset;
    private final long[] strides; // null: row-major

    private Strided(Object array, Strided first, DType dtype, Shape shape, int offset, long[] strides) {
        this.array = array;
        this.first = first;
        this.dtype = dtype;
        this.shape = shape;
        this.offset = offset;
        this.strides = strides;
    }

    /** How often memory was written to, and by what. */
    private static final class Writes {
        private int count;
        private String last;
    }

    /** A row-major layout of a fresh array with exactly the shape's number of elements. */
    public static Strided of(Object array, DType dtype, Shape shape) {
        return new Strided(array, null, dtype, shape, 0, null);
    }

    /** Zeros. */
    public static Strided zeros(DType dtype, Shape shape) {
        return of(Memory.allocate(dtype, shape), dtype, shape);
    }

    /** Another row-major layout of the same elements; only for a row-major layout. */
    public Strided withShape(Shape other) {
        return new Strided(array, first(), dtype, other, offset, null);
    }

    /** Another layout of the same memory. */
    public Strided view(Shape other, int newOffset, long[] newStrides) {
        return new Strided(array, first(), dtype, other, newOffset, other.isRowMajor(newStrides) ? null : newStrides);
    }

    /** The same elements under a version of their own: writes through one do not count for the other. */
    public Strided unversioned() {
        return new Strided(array, null, dtype, shape, offset, strides);
    }

    private Strided first() {
        return first == null ? this : first;
    }

    /** How often this memory was written to after it was made. */
    public int version() {
        Writes seen = first().writes;
        return seen == null ? 0 : seen.count;
    }

    /** Says that an operation has written to this memory. */
    public void touch(String operation) {
        Strided keeper = first();
        if (keeper.writes == null) {
            keeper.writes = new Writes();
        }
        keeper.writes.count++;
        keeper.writes.last = operation;
    }

    /** The operation that wrote to this memory last. */
    public String changedBy() {
        Writes seen = first().writes;
        return seen == null ? "nothing" : seen.last;
    }

    /** The live array. */
    public Object array() {
        return array;
    }

    public float[] floats() {
        return (float[]) array;
    }

    public double[] doubles() {
        return (double[]) array;
    }

    public long[] longs() {
        return (long[]) array;
    }

    public boolean[] booleans() {
        return (boolean[]) array;
    }

    /** The whole number at a place of the array; a truth value counts as 0 or 1. */
    public long integer(int at) {
        return Copy.integer(array, dtype, at);
    }

    /** Puts a whole number at a place of the array, cut to the type's width. */
    public void setInteger(int at, long value) {
        Copy.setInteger(array, dtype, at, value);
    }

    public DType dtype() {
        return dtype;
    }

    public Shape shape() {
        return shape;
    }

    public int offset() {
        return offset;
    }

    /** The number of elements. */
    public int numel() {
        return (int) shape.numel();
    }

    /** Whether all elements are one number in memory. */
    public boolean isUniform() {
        if (shape.numel() == 1) {
            return true;
        }
        for (int d = 0; strides != null && d < strides.length; d++) {
            if (strides[d] != 0 && shape.size(d) != 1) {
                return false;
            }
        }
        return strides != null;
    }

    /** Whether the elements lie densely in row-major order. */
    public boolean isRowMajor() {
        return strides == null;
    }

    /** The strides in elements; a copy. */
    public long[] strides() {
        return strides == null ? shape.strides() : strides.clone();
    }

    /** The stride of one dimension (0 ≤ d < rank). */
    public long stride(int d) {
        if (strides != null) {
            return strides[d];
        }
        long step = 1;
        for (int k = shape.rank() - 1; k > d; k--) {
            step *= Math.max(shape.size(k), 1);
        }
        return step;
    }

    /** Whether two elements share a place, as in an expanded tensor: such memory cannot be written to. */
    public boolean overlapsItself() {
        if (strides == null) {
            return false;
        }
        for (int d = 0; d < shape.rank(); d++) {
            if (strides[d] == 0 && shape.size(d) > 1) {
                return true;
            }
        }
        return false;
    }

    /** Whether both are the very same elements in the same order. */
    public boolean sameLayout(Strided other) {
        return this == other
                || (array == other.array
                        && offset == other.offset
                        && shape.equals(other.shape)
                        && Arrays.equals(strides(), other.strides()));
    }

    /** These elements, row-major: this itself where it is so already, else a copy. */
    public Strided rowMajor() {
        return strides == null ? this : Copy.of(this, dtype);
    }
}
