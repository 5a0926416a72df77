package adjoint.tensor;

import adjoint.types.IndexException;

/**
 * Which part of a dimension is meant, for {@link Tensor#at} and {@link Tensor#set}:
 *
 * <pre>{@code
 * x.at(Index.ALL, Index.range(1, 3))     // x[:, 1:3]
 * x.at(Index.at(-1))                     // x[-1]
 * x.at(Index.list(0, 2, 2))              // x[[0, 2, 2]]
 * x.at(Index.mask(x.gt(0)))              // x[x > 0]
 * }</pre>
 */
public sealed interface Index {

    /** The whole dimension: {@code :}. */
    Index ALL = new Range(null, null, 1);

    /** As many whole dimensions as are left: {@code ...}. */
    Index ELLIPSIS = new Ellipsis();

    /** A new dimension of size 1: {@code None}. */
    Index NEW_AXIS = new NewAxis();

    /** One position; the dimension disappears. Negative ones count from the end. */
    static Index at(long position) {
        return new At(position);
    }

    /** The positions from {@code start} to before {@code end}; negative ones count from the end: {@code start:end}. */
    static Index range(long start, long end) {
        return new Range(start, end, 1);
    }

    /**
     * Every {@code step}-th position from {@code start} to before {@code end}: {@code start:end:step}.
     *
     * @throws IndexException if the step is not positive
     */
    static Index range(long start, long end, long step) {
        return new Range(start, end, step);
    }

    /** The positions from {@code start} on: {@code start:}. */
    static Index from(long start) {
        return new Range(start, null, 1);
    }

    /** The positions before {@code end}: {@code :end}. */
    static Index to(long end) {
        return new Range(null, end, 1);
    }

    /** Every {@code step}-th position: {@code ::step}. */
    static Index step(long step) {
        return new Range(null, null, step);
    }

    /** These positions, in this order, repeated if named twice. */
    static Index list(long... positions) {
        return new Positions(Tensor.of(positions));
    }

    /** The positions that an integer tensor holds; its shape takes the dimension's place. */
    static Index of(Tensor positions) {
        return new Positions(positions);
    }

    /** The places where a truth tensor holds; it covers as many dimensions as it has. */
    static Index mask(Tensor truth) {
        return new Positions(truth);
    }

    /** See {@link #at}. */
    record At(long position) implements Index {}

    /** See {@link #range(long, long, long)}; null is an open end. */
    record Range(Long start, Long end, long step) implements Index {
        /** Checks the step. */
        public Range {
            if (step <= 0) {
                throw new IndexException("range with step " + step + ": the step must be positive. For a reversed"
                        + " order index with a list of positions.");
            }
        }
    }

    /** See {@link #of} and {@link #mask}. */
    record Positions(Tensor tensor) implements Index {}

    /** See {@link #ELLIPSIS}. */
    record Ellipsis() implements Index {}

    /** See {@link #NEW_AXIS}. */
    record NewAxis() implements Index {}
}
