package adjoint.kernel;

import adjoint.types.DType;
import adjoint.types.Shape;

/**
 * A tensor seen as lines along one dimension, each dense in an array of its own order: what scans and sorting work on.
 * Element k of line r lies at {@code r·n + k}. Numbers are widened to F64 or I64 and rounded once at the end, so a
 * scan of F32 carries its running value in double precision, as PyTorch's does.
 */
record Lines(Strided packed, int count, int n, Shape shape, int dim) {
    // Elements that make a thread of its own worth while.
    private static final int PARALLEL = 1 << 14;

    /** What is done to one line, which begins at {@code start} and has {@code n} elements. */
    @FunctionalInterface
    interface Body {
        void run(int line, int start, int n);
    }

    /** A widened copy of {@code in} with dimension {@code dim} last; {@code in} has at least one dimension. */
    static Lines of(Strided in, int dim) {
        DType wide = in.dtype().isFloating() ? DType.F64 : DType.I64;
        Strided packed = Copy.of(moved(in, dim, in.shape().rank() - 1), wide);
        int n = (int) in.shape().size(dim);
        int count = 1;
        for (int d = 0; d < in.shape().rank(); d++) {
            count *= d == dim ? 1 : (int) in.shape().size(d);
        }
        return new Lines(packed, count, n, in.shape(), dim);
    }

    /** The layout with one dimension moved to another place. */
    static Strided moved(Strided x, int from, int to) {
        int rank = x.shape().rank();
        long[] sizes = new long[rank];
        long[] strides = new long[rank];
        for (int d = 0, at = 0; d < rank; d++) {
            if (d == to) {
                sizes[d] = x.shape().size(from);
                strides[d] = x.stride(from);
            } else {
                at += at == from ? 1 : 0;
                sizes[d] = x.shape().size(at);
                strides[d] = x.stride(at++);
            }
        }
        return x.view(Shape.of(sizes), x.offset(), strides);
    }

    double[] doubles() {
        return packed.doubles();
    }

    long[] longs() {
        return packed.longs();
    }

    boolean isReal() {
        return packed.dtype().isFloating();
    }

    /** Another set of lines of these sizes, zeros. */
    Lines like(DType dtype) {
        return new Lines(Strided.zeros(dtype, packed.shape()), count, n, shape, dim);
    }

    /** Lines of {@code k} elements for a tensor of this shape, which has as many lines; zeros, I64. */
    Lines shortened(int k, Shape to) {
        long[] sizes = packed.shape().sizes();
        sizes[sizes.length - 1] = k;
        return new Lines(Strided.zeros(DType.I64, Shape.of(sizes)), count, k, to, dim);
    }

    /** Goes through all lines, on several threads where that pays. */
    void forEach(Body body) {
        Threads.loop(count, Math.max(1, PARALLEL / Math.max(n, 1)), (from, to) -> {
            for (int line = from; line < to; line++) {
                body.run(line, line * n, n);
            }
        });
    }

    /** These lines as a row-major tensor of the shape they came from. */
    Strided unpacked(DType dtype) {
        int last = shape.rank() - 1;
        if (dim == last && dtype == packed.dtype()) {
            return packed;
        }
        return Copy.of(moved(packed, last, dim), dtype);
    }
}
