package adjoint.tensor;

import adjoint.codegen.Expr;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.stream.IntStream;

/** Distances between all rows of two matrices. */
final class Distances {
    /** So many differences are held at once at most: Euclidean distances of more come from a product. */
    private static final long LIMIT = 1 << 22;

    private Distances() {}

    static Tensor all(Tensor a, Tensor b, double p) {
        if (a.shape().rank() < 2 || b.shape().rank() < 2 || a.size(-1) != b.size(-1)) {
            throw new ShapeException("cdist: " + a.shape() + " and " + b.shape()
                    + ": rows of two matrices are compared, so both have at least two dimensions and the last sizes are"
                    + " equal. Reshape or transpose one.");
        }
        if (a.dtype() != b.dtype() || !a.dtype().isFloating()) {
            throw new DTypeException(
                    "cdist: of " + a.dtype() + " and " + b.dtype()
                            + " tensors: a distance is a real number, and the types have to be equal. Convert with to(DType.F32).");
        }
        if (!(p >= 0)) {
            throw new ValueException(
                    "cdist: with p = " + p + ": a norm's power is not negative. Give a number from 0.");
        }
        Tensor rows = a.unsqueeze(-2);
        Tensor columns = b.unsqueeze(-3);
        double differences = (double) a.numel() * b.size(-2);
        if (a.size(-1) == 0) {
            return rows.sub(columns).sum(-1);
        }
        if (p == 2 && differences > LIMIT) {
            return byProduct(a, b);
        }
        Tensor d = rows.sub(columns);
        Tensor norms = p == 0
                ? Tensor.map(v -> v.eq(0).select(Expr.of(0), Expr.of(1)), d).sum(-1)
                : d.norm(p, -1);
        return norms.named("CdistBackward0");
    }

    static Tensor pairs(Tensor x, double p) {
        if (x.shape().rank() != 2) {
            throw new ShapeException("pdist: of shape " + x.shape()
                    + ": the rows of one matrix are compared. Reshape it to two dimensions.");
        }
        long n = x.size(0);
        Tensor i = Tensor.arange(n);
        Tensor above = i.unsqueeze(1).lt(i).nonzero();
        Tensor d = x.at(above.select(1, 0)).sub(x.at(above.select(1, 1)));
        Tensor norms = p == 0 ? d.ne(0).to(x.dtype()).sum(-1) : d.norm(p, -1);
        return norms.named("PdistBackward0");
    }

    /** Scales the slices along a dimension whose norm is above the largest allowed. */
    static Tensor renorm(Tensor x, double p, int dim, double largest) {
        if (!(p > 0) || !(largest >= 0)) {
            throw new ValueException("renorm: with p = " + p + " and largest norm " + largest
                    + ": a power is positive and a norm not negative. Give such numbers.");
        }
        int rank = x.shape().rank();
        if (rank < 2) {
            throw new ShapeException("renorm: of shape " + x.shape()
                    + ": slices of a tensor of at least two dimensions are scaled. Use unsqueeze.");
        }
        int d = Math.floorMod(dim, rank);
        int[] others = IntStream.range(0, rank).filter(i -> i != d).toArray();
        Tensor norm = x.norm(p, others, Dim.KEEP);
        Tensor factor = norm.add(1e-7).rdiv(largest);
        return x.mul(Tensor.where(norm.gt(largest), factor, Tensor.onesLike(factor)));
    }

    /** {@code √(|a|² + |b|² − 2 a·b)}; where rounding leaves nothing of it, 0, and flat. */
    private static Tensor byProduct(Tensor a, Tensor b) {
        Tensor squares = a.square()
                .sum(new int[] {-1}, Dim.KEEP)
                .add(b.square().sum(new int[] {-1}, Dim.KEEP).transpose(-1, -2))
                .sub(a.matmul(b.transpose(-1, -2)).mul(2.0));
        return Tensor.map(s -> s.gt(0).select(s.sqrt(), Expr.of(0)), squares).named("CdistBackward0");
    }
}
