package adjoint.linalg;

import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.LinalgException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;

/** Systems of equations and inverses: what {@link Linalg} says, in terms of operations. */
final class Solving {
    private Solving() {}

    static Tensor inv(String name, Tensor a, Solve.Singular singular) {
        Shape shape = Matrices.realSquare(name, a).shape();
        Tensor unit = Matrices.unit(shape.size(-1), a.dtype()).expand(shape.sizes());
        return Engine.run(new Solve(name, "LinalgInvExBackward0", singular), a, unit);
    }

    static ResultAndInfo<Tensor> invEx(Tensor a) {
        return new ResultAndInfo<>(inv("inv", a, Solve.Singular.INFINITE), info(Failure.PIVOTS, a));
    }

    static Tensor info(Failure kind, Tensor a) {
        return Engine.run(kind, a.detach());
    }

    /** The leading dimensions of both, once each is a matrix and B has as many rows as A. */
    private static Shape batch(String name, Tensor a, Tensor b) {
        Shape batch = b.shape().rank() < 2 || b.size(-2) != a.size(-1)
                ? null
                : Shape.broadcast(Matrices.leading(a), Matrices.leading(b));
        if (batch == null) {
            throw new ShapeException(name + ": " + a.shape() + " and " + b.shape() + ": the right side needs "
                    + a.size(-1) + " rows and leading dimensions that broadcast. Reshape or transpose it.");
        }
        return batch;
    }

    /** Whether the right side holds vectors rather than matrices: PyTorch's rule. */
    private static boolean isVector(Tensor a, Tensor b) {
        int rank = a.shape().rank();
        return b.shape().rank() == 1
                || (b.shape().rank() == rank - 1
                        && Arrays.equals(
                                b.shape().sizes(), Arrays.copyOf(a.shape().sizes(), rank - 1)));
    }

    static Tensor solve(String name, Tensor a, Tensor b, Solve.Singular singular) {
        Matrices.realSquare(name, a);
        Matrices.sameType(name, a, b);
        boolean vector = isVector(a, b);
        Tensor right = vector ? b.unsqueeze(-1) : b;
        Shape batch = batch(name, a, right);
        Tensor x = Engine.run(
                new Solve(name, "LinalgSolveExBackward0", singular),
                Matrices.spread(a, batch),
                Matrices.spread(right, batch));
        return vector ? x.squeeze(-1) : x;
    }

    static Tensor solve(Tensor a, Tensor b, Side side, Solve.Singular singular) {
        if (side == Side.LEFT) {
            return solve("solve", a, b, singular);
        }
        return solve("solve", transposed("solve", a), transposed("solve", b), singular)
                .mT();
    }

    private static Tensor transposed(String name, Tensor x) {
        return Matrices.matrix(name, x).mT();
    }

    static ResultAndInfo<Tensor> solveEx(Tensor a, Tensor b, Side side) {
        return new ResultAndInfo<>(solve(a, b, side, Solve.Singular.INFINITE), info(Failure.PIVOTS, a));
    }

    /** Of operands that fit. */
    static Tensor triangular(Tensor t, Tensor b, Triangle triangle) {
        return Engine.run(new TriangularSolve(triangle, MainDiagonal.GIVEN), t, b);
    }

    static Tensor solveTriangular(Tensor t, Tensor b, Triangle triangle, Side side, MainDiagonal diagonal) {
        String name = "solve_triangular";
        if (side == Side.RIGHT) {
            Triangle other = triangle == Triangle.LOWER ? Triangle.UPPER : Triangle.LOWER;
            return solveTriangular(transposed(name, t), transposed(name, b), other, Side.LEFT, diagonal)
                    .mT();
        }
        Matrices.realSquare(name, t);
        Matrices.sameType(name, t, b);
        Shape batch = batch(name, t, b);
        return Engine.run(
                new TriangularSolve(triangle, diagonal), Matrices.spread(t, batch), Matrices.spread(b, batch));
    }

    static Tensor choleskySolve(Tensor b, Tensor factor, Triangle triangle) {
        String name = "cholesky_solve";
        Matrices.realSquare(name, factor);
        Matrices.sameType(name, factor, b);
        Shape batch = batch(name, factor, b);
        return Engine.run(
                new CholeskySolve(triangle, "CholeskySolveBackward0"),
                Matrices.spread(factor, batch),
                Matrices.spread(b, batch));
    }

    static Tensor choleskyInverse(Tensor factor, Triangle triangle) {
        Shape shape = Matrices.realSquare("cholesky_inverse", factor).shape();
        Tensor unit = Matrices.unit(shape.size(-1), factor.dtype()).expand(shape.sizes());
        return Engine.run(new CholeskySolve(triangle, "CholeskyInverseBackward0"), factor, unit);
    }

    static Tensor luSolve(PackedLU factors, Tensor b, Side side, Orientation orientation) {
        String name = "lu_solve";
        Matrices.realSquare(name, factors.lu());
        Matrices.sameType(name, factors.lu(), b);
        Decompositions.checkPivots(name, factors);
        if (side == Side.RIGHT) {
            Orientation other = orientation == Orientation.PLAIN ? Orientation.TRANSPOSED : Orientation.PLAIN;
            return luSolve(factors, transposed(name, b), Side.LEFT, other).mT();
        }
        batch(name, factors.lu(), b);
        LU lu = Decompositions.unpack(factors);
        if (orientation == Orientation.PLAIN) {
            Tensor x = solveTriangular(lu.l(), lu.p().mT().matmul(b), Triangle.LOWER, Side.LEFT, MainDiagonal.ONES);
            return solveTriangular(lu.u(), x, Triangle.UPPER, Side.LEFT, MainDiagonal.GIVEN);
        }
        Tensor x = solveTriangular(lu.u().mT(), b, Triangle.LOWER, Side.LEFT, MainDiagonal.GIVEN);
        return lu.p().matmul(solveTriangular(lu.l().mT(), x, Triangle.UPPER, Side.LEFT, MainDiagonal.ONES));
    }

    /** What PyTorch takes for 0 relative to the largest singular value where nothing is said. */
    static double tolerance(Tensor a) {
        double epsilon = a.dtype() == DType.F64 ? Math.ulp(1.0) : Math.ulp(1f);
        return epsilon * Math.max(a.size(-2), a.size(-1));
    }

    static Tensor pinv(Tensor a, Tensor atol, Tensor rtol, Structure structure) {
        Matrices.matrix("pinv", a);
        if (structure == Structure.SYMMETRIC) {
            Matrices.square("pinv", a);
        }
        return Engine.run(new PseudoInverse(structure), a, bound("pinv", a, atol), bound("pinv", a, rtol));
    }

    /** A tolerance for each matrix, which no gradient flows to. */
    static Tensor bound(String name, Tensor a, Tensor tolerance) {
        Shape batch = Matrices.leading(a);
        if (!batch.equals(Shape.broadcast(batch, tolerance.shape()))) {
            throw new ShapeException(name + ": of a tensor of shape " + a.shape() + " with tolerances of shape "
                    + tolerance.shape() + ": they do not broadcast to " + batch + ". Give one for each matrix.");
        }
        return tolerance.detach().to(DType.F64).expand(batch.sizes());
    }

    static LeastSquares lstsq(Tensor a, Tensor b, double rcond, LstsqDriver driver) {
        String name = "lstsq";
        Matrices.matrix(name, a);
        Matrices.sameType(name, a, b);
        boolean vector = isVector(a, b) && b.shape().rank() == a.shape().rank() - 1;
        Tensor right = vector ? b.unsqueeze(-1) : b;
        if (right.shape().rank() < 2 || right.size(-2) != a.size(-2)) {
            throw new ShapeException(name + ": " + a.shape() + " and " + b.shape() + ": the right side needs "
                    + a.size(-2) + " rows. Reshape or transpose it.");
        }
        Tensor none = Tensor.zeros(a.dtype(), 0);
        Tensor bound = Tensor.scalar(rcond, DType.F64);
        Tensor singular = Decompositions.svdvals(a.detach());
        Tensor rank = Norms.rank(singular, bound("lstsq", a, Tensor.scalar(0, DType.F64)), bound("lstsq", a, bound));
        boolean everywhere =
                driver != LstsqDriver.GELSY && rank.eq(Matrices.side(a)).all().itemBoolean();
        if (driver == LstsqDriver.GELS && !everywhere) {
            throw new LinalgException(
                    name + ": of a tensor of shape " + a.shape() + " by GELS: a matrix has not full rank,"
                            + " so more than one solution is best. Take another driver, which gives the shortest.");
        }
        Tensor x =
                pinv(a, Tensor.scalar(0, DType.F64), bound, Structure.GENERAL).matmul(right);
        Tensor residuals = everywhere && a.size(-2) > a.size(-1)
                ? a.matmul(x).sub(right).square().sum(-2)
                : none;
        boolean values = driver == LstsqDriver.GELSD || driver == LstsqDriver.GELSS;
        return new LeastSquares(
                vector ? x.squeeze(-1) : x,
                residuals,
                driver == LstsqDriver.GELS ? none.to(DType.I64) : rank,
                values ? singular : none);
    }

    static Tensor power(Tensor a, int n) {
        Matrices.square("matrix_power", a);
        Tensor base = n < 0 ? inv("matrix_power", a, Solve.Singular.ERROR) : a;
        Tensor power = null;
        for (long rest = Math.abs((long) n); rest > 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                power = power == null ? base : power.matmul(base);
            }
            base = rest > 1 ? base.matmul(base) : base;
        }
        if (power != null) {
            return power == a ? a.clone() : power;
        }
        // The identity, whose gradient is zero rather than absent.
        return Tensor.where(Tensor.zeros(DType.BOOL, 1), a, Matrices.unit(a.size(-1), a.dtype()));
    }

    private static long count(Shape shape, int from, int to) {
        return Arrays.stream(shape.sizes(), from, to).reduce(1, (x, y) -> x * y);
    }

    static Tensor tensorinv(Tensor a, int ind) {
        int rank = a.shape().rank();
        if (ind <= 0 || ind > rank) {
            throw new ValueException("tensorinv: of a tensor of shape " + a.shape() + " with " + ind
                    + " dimensions to the left: there are from 1 to " + rank
                    + ". Say how many belong to the result's right.");
        }
        long n = count(a.shape(), 0, ind);
        if (n != count(a.shape(), ind, rank)) {
            throw new ShapeException("tensorinv: of a tensor of shape " + a.shape() + ": its first " + ind
                    + " dimensions hold " + n + " numbers, the others not as many. Choose where it becomes square.");
        }
        long[] sizes = Matrices.joined(
                Shape.of(Arrays.copyOfRange(a.shape().sizes(), ind, rank)),
                Arrays.copyOf(a.shape().sizes(), ind));
        return inv("tensorinv", a.reshape(n, n), Solve.Singular.ERROR).reshape(sizes);
    }

    static Tensor tensorsolve(Tensor a, Tensor b, int... dims) {
        Tensor turned = a;
        if (dims.length > 0) {
            int[] last = new int[dims.length];
            Arrays.setAll(last, d -> a.shape().rank() - dims.length + d);
            turned = a.movedim(dims, last);
        }
        int rows = b.shape().rank();
        long n = b.numel();
        if (turned.shape().rank() < rows
                || count(turned.shape(), rows, turned.shape().rank()) != n
                || a.numel() != n * n) {
            throw new ShapeException(
                    "tensorsolve: " + a.shape() + " and " + b.shape() + ": the left side is not square: " + "its first "
                            + rows + " dimensions and its others should each hold " + n + " numbers. Reshape it.");
        }
        Tensor x = solve("tensorsolve", turned.reshape(n, n), b.reshape(n), Solve.Singular.ERROR);
        return x.reshape(
                Arrays.copyOfRange(turned.shape().sizes(), rows, turned.shape().rank()));
    }
}
