package adjoint.linalg;

import adjoint.tensor.Dim;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import java.util.Arrays;

/** Norms, condition numbers and ranks, composed of singular values, sums and maxima. */
final class Norms {
    private static final int[] LAST = {-2, -1};

    private Norms() {}

    static Tensor matrix(Tensor a, MatrixNorm norm, int[] dims, Dim keep) {
        String name = "matrix_norm";
        Matrices.matrix(name, a);
        int[] two = dims.length == 0 ? LAST : dims;
        if (two.length != 2 || a.shape().dim(two[0]) == a.shape().dim(two[1])) {
            throw new ShapeException(name + ": of a tensor of shape " + a.shape() + " over dimensions "
                    + Arrays.toString(dims) + ": a matrix has two. Name that of the rows and that of the columns.");
        }
        return switch (norm) {
            case FROBENIUS -> a.norm(2, two, keep);
            case NUCLEAR, SPECTRAL, SMALLEST_SINGULAR_VALUE -> spectral(a, norm, two, keep);
            case LARGEST_COLUMN_SUM, SMALLEST_COLUMN_SUM -> sums(a, norm, two[0], two[1], keep);
            case LARGEST_ROW_SUM, SMALLEST_ROW_SUM -> sums(a, norm, two[1], two[0], keep);
        };
    }

    private static Tensor spectral(Tensor a, MatrixNorm norm, int[] dims, Dim keep) {
        Tensor s = Decompositions.svdvals(a.movedim(dims, LAST));
        Tensor result = norm == MatrixNorm.NUCLEAR ? s.sum(-1) : extreme(s, norm, -1, Dim.DROP);
        if (keep == Dim.DROP) {
            return result;
        }
        int first = Math.min(a.shape().dim(dims[0]), a.shape().dim(dims[1]));
        int second = Math.max(a.shape().dim(dims[0]), a.shape().dim(dims[1]));
        return result.unsqueeze(first).unsqueeze(second);
    }

    /** Sums along one dimension, and of these the largest or smallest. */
    private static Tensor sums(Tensor a, MatrixNorm norm, int along, int among, Dim keep) {
        Tensor sums = extreme(a.abs().sum(along, Dim.KEEP), norm, among, Dim.KEEP);
        return keep == Dim.KEEP
                ? sums
                : sums.squeeze(a.shape().dim(along), a.shape().dim(among));
    }

    private static Tensor extreme(Tensor x, MatrixNorm norm, int dim, Dim keep) {
        boolean largest = norm == MatrixNorm.SPECTRAL
                || norm == MatrixNorm.LARGEST_COLUMN_SUM
                || norm == MatrixNorm.LARGEST_ROW_SUM;
        if (!largest) {
            return x.amin(new int[] {dim}, keep);
        }
        if (x.size(dim) == 0) {
            return x.sum(dim, keep); // of no numbers that are 0 or more the largest is 0
        }
        return x.amax(new int[] {dim}, keep);
    }

    static Tensor norm(Tensor x, double order, int[] dims, Dim keep) {
        int rank = dims.length == 0 ? x.shape().rank() : dims.length;
        if (rank != 1 && rank != 2) {
            throw new ShapeException("norm: of order " + order + " over " + rank + " dimensions of a tensor of shape "
                    + x.shape() + ": it takes vectors and matrices. Name one or two dimensions, or use vectorNorm.");
        }
        return rank == 1 ? x.norm(order, dims, keep) : matrix(x, MatrixNorm.of(order), dims, keep);
    }

    static Tensor cond(Tensor a, MatrixNorm norm) {
        Matrices.matrix("cond", a);
        if (norm == MatrixNorm.SPECTRAL || norm == MatrixNorm.SMALLEST_SINGULAR_VALUE) {
            Tensor s = Decompositions.svdvals(a);
            if (Matrices.side(a) == 0) {
                return s.sum(-1);
            }
            Tensor first = s.select(-1, 0);
            Tensor last = s.select(-1, -1);
            return norm == MatrixNorm.SPECTRAL ? first.div(last) : last.div(first);
        }
        Matrices.square("cond", a);
        if (a.size(-1) == 0) {
            return a.sum(-2, -1);
        }
        ResultAndInfo<Tensor> inverse = Solving.invEx(a);
        Tensor product = matrix(a, norm, LAST, Dim.DROP).mul(matrix(inverse.result(), norm, LAST, Dim.DROP));
        return Tensor.where(inverse.info().ne(0), Double.POSITIVE_INFINITY, product);
    }

    static Tensor rank(Tensor a, Tensor atol, Tensor rtol, Structure structure) {
        Matrices.matrix("matrix_rank", a);
        Tensor values = structure == Structure.SYMMETRIC
                ? Decompositions.eigvalsh(a.detach(), Triangle.LOWER).abs()
                : Decompositions.svdvals(a.detach());
        return rank(values, Solving.bound("matrix_rank", a, atol), Solving.bound("matrix_rank", a, rtol));
    }

    /** How many of the values, {@code [..., k]}, are larger than max(atol, rtol · the largest). */
    static Tensor rank(Tensor values, Tensor atol, Tensor rtol) {
        Tensor wide = values.to(DType.F64);
        if (wide.size(-1) == 0) {
            return wide.sum(-1).to(DType.I64);
        }
        Tensor bound = atol.maximum(wide.amax(-1).mul(rtol));
        return wide.gt(bound.unsqueeze(-1)).sum(-1);
    }
}
