package adjoint.tensor;

import adjoint.types.ShapeException;

/** Integrals of samples by the trapezoidal rule, over places that lie evenly or are given. */
final class Integrals {
    private Integrals() {}

    static Tensor trapezoid(Tensor y, double dx, int dim) {
        return pairs(y, dim).sum(dim).mul(dx / 2);
    }

    static Tensor trapezoid(Tensor y, Tensor x, int dim) {
        return areas(y, x, dim).sum(dim).div(2);
    }

    static Tensor cumulativeTrapezoid(Tensor y, double dx, int dim) {
        return pairs(y, dim).cumsum(dim).mul(dx / 2);
    }

    static Tensor cumulativeTrapezoid(Tensor y, Tensor x, int dim) {
        return areas(y, x, dim).cumsum(dim).div(2);
    }

    /** The sums of neighbours. */
    private static Tensor pairs(Tensor y, int dim) {
        long n = y.size(dim);
        return n == 0 ? y : y.slice(dim, 0, n - 1).add(y.slice(dim, 1, n));
    }

    private static Tensor areas(Tensor y, Tensor x, int dim) {
        boolean line = x.shape().rank() == 1;
        if (x.size(line ? 0 : dim) != y.size(dim)) {
            throw new ShapeException("trapezoid: samples " + y.shape() + " along dimension " + dim + " at places "
                    + x.shape() + ": every sample has one place. Give as many places.");
        }
        if (y.size(dim) == 0) {
            return y;
        }
        Tensor steps = x.diff(1, line ? 0 : dim);
        if (!line) {
            return pairs(y, dim).mul(steps);
        }
        // Along the dimension of the samples.
        return pairs(y, dim).transpose(dim, -1).mul(steps).transpose(dim, -1);
    }
}
