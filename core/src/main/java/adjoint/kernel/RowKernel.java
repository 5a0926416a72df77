package adjoint.kernel;

import adjoint.types.DType;

/**
 * What is done to rows of an array of real numbers: sums, extremes, and the passes that normalising takes. An array is a
 * {@code float[]} or {@code double[]}; numbers of a row's own come and go as double and are rounded to its type.
 *
 * <p>A sum's order is fixed by the number of its terms alone: blocks of {@value #BLOCK} terms with {@value #LANES}
 * running sums each, the blocks added pairwise as a tree. Neither vectors, nor their width, nor threads change a bit of
 * it, and the rounding error grows with the logarithm of the length.
 */
abstract class RowKernel {
    static final int LANES = 8;
    static final int BLOCK = 512;

    /** The fastest there is by now for this type. */
    static RowKernel of(DType dtype) {
        return dtype == DType.F32 ? FloatRows.fastest() : DoubleRows.fastest();
    }

    /** Where the tree of blocks divides {@code n > BLOCK} terms. */
    static int half(int n) {
        int blocks = (n + BLOCK - 1) / BLOCK;
        return Integer.highestOneBit(blocks - 1) * BLOCK;
    }

    /** The sum of {@code n} numbers from {@code at} on. */
    abstract double sum(Object x, int at, int n);

    /** The sum of {@code (x − p) (y − q)}, in the order of a sum. */
    abstract double products(Object x, int xAt, double p, Object y, int yAt, double q, int n);

    /** The largest or smallest as by {@link Math#max}: NaN if there is one; infinite if there is nothing. */
    abstract double extreme(Object x, int at, int n, boolean max);

    /** The larger or smaller of each number of {@code best} and {@code x}, as by {@link Math#max}, into {@code best}. */
    abstract void better(Object best, int bestAt, Object x, int at, int n, boolean max);

    /** The place of the first number that equals {@code v}, or is NaN if {@code v} is; −1 if there is none. */
    abstract int find(Object x, int at, int n, double v);

    /** {@code sums += x}. */
    abstract void add(Object sums, int sumsAt, Object x, int at, int n);

    /** {@code out = (x − p) f}. */
    abstract void scaled(Object x, int at, double p, double f, Object out, int outAt, int n);

    /** {@code x = x / d}. */
    abstract void divide(Object x, int at, double d, int n);

    /** {@code out = (x − p) f w + b}; without {@code b} where that is null. */
    abstract void weighed(
            Object x, int at, double p, double f, Object w, int wAt, Object b, int bAt, Object out, int outAt, int n);

    /** {@code out = (x − p) y}. */
    abstract void times(Object x, int at, double p, Object y, int yAt, Object out, int outAt, int n);

    /** {@code out = ((x − p) − (y − q) k) f}: what is left of a gradient. */
    abstract void remainder(
            Object x, int at, double p, Object y, int yAt, double q, double k, double f, Object out, int outAt, int n);

    /** One number. */
    abstract double get(Object x, int at);

    /** Puts one number. */
    abstract void set(Object x, int at, double v);

    /** A new array of zeros. */
    abstract Object zeros(int n);

    /** Makes the first {@code n} numbers zeros. */
    abstract void clear(Object x, int n);

    /** An array to be filled, from the {@link Workspace}. */
    abstract Object scratch(int n);
}
