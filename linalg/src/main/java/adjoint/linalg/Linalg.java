package adjoint.linalg;

import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;

/**
 * Linear algebra on matrices and batches of them, {@code [..., n, n]}; differentiable any number of times. PyTorch:
 * {@code torch.linalg}. Computed in double precision and rounded once.
 */
public final class Linalg {
    private Linalg() {}

    private static Tensor real(String name, Tensor a) {
        if (!a.dtype().isFloating()) {
            throw new DTypeException(name + ": of a " + a.dtype()
                    + " tensor: the result is real numbers. Convert it with" + " to(DType.F64).");
        }
        return a;
    }

    private static Tensor square(String name, Tensor a) {
        Shape shape = real(name, a).shape();
        if (shape.rank() < 2 || shape.size(-1) != shape.size(-2)) {
            throw new ShapeException(name + ": of a tensor of shape " + shape
                    + ": it takes square matrices [..., n, n]. For least squares, multiply by the transpose first.");
        }
        return a;
    }

    private static Shape leading(Tensor x) {
        return Shape.of(Arrays.copyOf(x.shape().sizes(), x.shape().rank() - 2));
    }

    /** The determinants of {@code [..., n, n]}: {@code [...]}; gradients exist for singular matrices too. */
    public static Tensor det(Tensor a) {
        return Engine.run(new Determinant(Determinant.Part.DET), square("det", a));
    }

    /** The signs of the determinants of {@code [..., n, n]} and the logarithms of their absolute values. */
    public static SignAndLogarithm slogdet(Tensor a) {
        Tensor sign = Engine.run(
                new Determinant(Determinant.Part.SIGN), square("slogdet", a).detach());
        return new SignAndLogarithm(sign, Engine.run(new Determinant(Determinant.Part.LOG_ABS), a));
    }

    /** The logarithms of the determinants of {@code [..., n, n]}; NaN for negative ones. */
    public static Tensor logdet(Tensor a) {
        SignAndLogarithm parts = slogdet(square("logdet", a));
        Tensor none = Tensor.fullLike(parts.logAbsDet(), Double.NaN);
        return Tensor.where(parts.sign().lt(0), none, parts.logAbsDet());
    }

    /**
     * The inverses of {@code [..., n, n]}. To solve equations, {@link #solve} is more exact.
     *
     * @throws ValueException if a matrix is singular
     */
    public static Tensor inv(Tensor a) {
        Shape shape = square("inv", a).shape();
        Tensor unit = Tensor.eye(shape.size(-1)).to(a.dtype()).expand(shape.sizes());
        return Engine.run(new Solve("inv", "LinalgInvExBackward0"), a, unit);
    }

    /**
     * X of A X = B: {@code [..., n, n]} and {@code [..., n, k]} give {@code [..., n, k]}, leading dimensions broadcast;
     * a right side of the shape of A without its last dimension holds vectors.
     *
     * @throws ValueException if a matrix is singular
     * @throws ShapeException if the shapes do not fit
     */
    public static Tensor solve(Tensor a, Tensor b) {
        Shape left = square("solve", a).shape();
        if (real("solve", b).dtype() != a.dtype()) {
            throw new DTypeException(
                    "solve: " + a.dtype() + " and " + b.dtype() + ": the types differ. Convert one with to(...).");
        }
        int rank = b.shape().rank();
        boolean vector = rank == 1
                || (rank == left.rank() - 1
                        && Arrays.equals(b.shape().sizes(), Arrays.copyOf(left.sizes(), left.rank() - 1)));
        Tensor right = vector ? b.unsqueeze(-1) : b;
        Shape batch = rank == 0 || right.size(-2) != left.size(-1) ? null : Shape.broadcast(leading(a), leading(right));
        if (batch == null) {
            throw new ShapeException("solve: " + left + " and " + b.shape() + ": the right side needs " + left.size(-1)
                    + " rows and leading dimensions that broadcast. Reshape or transpose it.");
        }
        Tensor x = Engine.run(
                new Solve("solve", "LinalgSolveExBackward0"),
                a.expand(joined(batch, left.size(-2), left.size(-1))),
                right.expand(joined(batch, left.size(-1), right.size(-1))));
        return vector ? x.squeeze(-1) : x;
    }

    private static long[] joined(Shape batch, long rows, long columns) {
        long[] sizes = Arrays.copyOf(batch.sizes(), batch.rank() + 2);
        sizes[batch.rank()] = rows;
        sizes[batch.rank() + 1] = columns;
        return sizes;
    }

    /**
     * The {@code n}-th powers of matrices {@code [..., n, n]}, by repeated squaring; a negative one of the inverse.
     * PyTorch: {@code matrix_power}.
     *
     * @throws ValueException if n is negative and a matrix is singular
     */
    public static Tensor matrixPower(Tensor a, int n) {
        Shape shape = square("matrix_power", a).shape();
        Tensor base = n < 0 ? inv(a) : a;
        Tensor power = null;
        for (long rest = Math.abs((long) n); rest > 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                power = power == null ? base : power.matmul(base);
            }
            base = rest > 1 ? base.matmul(base) : base;
        }
        if (power != null) {
            return power;
        }
        // The identity, whose gradient is zero rather than absent.
        Tensor unit = Tensor.eye(shape.size(-1)).to(a.dtype());
        return Tensor.where(Tensor.zeros(DType.BOOL, 1), a, unit);
    }
}
