package adjoint.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adjoint.autograd.Autograd;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.LinalgException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SolvingTest {
    private static Tensor matrix(double[]... rows) {
        return Tensor.of((Object) rows, DType.F64);
    }

    private static Tensor random(long... shape) {
        return Tensor.randn(Rng.torch(3), DType.F64, shape);
    }

    private static Tensor unit(long n) {
        return Tensor.eye(n).to(DType.F64);
    }

    private static void near(Tensor found, Tensor wanted) {
        assertThat(found.shape()).isEqualTo(wanted.shape());
        assertThat(found.allClose(wanted, 1e-10, 1e-10)).isTrue();
    }

    private static final Tensor TWICE = matrix(new double[] {1, 2}, new double[] {2, 4});

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 5, 40})
    void whatIsFoundSolves(long n) {
        Tensor a = random(2, n, n).add(unit(n).mul(3));
        Tensor b = random(2, n, 3);
        near(a.matmul(Linalg.inv(a)), unit(n).expand(2, n, n));
        near(a.matmul(Linalg.solve(a, b)), b);
        near(Linalg.solve(a, b.mT(), Side.RIGHT).matmul(a), b.mT());
        near(a.matmul(Linalg.lstsq(a, b).solution()), b);
        PackedLU factors = Linalg.luFactor(a);
        near(a.matmul(Linalg.luSolve(factors, b)), b);
        near(a.mT().matmul(Linalg.luSolve(factors, b, Side.LEFT, Orientation.TRANSPOSED)), b);
        Tensor symmetric = a.matmul(a.mT());
        Tensor u = Linalg.cholesky(symmetric, Triangle.UPPER);
        near(symmetric.matmul(Linalg.choleskySolve(b, u, Triangle.UPPER)), b);
        near(symmetric.matmul(Linalg.choleskyInverse(u, Triangle.UPPER)), unit(n).expand(2, n, n));
        near(a.triu().matmul(Linalg.solveTriangular(a, b, Triangle.UPPER)), b);
    }

    @Test
    void noMatrices() {
        Tensor none = Tensor.zeros(DType.F64, 0, 2, 2);
        assertThat(Linalg.inv(none).shape().sizes()).containsExactly(0, 2, 2);
        assertThat(Linalg.solve(none, Tensor.ones(DType.F64, 2, 3)).shape().sizes())
                .containsExactly(0, 2, 3);
        assertThat(Linalg.det(none).shape().sizes()).containsExactly(0);
        assertThat(Linalg.lstsq(Tensor.zeros(3, 0), Tensor.ones(3, 2))
                        .solution()
                        .shape()
                        .sizes())
                .containsExactly(0, 2);
        assertThat(Linalg.lstsq(Tensor.zeros(0, 3), Tensor.ones(0, 2))
                        .solution()
                        .toFloats())
                .containsOnly(0f);
        assertThat(Linalg.pinv(Tensor.zeros(3, 0)).shape().sizes()).containsExactly(0, 3);
    }

    @Test
    void singlePrecisionIsRoundedOnce() {
        Tensor a = matrix(new double[] {0, 2}, new double[] {4, 0}).to(DType.F32);
        assertThat(Linalg.inv(a).toFloats()).containsExactly(0, 0.25f, 0.5f, 0);
    }

    @Test
    void determinants() {
        assertThat(Linalg.det(matrix(new double[] {0, 2}, new double[] {3, 1})).item())
                .isEqualTo(-6);
        assertThat(Linalg.det(Tensor.zeros(DType.F64, 0, 0)).item()).isEqualTo(1);
        Tensor small = unit(200).mul(-1e-3);
        assertThat(Linalg.det(small).item()).isZero();
        SignAndLogarithm parts = Linalg.slogdet(small);
        assertThat(parts.sign().item()).isEqualTo(1);
        assertThat(parts.logAbsDet().item()).isCloseTo(200 * Math.log(1e-3), within(1e-9));
        Tensor negative = matrix(new double[] {0, 1}, new double[] {1, 0});
        assertThat(Linalg.slogdet(negative).sign().item()).isEqualTo(-1);
        assertThat(Linalg.logdet(negative).item()).isNaN();
    }

    /** The determinant of a singular matrix has a gradient: the cofactors. That of its logarithm is infinite, not an error. */
    @Test
    void singular() {
        Tensor a = matrix(new double[] {1, 2, 3}, new double[] {4, 5, 6}, new double[] {7, 8, 9})
                .requiresGrad(true);
        assertThat(Linalg.det(a).item()).isZero();
        assertThat(Autograd.grad(Linalg.det(a), a).toDoubles())
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(-3, 6, -3, 6, -12, 6, -3, 6, -3);
        assertThat(Linalg.slogdet(a).sign().item()).isZero();
        assertThat(Linalg.slogdet(a).logAbsDet().item()).isEqualTo(Double.NEGATIVE_INFINITY);
        Tensor zero = Tensor.zeros(DType.F64, 2, 2).requiresGrad(true);
        assertThat(Autograd.grad(Linalg.slogdet(zero).logAbsDet(), zero)
                        .isFinite()
                        .any()
                        .itemBoolean())
                .isFalse();
        assertThat(Linalg.pinv(TWICE).toDoubles())
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(0.04, 0.08, 0.08, 0.16);
    }

    static Stream<Supplier<?>> ofSingularMatrices() {
        Tensor ones = Tensor.ones(DType.F64, 2);
        return Stream.of(
                () -> Linalg.inv(TWICE),
                () -> Linalg.solve(TWICE, ones),
                () -> Linalg.luFactor(TWICE),
                () -> Linalg.matrixPower(TWICE, -1),
                () -> Linalg.tensorinv(TWICE, 1),
                () -> Linalg.tensorsolve(TWICE, ones),
                () -> Linalg.lstsq(TWICE, ones, 1e-10, LstsqDriver.GELS),
                () -> Linalg.cholesky(matrix(new double[] {1, 2}, new double[] {2, 1})),
                () -> Linalg.cholesky(matrix(new double[] {Double.NaN})));
    }

    @ParameterizedTest
    @MethodSource("ofSingularMatrices")
    void numbersThatDoNotAllowItAreRefused(Supplier<?> call) {
        assertThatThrownBy(call::get).isInstanceOf(LinalgException.class);
    }

    @Test
    void refusalsSayWhere() {
        assertThatThrownBy(() -> Linalg.inv(TWICE))
                .hasMessageContaining("inv: of a tensor of shape [2, 2]: a matrix is singular (pivot 2 of 2 is 0)");
        assertThatThrownBy(() -> Linalg.cholesky(Tensor.stack(0, unit(3), unit(3).neg())))
                .hasMessageContaining("matrix 1 of them is not positive definite (its leading 1 rows");
    }

    @Test
    void formsWithoutACheckSayWhere() {
        ResultAndInfo<Tensor> inverse = Linalg.invEx(Tensor.stack(0, unit(2), TWICE));
        assertThat(inverse.info().dtype()).isEqualTo(DType.I32);
        assertThat(inverse.info().toLongs()).containsExactly(0, 2);
        near(inverse.result().select(0, 0), unit(2));
        assertThat(Linalg.solveEx(TWICE, Tensor.ones(DType.F64, 2), Side.LEFT)
                        .info()
                        .itemLong())
                .isEqualTo(2);
        assertThat(Linalg.luFactorEx(Tensor.zeros(3, 2)).info().itemLong()).isEqualTo(1);
        ResultAndInfo<Tensor> factor = Linalg.choleskyEx(Tensor.stack(0, TWICE, unit(2)), Triangle.UPPER);
        assertThat(factor.info().toLongs()).containsExactly(2, 0);
        assertThat(factor.result().select(0, 0).toDoubles()).containsOnly(Double.NaN);
    }

    @Test
    void onlyOneTriangleIsRead() {
        Tensor b = Tensor.ones(DType.F64, 2, 1);
        Tensor a = matrix(new double[] {2, 9}, new double[] {1, 4});
        assertThat(Linalg.solveTriangular(a, b, Triangle.LOWER).toDoubles()).containsExactly(0.5, 0.125);
        assertThat(Linalg.solveTriangular(a, b, Triangle.UPPER, Side.LEFT, MainDiagonal.ONES)
                        .toDoubles())
                .containsExactly(-8, 1);
        assertThat(Linalg.solveTriangular(Tensor.zeros(2, 2), Tensor.ones(2, 1), Triangle.UPPER)
                        .toFloats())
                .containsExactly(Float.NaN, Float.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @EnumSource(LstsqDriver.class)
    void leastSquares(LstsqDriver driver) {
        Tensor a = matrix(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 7});
        Tensor b = Tensor.of(1.0, 2, 4).to(DType.F64);
        LeastSquares found = Linalg.lstsq(a, b, 1e-10, driver);
        assertThat(found.solution().toDoubles())
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(1 / 14.0, 0.5);
        if (driver == LstsqDriver.GELSY) {
            assertThat(found.residuals().numel()).isZero();
        } else {
            assertThat(found.residuals().item()).isCloseTo(1 / 14.0, within(1e-12));
        }
        assertThat(found.rank().toLongs()).isEqualTo(driver == LstsqDriver.GELS ? new long[0] : new long[] {2});
        assertThat(found.rank().dtype()).isEqualTo(DType.I64);
        assertThat(found.singularValues().numel())
                .isEqualTo(driver == LstsqDriver.GELSD || driver == LstsqDriver.GELSS ? 2 : 0);
    }

    /** Of all solutions the shortest; and the residual of a matrix without full rank is not given. */
    @Test
    void leastSquaresWithoutFullRank() {
        LeastSquares found = Linalg.lstsq(
                Tensor.ones(DType.F64, 3, 2), Tensor.of(1.0, 2, 3).to(DType.F64), 1e-10, LstsqDriver.GELSD);
        assertThat(found.solution().toDoubles())
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(1, 1);
        assertThat(found.rank().itemLong()).isEqualTo(1);
        assertThat(found.residuals().numel()).isZero();
    }

    @Test
    void powers() {
        Tensor whole = Tensor.of(new long[] {1, 1, 0, 1}).reshape(2, 2);
        assertThat(Linalg.matrixPower(whole, 5).toLongs()).containsExactly(1, 5, 0, 1);
        assertThat(Linalg.matrixPower(whole, 0).toLongs()).containsExactly(1, 0, 0, 1);
        assertThatThrownBy(() -> Linalg.matrixPower(whole, -1)).isInstanceOf(DTypeException.class);
        near(Linalg.matrixPower(unit(2).mul(2), Integer.MIN_VALUE), Tensor.zeros(DType.F64, 2, 2));
        Tensor once = random(2, 2);
        assertThat(Linalg.matrixPower(once, 1).sharesMemory(once)).isFalse();
    }

    @Test
    void exponentials() {
        Tensor turn = matrix(new double[] {0, -1}, new double[] {1, 0});
        near(
                Linalg.matrixExp(turn.mul(100)),
                matrix(new double[] {Math.cos(100), -Math.sin(100)}, new double[] {Math.sin(100), Math.cos(100)}));
        near(Linalg.matrixExp(Tensor.zeros(DType.F64, 2, 2)), unit(2));
        assertThat(Linalg.matrixExp(Tensor.zeros(0, 0)).shape().sizes()).containsExactly(0, 0);
        assertThat(Linalg.matrixExp(Tensor.full(Double.NaN, 2, 2)).toFloats()).containsOnly(Float.NaN);
        assertThat(Linalg.matrixExp(Tensor.full(Double.POSITIVE_INFINITY, 1, 1)).toFloats())
                .containsOnly(Float.NaN);
    }

    static Stream<Supplier<?>> ofShapesThatDoNotFit() {
        Tensor two = unit(2);
        Tensor wide = random(2, 3);
        return Stream.of(
                () -> Linalg.inv(wide),
                () -> Linalg.det(random(3)),
                () -> Linalg.slogdet(wide),
                () -> Linalg.matrixPower(wide, 2),
                () -> Linalg.matrixExp(wide),
                () -> Linalg.solve(random(3, 3), random(2, 2)),
                () -> Linalg.solve(two, Tensor.scalar(1.0, DType.F64)),
                () -> Linalg.solve(two, random(2), Side.RIGHT),
                () -> Linalg.solve(random(3, 2, 2), random(4, 2, 2)),
                () -> Linalg.solveTriangular(two, random(2), Triangle.LOWER),
                () -> Linalg.solveTriangular(wide, random(2, 1), Triangle.LOWER),
                () -> Linalg.choleskySolve(random(2), two, Triangle.LOWER),
                () -> Linalg.choleskyInverse(wide, Triangle.LOWER),
                () -> Linalg.lstsq(wide, random(3, 1)),
                () -> Linalg.lstsq(random(3), random(3)),
                () -> Linalg.lstsq(random(2, 3, 2), random(4, 3, 1)),
                () -> Linalg.pinv(random(3)),
                () -> Linalg.pinv(wide, 0, 0, Structure.SYMMETRIC),
                () -> Linalg.pinv(wide, Tensor.zeros(2), Tensor.zeros(2), Structure.GENERAL),
                () -> Linalg.tensorinv(random(2, 3, 5), 2),
                () -> Linalg.tensorsolve(random(2, 3, 6), random(5)),
                () -> Linalg.luSolve(Linalg.luFactor(two), random(2)),
                () -> Linalg.luSolve(new PackedLU(two, Tensor.of(1).to(DType.I32)), random(2, 1)),
                () -> Linalg.householderProduct(wide, random(2)),
                () -> Linalg.householderProduct(two, random(3)));
    }

    @ParameterizedTest
    @MethodSource("ofShapesThatDoNotFit")
    void shapesThatDoNotFitAreRefused(Supplier<?> call) {
        assertThatThrownBy(call::get).isInstanceOf(ShapeException.class);
    }

    @Test
    void typesAndNumbersThatDoNotFitAreRefused() {
        Tensor whole = Tensor.eye(2).to(DType.I64);
        for (Supplier<?> call : List.<Supplier<?>>of(
                () -> Linalg.inv(whole),
                () -> Linalg.det(whole),
                () -> Linalg.solve(unit(2), Tensor.ones(2)),
                () -> Linalg.solveTriangular(unit(2), Tensor.ones(2, 1), Triangle.LOWER),
                () -> Linalg.lstsq(whole, whole),
                () -> Linalg.pinv(whole),
                () -> Linalg.matrixExp(whole),
                () -> Linalg.luSolve(new PackedLU(unit(2), Tensor.of(1L, 2L)), unit(2)))) {
            assertThatThrownBy(call::get).isInstanceOf(DTypeException.class);
        }
        assertThatThrownBy(() -> Linalg.tensorinv(unit(2), 0)).isInstanceOf(ValueException.class);
        PackedLU wrong = new PackedLU(unit(2), Tensor.of(1, 3).to(DType.I32));
        assertThatThrownBy(() -> Linalg.luUnpack(wrong)).isInstanceOf(IndexException.class);
    }
}
