package adjoint.conformance;

import static adjoint.conformance.TorchTable.both;

import adjoint.conformance.PythonRun.Tuple;
import adjoint.linalg.Eig;
import adjoint.linalg.Eigh;
import adjoint.linalg.LU;
import adjoint.linalg.LeastSquares;
import adjoint.linalg.Linalg;
import adjoint.linalg.LstsqDriver;
import adjoint.linalg.MainDiagonal;
import adjoint.linalg.MatrixNorm;
import adjoint.linalg.Orientation;
import adjoint.linalg.PackedLU;
import adjoint.linalg.QR;
import adjoint.linalg.QRMode;
import adjoint.linalg.ResultAndInfo;
import adjoint.linalg.SVD;
import adjoint.linalg.SVDMode;
import adjoint.linalg.Side;
import adjoint.linalg.SignAndLogarithm;
import adjoint.linalg.Structure;
import adjoint.linalg.Triangle;
import adjoint.tensor.Dim;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Linear algebra: {@code torch.linalg}, and its older names in {@code torch}. */
final class TorchLinalg {
    private static final String MODULE = "torch.linalg.";

    private TorchLinalg() {}

    static void define() {
        determinants();
        solving();
        leastSquares();
        cholesky();
        eliminating();
        orthogonal();
        eigenvalues();
        norms();
        products();
    }

    private static Tuple tuple(String name, Object... items) {
        return new Tuple(List.of(items), name);
    }

    /** Of {@code torch.linalg} alone. */
    private static void linalg(String signature, Function<Arguments, Object> body) {
        TorchTable.define(MODULE + signature, body);
    }

    private static void unary(String name, UnaryOperator<Tensor> body) {
        linalg(name + "(A)", a -> body.apply(a.tensor("A")));
    }

    /** Under the old name a method too, whose argument has another name. */
    private static void alsoOld(String name, String old, UnaryOperator<Tensor> body) {
        unary(name, body);
        both(old + "(input)", a -> body.apply(a.tensor("input")));
    }

    private static void determinants() {
        alsoOld("det", "det", Linalg::det);
        alsoOld("inv", "inverse", Linalg::inv);
        alsoOld("matrix_exp", "matrix_exp", Linalg::matrixExp);
        both("logdet(input)", a -> Linalg.logdet(a.tensor("input")));
        linalg("slogdet(A)", a -> signAndLogarithm("linalg_slogdet", Linalg.slogdet(a.tensor("A"))));
        both("slogdet(input)", a -> signAndLogarithm("slogdet", Linalg.slogdet(a.tensor("input"))));
        linalg("matrix_power(A, n)", a -> Linalg.matrixPower(a.tensor("A"), a.integer("n", 0)));
        both("matrix_power(input, n)", a -> Linalg.matrixPower(a.tensor("input"), a.integer("n", 0)));
        linalg("inv_ex(A, check_errors)", a -> checked(a, Linalg::inv, "linalg_inv_ex", Linalg::invEx));
    }

    private static Tuple signAndLogarithm(String name, SignAndLogarithm parts) {
        return tuple(name, parts.sign(), parts.logAbsDet());
    }

    private static Tuple info(String name, ResultAndInfo<Tensor> result) {
        return tuple(name, result.result(), result.info());
    }

    /** A form with the check where errors are asked for; then the other gives the places, which are 0. */
    private static Tuple checked(
            Arguments a, UnaryOperator<Tensor> strict, String name, Function<Tensor, ResultAndInfo<Tensor>> lenient) {
        Tensor x = a.tensor("A");
        if (a.flag("check_errors", false)) {
            return tuple(name, strict.apply(x), lenient.apply(x).info());
        }
        return info(name, lenient.apply(x));
    }

    private static Side side(Arguments a) {
        return a.flag("left", true) ? Side.LEFT : Side.RIGHT;
    }

    private static Triangle triangle(Arguments a) {
        return a.flag("upper", false) ? Triangle.UPPER : Triangle.LOWER;
    }

    private static void solving() {
        linalg("solve(A, B, left)", a -> Linalg.solve(a.tensor("A"), a.tensor("B"), side(a)));
        linalg("solve_ex(A, B, left, check_errors)", a -> {
            Side side = side(a);
            ResultAndInfo<Tensor> result = Linalg.solveEx(a.tensor("A"), a.tensor("B"), side);
            return a.flag("check_errors", false)
                    ? tuple("linalg_solve_ex", Linalg.solve(a.tensor("A"), a.tensor("B"), side), result.info())
                    : info("linalg_solve_ex", result);
        });
        linalg("solve_triangular(A, B, upper, left, unitriangular)", a -> {
            if (!a.has("upper")) {
                throw new Unwritable("solve_triangular without a triangle");
            }
            return Linalg.solveTriangular(a.tensor("A"), a.tensor("B"), triangle(a), side(a), diagonal(a));
        });
        both("triangular_solve(b, A, upper, transpose, unitriangular)", a -> {
            Triangle read = a.flag("upper", true) ? Triangle.UPPER : Triangle.LOWER;
            boolean turned = a.flag("transpose", false);
            Triangle triangle = turned ? other(read) : read;
            Tensor t = a.tensor("A");
            return tuple(
                    "triangular_solve",
                    Linalg.solveTriangular(turned ? t.mT() : t, a.tensor("b"), triangle, Side.LEFT, diagonal(a)),
                    t.clone());
        });
        linalg("tensorinv(A, ind)", a -> Linalg.tensorinv(a.tensor("A"), a.integer("ind", 2)));
        linalg("tensorsolve(A, B, dims)", a -> Linalg.tensorsolve(a.tensor("A"), a.tensor("B"), a.dims("dims")));
    }

    private static Triangle other(Triangle triangle) {
        return triangle == Triangle.LOWER ? Triangle.UPPER : Triangle.LOWER;
    }

    private static MainDiagonal diagonal(Arguments a) {
        return a.flag("unitriangular", false) ? MainDiagonal.ONES : MainDiagonal.GIVEN;
    }

    private static double epsilon(Tensor x) {
        return x.dtype() == DType.F64 ? Math.ulp(1.0) : Math.ulp(1f);
    }

    private static double tolerance(Tensor x) {
        return x.shape().rank() < 2 ? 0 : epsilon(x) * Math.max(x.size(-2), x.size(-1));
    }

    private static Structure structure(Arguments a) {
        return a.flag("hermitian", false) ? Structure.SYMMETRIC : Structure.GENERAL;
    }

    /** A tolerance: one number, or one for each matrix. */
    private static Tensor bound(Arguments a, String name, double otherwise) {
        return a.get(name) instanceof Tensor t ? t : Tensor.scalar(a.number(name, otherwise), DType.F64);
    }

    /** What a function makes of a matrix, atol and rtol, with PyTorch's rules for what is not given. */
    private static Tensor bounded(Arguments a, String old, boolean oldIsAbsolute, Bounded body) {
        Tensor x = a.tensor("A");
        if (a.has(old)) {
            Tensor given = bound(a, old, 0);
            Tensor zero = Tensor.scalar(0, DType.F64);
            return body.of(x, oldIsAbsolute ? given : zero, oldIsAbsolute ? zero : given, structure(a));
        }
        Tensor atol = bound(a, "atol", 0);
        Tensor rtol = a.has("rtol")
                ? bound(a, "rtol", 0)
                : Tensor.where(atol.gt(0), 0.0, Tensor.fullLike(atol.to(DType.F64), tolerance(x)));
        return body.of(x, atol, rtol, structure(a));
    }

    private interface Bounded {
        Tensor of(Tensor x, Tensor atol, Tensor rtol, Structure structure);
    }

    private static void leastSquares() {
        linalg("pinv(A, rcond, hermitian, atol, rtol)", a -> bounded(a, "rcond", false, Linalg::pinv));
        both("pinverse(A, rcond)", a -> {
            Tensor rcond = bound(a, "rcond", 1e-15);
            return Linalg.pinv(a.tensor("A"), Tensor.scalar(0, DType.F64), rcond, Structure.GENERAL);
        });
        linalg("matrix_rank(A, tol, hermitian, atol, rtol)", a -> bounded(a, "tol", true, Linalg::matrixRank));
        linalg("lstsq(A, B, rcond, driver)", a -> {
            Tensor x = a.tensor("A");
            double rcond = a.number("rcond", tolerance(x));
            String driver = a.has("driver") ? (String) a.get("driver") : "gelsy";
            LeastSquares found =
                    Linalg.lstsq(x, a.tensor("B"), rcond < 0 ? epsilon(x) : rcond, choice(LstsqDriver.class, driver));
            return tuple("linalg_lstsq", found.solution(), found.residuals(), found.rank(), found.singularValues());
        });
    }

    /** The constant of a name. */
    private static <E extends Enum<E>> E choice(Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new Unwritable("a choice of " + name);
    }

    private static void cholesky() {
        linalg("cholesky(A, upper)", a -> Linalg.cholesky(a.tensor("A"), triangle(a)));
        both("cholesky(input, upper)", a -> Linalg.cholesky(a.tensor("input"), triangle(a)));
        linalg("cholesky_ex(A, upper, check_errors)", a -> {
            Triangle triangle = triangle(a);
            return checked(
                    a, x -> Linalg.cholesky(x, triangle), "linalg_cholesky_ex", x -> Linalg.choleskyEx(x, triangle));
        });
        both("cholesky_inverse(L, upper)", a -> Linalg.choleskyInverse(a.tensor("L"), triangle(a)));
        both("cholesky_solve(B, L, upper)", a -> Linalg.choleskySolve(a.tensor("B"), a.tensor("L"), triangle(a)));
    }

    private static void pivoting(Arguments a) {
        if (!a.flag("pivot", true)) {
            throw new Unwritable("elimination without exchanges");
        }
    }

    private static void eliminating() {
        linalg("lu(A, pivot)", a -> {
            pivoting(a);
            return parts("linalg_lu", Linalg.lu(a.tensor("A")));
        });
        linalg("lu_factor(A, pivot)", a -> {
            pivoting(a);
            PackedLU factors = Linalg.luFactor(a.tensor("A"));
            return tuple("linalg_lu_factor", factors.lu(), factors.pivots());
        });
        linalg("lu_factor_ex(A, pivot, check_errors)", a -> {
            pivoting(a);
            if (a.flag("check_errors", false)) {
                Linalg.luFactor(a.tensor("A"));
            }
            ResultAndInfo<PackedLU> found = Linalg.luFactorEx(a.tensor("A"));
            return tuple(
                    "linalg_lu_factor_ex", found.result().lu(), found.result().pivots(), found.info());
        });
        TorchTable.define("torch.lu(A)", a -> {
            PackedLU factors = Linalg.luFactor(a.tensor("A"));
            return new Tuple(List.of(factors.lu(), factors.pivots()));
        });
        TorchTable.define(
                "torch.lu_unpack(LU, pivots)",
                a -> parts("lu_unpack", Linalg.luUnpack(new PackedLU(a.tensor("LU"), a.tensor("pivots")))));
        linalg("lu_solve(LU, pivots, B, left, adjoint)", a -> {
            Orientation orientation = a.flag("adjoint", false) ? Orientation.TRANSPOSED : Orientation.PLAIN;
            var factors = new PackedLU(a.tensor("LU"), a.tensor("pivots"));
            return Linalg.luSolve(factors, a.tensor("B"), side(a), orientation);
        });
        both(
                "lu_solve(b, LU, pivots)",
                a -> Linalg.luSolve(new PackedLU(a.tensor("LU"), a.tensor("pivots")), a.tensor("b")));
    }

    private static Tuple parts(String name, LU lu) {
        return tuple(name, lu.p(), lu.l(), lu.u());
    }

    private static void orthogonal() {
        linalg("qr(A, mode)", a -> {
            String mode = a.has("mode") ? (String) a.get("mode") : "reduced";
            QR qr = Linalg.qr(a.tensor("A"), choice(QRMode.class, mode));
            return tuple("linalg_qr", qr.q(), qr.r());
        });
        both("qr(input, some)", a -> {
            QR qr = Linalg.qr(a.tensor("input"), a.flag("some", true) ? QRMode.REDUCED : QRMode.COMPLETE);
            return tuple("qr", qr.q(), qr.r());
        });
        BiFunction<Tensor, Tensor, Tensor> product = Linalg::householderProduct;
        linalg("householder_product(A, tau)", a -> product.apply(a.tensor("A"), a.tensor("tau")));
        both("orgqr(input, tau)", a -> product.apply(a.tensor("input"), a.tensor("tau")));
        linalg("svd(A, full_matrices)", a -> {
            SVD svd = Linalg.svd(a.tensor("A"), a.flag("full_matrices", true) ? SVDMode.FULL : SVDMode.REDUCED);
            return tuple("linalg_svd", svd.u(), svd.s(), svd.vh());
        });
        both("svd(input, some)", a -> {
            SVD svd = Linalg.svd(a.tensor("input"), a.flag("some", true) ? SVDMode.REDUCED : SVDMode.FULL);
            return tuple("svd", svd.u(), svd.s(), svd.vh().mT());
        });
        unary("svdvals", Linalg::svdvals);
    }

    private static Triangle uplo(Arguments a) {
        return switch (a.get("UPLO")) {
            case null -> Triangle.LOWER;
            case String s when s.equalsIgnoreCase("L") -> Triangle.LOWER;
            case String s when s.equalsIgnoreCase("U") -> Triangle.UPPER;
            default -> throw new Unwritable("another triangle");
        };
    }

    private static void eigenvalues() {
        linalg("eigh(A, UPLO)", a -> {
            Eigh eigh = Linalg.eigh(a.tensor("A"), uplo(a));
            return tuple("linalg_eigh", eigh.values(), eigh.vectors());
        });
        linalg("eigvalsh(A, UPLO)", a -> Linalg.eigvalsh(a.tensor("A"), uplo(a)));
        linalg("eig(A)", a -> {
            Eig eig = Linalg.eig(a.tensor("A"));
            return tuple("linalg_eig", eig.values(), eig.vectors());
        });
        linalg("eigvals(A)", a -> Linalg.eigvals(a.tensor("A")));
    }

    /** The tensor in the type that is asked for; one that would lose digits is refused. */
    private static Tensor cast(Arguments a, String name) {
        Tensor x = a.tensor(name);
        DType wanted = a.dtype("dtype", x.dtype());
        if (DType.promote(x.dtype(), wanted) != wanted) {
            throw new Unwritable("a norm in a type that loses digits");
        }
        return x.dtype().isFloating() ? x.to(wanted) : x;
    }

    private static MatrixNorm matrixNorm(Object order) {
        return switch (order) {
            case null -> MatrixNorm.FROBENIUS;
            case String s when s.equals("fro") -> MatrixNorm.FROBENIUS;
            case String s when s.equals("nuc") -> MatrixNorm.NUCLEAR;
            case Number n -> MatrixNorm.of(n.doubleValue());
            default -> throw new Unwritable("a norm " + order);
        };
    }

    private static void norms() {
        linalg(
                "vector_norm(x, ord, dim, keepdim, dtype)",
                a -> Linalg.vectorNorm(cast(a, "x"), a.number("ord", 2), a.dims("dim"), a.keep("keepdim")));
        linalg(
                "matrix_norm(A, ord, dim, keepdim, dtype)",
                a -> Linalg.matrixNorm(cast(a, "A"), matrixNorm(a.get("ord")), a.dims("dim"), a.keep("keepdim")));
        linalg("norm(A, ord, dim, keepdim, dtype)", TorchLinalg::norm);
        both("norm(input, p, dim, keepdim, dtype)", TorchLinalg::oldNorm);
        linalg(
                "cond(A, p)",
                a -> Linalg.cond(a.tensor("A"), a.has("p") ? matrixNorm(a.get("p")) : MatrixNorm.SPECTRAL));
    }

    private static Tensor norm(Arguments a) {
        Tensor x = cast(a, "A");
        int[] dims = a.dims("dim");
        Dim keep = a.keep("keepdim");
        if (dims.length > 2) {
            return Linalg.norm(x, 2, dims, keep); // is refused
        }
        return switch (a.get("ord")) {
            case null -> Linalg.vectorNorm(x, 2, dims, keep);
            case String order -> Linalg.matrixNorm(x, matrixNorm(order), dims, keep);
            case Object order -> Linalg.norm(x, ((Number) order).doubleValue(), dims, keep);
        };
    }

    /** {@code torch.norm}: of the numbers as one vector, but for {@code 'nuc'}. */
    private static Tensor oldNorm(Arguments a) {
        Tensor x = cast(a, "input");
        int[] dims = a.dims("dim");
        Dim keep = a.keep("keepdim");
        return switch (a.get("p")) {
            case null -> Linalg.vectorNorm(x, 2, dims, keep);
            case String p when p.equals("fro") -> Linalg.vectorNorm(x, 2, dims, keep);
            case String p -> Linalg.matrixNorm(x, matrixNorm(p), dims, keep);
            case Object p -> Linalg.vectorNorm(x, ((Number) p).doubleValue(), dims, keep);
        };
    }

    private static void products() {
        linalg("multi_dot(tensors)", a -> Tensor.multiDot(a.tensors("tensors").toArray(Tensor[]::new)));
        TorchTable.define(
                "torch.chain_matmul(*matrices)",
                a -> Tensor.multiDot(a.tensors("matrices").toArray(Tensor[]::new)));
        linalg("matmul(input, other)", a -> a.tensor("input").matmul(a.tensor("other")));
        linalg("vecdot(x, y, dim)", a -> Linalg.vecdot(a.tensor("x"), a.tensor("y"), a.integer("dim", -1)));
        linalg("cross(input, other, dim)", a -> a.tensor("input").cross(a.tensor("other"), a.integer("dim", -1)));
        linalg(
                "diagonal(A, offset, dim1, dim2)",
                a -> a.tensor("A").diagonal(a.integer("offset", 0), a.integer("dim1", -2), a.integer("dim2", -1)));
        linalg("vander(x, N)", a -> {
            Tensor x = a.tensor("x");
            return a.has("N") ? Linalg.vander(x, a.integer("N", 0)) : Linalg.vander(x);
        });
    }
}
