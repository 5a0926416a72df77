package adjoint.linalg;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.GradCheck;
import adjoint.tensor.Dim;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.GraphException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * First and second derivatives of every function against differences, forward mode against reverse mode, vmap against a
 * loop; of one matrix, of batches, of tall and wide ones, of transposed memory.
 */
class DerivativesTest {
    private record Case(String name, Function<List<Tensor>, Tensor> f, Tensor... in) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Tensor random(long... shape) {
        return Tensor.randn(Rng.torch(3), DType.F64, shape);
    }

    private static Case of(String name, UnaryOperator<Tensor> f, long... shape) {
        return new Case(name + " of " + Arrays.toString(shape), in -> f.apply(in.getFirst()), random(shape));
    }

    /** As a function of all matrices, what is one of symmetric ones. */
    private static Case symmetric(String name, UnaryOperator<Tensor> f, long... shape) {
        return of(name, a -> f.apply(a.add(a.mT())), shape);
    }

    private static Case positive(String name, UnaryOperator<Tensor> f, long... shape) {
        return of(name, a -> f.apply(a.matmul(a.mT()).add(Tensor.eye(a.size(-1)).to(DType.F64))), shape);
    }

    /** All that a decomposition gives, in one row. */
    private static Tensor row(Tensor... parts) {
        return Tensor.cat(0, Stream.of(parts).map(Tensor::flatten).toList());
    }

    static Stream<Case> determinantsAndPowers() {
        return Stream.of(
                of("det", Linalg::det, 3, 3),
                of("det", Linalg::det, 2, 2, 3, 3),
                of("det", Linalg::det, 1, 1),
                of("det of transposed", a -> Linalg.det(a.mT()), 4, 4),
                of("slogdet", a -> Linalg.slogdet(a).logAbsDet(), 2, 3, 3),
                positive("logdet", Linalg::logdet, 3, 3),
                of("inv", Linalg::inv, 3, 3),
                of("inv", Linalg::inv, 2, 2, 2),
                of("invEx", a -> Linalg.invEx(a).result(), 2, 2),
                of("tensorinv", a -> Linalg.tensorinv(a.reshape(2, 2, 4), 2), 4, 4),
                of("power 0", a -> Linalg.matrixPower(a, 0), 2, 2),
                of("power", a -> Linalg.matrixPower(a, 5), 2, 2),
                of("negative power", a -> Linalg.matrixPower(a, -2), 2, 2),
                of("exponential", Linalg::matrixExp, 3, 3),
                of("exponential", Linalg::matrixExp, 2, 2, 2),
                of("exponential, squared back", a -> Linalg.matrixExp(a.mul(5)).log1p(), 1, 1));
    }

    private static Case solve(String name, Tensor a, Tensor b) {
        return new Case(name, in -> Linalg.solve(in.get(0), in.get(1)), a, b);
    }

    private static Case triangular(Triangle triangle, Side side, MainDiagonal diagonal, Tensor t, Tensor b) {
        return new Case(
                triangle + " " + side + " " + diagonal,
                in -> Linalg.solveTriangular(in.get(0), in.get(1), triangle, side, diagonal),
                t,
                b);
    }

    private static Case luSolve(Side side, Orientation orientation, Tensor a, Tensor b) {
        return new Case(
                "luSolve " + side + " " + orientation,
                in -> Linalg.luSolve(Linalg.luFactor(in.get(0)), in.get(1), side, orientation),
                a,
                b);
    }

    private static Case least(LstsqDriver driver, Tensor a, Tensor b) {
        return new Case(
                "lstsq " + driver,
                in -> Linalg.lstsq(in.get(0), in.get(1), 1e-15, driver).solution(),
                a,
                b);
    }

    static Stream<Case> systems() {
        return Stream.of(
                solve("solve vector", random(3, 3), random(3)),
                solve("solve matrix", random(3, 3), random(3, 2)),
                solve("solve vectors", random(2, 3, 3), random(2, 3)),
                solve("solve broadcast", random(2, 3, 3), random(3, 2)),
                new Case(
                        "solve right",
                        in -> Linalg.solve(in.get(0), in.get(1), Side.RIGHT),
                        random(3, 3),
                        random(2, 3)),
                new Case(
                        "solveEx",
                        in -> Linalg.solveEx(in.get(0), in.get(1), Side.RIGHT).result(),
                        random(2, 2),
                        random(1, 2)),
                new Case(
                        "tensorsolve",
                        in -> Linalg.tensorsolve(
                                in.get(0).reshape(2, 4, 2), in.get(1).reshape(2, 2), 1),
                        random(4, 4),
                        random(4)),
                triangular(Triangle.LOWER, Side.LEFT, MainDiagonal.GIVEN, random(3, 3), random(3, 2)),
                triangular(Triangle.UPPER, Side.LEFT, MainDiagonal.ONES, random(2, 2, 2), random(2, 1)),
                triangular(Triangle.UPPER, Side.RIGHT, MainDiagonal.GIVEN, random(3, 3), random(2, 3)),
                triangular(Triangle.LOWER, Side.RIGHT, MainDiagonal.ONES, random(3, 3), random(2, 1, 3)),
                luSolve(Side.LEFT, Orientation.PLAIN, random(3, 3), random(3, 2)),
                luSolve(Side.LEFT, Orientation.TRANSPOSED, random(2, 2, 2), random(2, 1)),
                luSolve(Side.RIGHT, Orientation.PLAIN, random(3, 3), random(2, 3)),
                luSolve(Side.RIGHT, Orientation.TRANSPOSED, random(3, 3), random(2, 3)),
                least(LstsqDriver.GELSY, random(4, 2), random(4, 2)),
                least(LstsqDriver.GELSY, random(2, 3), random(2)),
                least(LstsqDriver.GELSY, random(2, 3, 2), random(2, 3)),
                of("pinv", Linalg::pinv, 3, 2),
                of("pinv", Linalg::pinv, 2, 2, 4),
                // Rank 1, which does not change.
                of(
                        "pinv of rank 1",
                        v -> Linalg.pinv(v.add(2).mul(v.mT().narrow(-1, 0, 2).add(1)), 1e-9, 0, Structure.GENERAL),
                        3,
                        1),
                symmetric(
                        "pinv, symmetric",
                        a -> Linalg.pinv(a.add(Tensor.eye(3).to(DType.F64).mul(9)), 0, 1e-12, Structure.SYMMETRIC),
                        3,
                        3));
    }

    private static Tensor svd(Tensor a, SVDMode mode) {
        SVD svd = Linalg.svd(a, mode);
        return row(svd.u().square(), svd.s(), svd.vh().square());
    }

    private static Tensor eig(Tensor a) {
        Eig eig = Linalg.eig(a);
        return row(
                eig.values().real(),
                eig.values().imag(),
                eig.vectors().real(),
                eig.vectors().imag());
    }

    private static Tensor lu(Tensor a) {
        LU lu = Linalg.lu(a);
        return row(lu.l(), lu.u());
    }

    private static Tensor qr(Tensor a, QRMode mode) {
        QR qr = Linalg.qr(a, mode);
        return row(qr.q(), qr.r());
    }

    static Stream<Case> decompositions() {
        return Stream.of(
                positive("cholesky", Linalg::cholesky, 3, 3),
                positive("cholesky", a -> Linalg.cholesky(a, Triangle.UPPER), 2, 2, 2),
                positive("choleskyEx", a -> Linalg.choleskyEx(a, Triangle.LOWER).result(), 2, 2),
                of("choleskyInverse", l -> Linalg.choleskyInverse(l.tril(), Triangle.LOWER), 3, 3),
                of("choleskyInverse", l -> Linalg.choleskyInverse(l.triu(), Triangle.UPPER), 2, 2, 2),
                new Case(
                        "choleskySolve",
                        in -> Linalg.choleskySolve(in.get(0), in.get(1).tril(), Triangle.LOWER),
                        random(3, 2),
                        random(3, 3)),
                new Case(
                        "choleskySolve",
                        in -> Linalg.choleskySolve(in.get(0), in.get(1).triu(), Triangle.UPPER),
                        random(2, 2, 1),
                        random(2, 2)),
                of("lu", DerivativesTest::lu, 3, 3),
                of("lu of tall", DerivativesTest::lu, 2, 3, 2),
                of("lu of wide", DerivativesTest::lu, 2, 4),
                of("luFactor", a -> Linalg.luFactor(a).lu(), 2, 2, 2),
                of("qr", a -> qr(a, QRMode.REDUCED), 3, 3),
                of("qr of tall", a -> qr(a, QRMode.REDUCED), 2, 4, 2),
                of("qr of wide", a -> qr(a, QRMode.COMPLETE), 2, 3),
                of("qr, R alone", a -> qr(a, QRMode.R), 3, 2),
                new Case(
                        "householderProduct",
                        in -> Linalg.householderProduct(in.get(0), in.get(1)),
                        random(3, 2),
                        random(2)),
                of("svd", a -> svd(a, SVDMode.REDUCED), 3, 3),
                of("svd of tall", a -> svd(a, SVDMode.REDUCED), 2, 3, 2),
                of("svd of wide", a -> svd(a, SVDMode.REDUCED), 2, 4),
                of("svd with one vector more", a -> svd(a, SVDMode.FULL), 3, 2),
                of("svdvals", Linalg::svdvals, 2, 2, 3),
                symmetric(
                        "eigh",
                        a -> row(
                                Linalg.eigh(a).values(),
                                Linalg.eigh(a).vectors().square()),
                        3,
                        3),
                symmetric(
                        "eigh, upper",
                        a -> Linalg.eigh(a, Triangle.UPPER).vectors().square(),
                        2,
                        2,
                        2),
                symmetric("eigvalsh", Linalg::eigvalsh, 2, 3, 3),
                of("eig", DerivativesTest::eig, 3, 3),
                of(
                        "eig of a rotation",
                        a -> eig(a.mul(0.1).add(Tensor.of(new double[][] {{0, 1}, {-2, 0}}, DType.F64))),
                        2,
                        2,
                        2),
                of(
                        "eigvals",
                        a -> row(Linalg.eigvals(a).real(), Linalg.eigvals(a).imag()),
                        4,
                        4));
    }

    static Stream<Case> norms() {
        Stream<Case> matrices = Stream.of(MatrixNorm.values())
                .flatMap(norm -> Stream.of(
                        of(norm + "", a -> Linalg.matrixNorm(a, norm), 3, 2),
                        of(norm + " over others", a -> Linalg.matrixNorm(a, norm, new int[] {2, 0}, Dim.KEEP), 2, 2, 3),
                        of("cond " + norm, a -> Linalg.cond(a, norm), 2, 3, 3)));
        return Stream.concat(
                matrices,
                Stream.of(
                        of("cond", Linalg::cond, 3, 2),
                        of("norm", Linalg::norm, 3, 2),
                        of("norm", a -> Linalg.norm(a, 1, new int[] {}, Dim.DROP), 3, 2),
                        of("vectorNorm", a -> Linalg.vectorNorm(a, 3, 0), 3, 2),
                        of("vander", Linalg::vander, 2, 3),
                        new Case("vecdot", in -> Linalg.vecdot(in.get(0), in.get(1), -1), random(2, 3), random(3))));
    }

    @ParameterizedTest
    @MethodSource({"determinantsAndPowers", "systems", "decompositions", "norms"})
    void everyWayToADerivativeAgrees(Case c) {
        GradCheck.checkAll(c.f()::apply, c.in());
    }

    /** Where vectors are not determined, values still have derivatives, from either function. */
    @Test
    void equalValuesHaveGradients() {
        Tensor unit = Tensor.eye(3).to(DType.F64);
        GradCheck.check(in -> Linalg.eigvalsh(in.getFirst()).sum(), unit);
        GradCheck.check(in -> Linalg.eigh(in.getFirst()).values().sum(), unit);
        GradCheck.check(in -> Linalg.svdvals(in.getFirst()).sum(), unit);
        GradCheck.check(in -> Linalg.svd(in.getFirst()).s().sum(), unit);
        GradCheck.check(in -> Linalg.eigvals(in.getFirst()).real().sum(), unit);
    }

    /** The columns of Q that belong to no column of A can be any. */
    @Test
    void allOfQOfATallMatrixHasNone() {
        Tensor a = random(3, 2).requiresGrad(true);
        Tensor loss = Linalg.qr(a, QRMode.COMPLETE).r().sum();
        assertThatThrownBy(loss::backward)
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("those after the first 2 are not determined");
    }
}
