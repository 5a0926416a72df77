package adjoint.linalg;

import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;

/** What {@link Linalg} does with vectors. */
final class Vectors {
    private Vectors() {}

    static Tensor dot(Tensor x, Tensor y, int dim) {
        if (x.dtype() != y.dtype() || x.dtype() == DType.BOOL) {
            throw new DTypeException("vecdot: " + x.dtype() + " · " + y.dtype() + ": "
                    + (x.dtype() == y.dtype() ? "truth values have no products" : "the types differ")
                    + ". Convert with to(...).");
        }
        return x.mul(y).sum(dim);
    }

    static Tensor vander(Tensor x, long columns) {
        if (x.shape().rank() == 0) {
            throw new ShapeException("vander: of a single number: it takes vectors. Use reshape(1).");
        }
        if (columns < 2) {
            throw new ValueException("vander: of a tensor of shape " + x.shape() + " with " + columns
                    + " columns: the powers 0 and 1 make two. Give at least that many.");
        }
        long[] sizes = Matrices.joined(x.shape(), columns - 1);
        Tensor first = x.unsqueeze(-1);
        Tensor powers = columns == 2 ? first : first.expand(sizes).cumprod(-1);
        return Tensor.cat(-1, Tensor.onesLike(powers.narrow(-1, 0, 1)), powers);
    }
}
