package adjoint.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adjoint.autograd.Autograd;
import adjoint.autograd.GradCheck;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinalgTest {
    private static Tensor matrix(double[][] rows) {
        return Tensor.of((Object) rows, DType.F64);
    }

    /** Regular, and by rows in need of pivoting. */
    private static Tensor random(long... shape) {
        return Tensor.randn(Rng.torch(3), DType.F64, shape);
    }

    private record Case(String name, Function<List<Tensor>, Tensor> f, Tensor... in) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("det", in -> Linalg.det(in.getFirst()), random(3, 3)),
                new Case("det of many", in -> Linalg.det(in.getFirst()), random(2, 2, 3, 3)),
                new Case(
                        "det of transposed",
                        in -> Linalg.det(in.getFirst()),
                        random(4, 4).t()),
                new Case("det of one", in -> Linalg.det(in.getFirst()), random(1, 1)),
                new Case("slogdet", in -> Linalg.slogdet(in.getFirst()).logAbsDet(), random(2, 3, 3)),
                new Case(
                        "logdet",
                        in -> Linalg.logdet(in.getFirst().matmul(in.getFirst().t())),
                        random(3, 3)),
                new Case("inv", in -> Linalg.inv(in.getFirst()), random(3, 3)),
                new Case("inv of many", in -> Linalg.inv(in.getFirst()), random(2, 2, 2)),
                new Case("solve vector", in -> Linalg.solve(in.get(0), in.get(1)), random(3, 3), random(3)),
                new Case("solve matrix", in -> Linalg.solve(in.get(0), in.get(1)), random(3, 3), random(3, 2)),
                new Case("solve vectors", in -> Linalg.solve(in.get(0), in.get(1)), random(2, 3, 3), random(2, 3)),
                new Case("solve broadcast", in -> Linalg.solve(in.get(0), in.get(1)), random(2, 3, 3), random(3, 2)),
                new Case("power 0", in -> Linalg.matrixPower(in.getFirst(), 0), random(2, 2)),
                new Case("power", in -> Linalg.matrixPower(in.getFirst(), 5), random(2, 2)),
                new Case("negative power", in -> Linalg.matrixPower(in.getFirst(), -2), random(2, 2)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivativesOfBothOrders(Case c) {
        GradCheck.checkSecond(c.f()::apply, c.in());
    }

    @Test
    void inverseAndSolutionSolve() {
        for (long n : new long[] {1, 2, 5, 40}) {
            Tensor a = random(2, n, n);
            Tensor unit = Tensor.eye(n).to(DType.F64).expand(2, n, n);
            assertThat(a.matmul(Linalg.inv(a)).allClose(unit, 0, 1e-10)).isTrue();
            Tensor b = random(2, n, 3);
            assertThat(a.matmul(Linalg.solve(a, b)).allClose(b, 0, 1e-10)).isTrue();
        }
        assertThat(Linalg.inv(Tensor.zeros(DType.F64, 0, 0)).shape().sizes()).containsExactly(0, 0);
        assertThat(Linalg.inv(matrix(new double[][] {{0, 2}, {4, 0}}).to(DType.F32))
                        .toFloats())
                .containsExactly(0, 0.25f, 0.5f, 0);
    }

    @Test
    void determinants() {
        assertThat(Linalg.det(matrix(new double[][] {{0, 2}, {3, 1}})).item()).isEqualTo(-6);
        assertThat(Linalg.det(Tensor.zeros(DType.F64, 0, 0)).item()).isEqualTo(1);
        Tensor small = Tensor.eye(200).to(DType.F64).mul(-1e-3);
        assertThat(Linalg.det(small).item()).isZero();
        SignAndLogarithm parts = Linalg.slogdet(small);
        assertThat(parts.sign().item()).isEqualTo(1);
        assertThat(parts.logAbsDet().item()).isCloseTo(200 * Math.log(1e-3), within(1e-9));
        Tensor negative = matrix(new double[][] {{0, 1}, {1, 0}});
        assertThat(Linalg.slogdet(negative).sign().item()).isEqualTo(-1);
        assertThat(Linalg.logdet(negative).item()).isNaN();
    }

    /** The determinant of a singular matrix has a gradient: the cofactors. */
    @Test
    void singular() {
        Tensor a = matrix(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}).requiresGrad(true);
        assertThat(Linalg.det(a).item()).isZero();
        assertThat(Autograd.grad(Linalg.det(a), a).toDoubles())
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(-3, 6, -3, 6, -12, 6, -3, 6, -3);
        assertThat(Linalg.slogdet(a).sign().item()).isZero();
        assertThat(Linalg.slogdet(a).logAbsDet().item()).isEqualTo(Double.NEGATIVE_INFINITY);
        Tensor twice = matrix(new double[][] {{1, 2}, {2, 4}});
        assertThatThrownBy(() -> Linalg.inv(twice))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("inv: of a tensor of shape [2, 2]: a matrix is singular (pivot 1 is 0)");
        assertThatThrownBy(() -> Linalg.solve(twice, Tensor.ones(DType.F64, 2))).isInstanceOf(ValueException.class);
    }

    @Test
    void refusals() {
        Tensor wide = random(2, 3);
        assertThatThrownBy(() -> Linalg.inv(wide)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Linalg.det(random(3))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Linalg.inv(Tensor.eye(2).to(DType.I64))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Linalg.solve(random(3, 3), random(2, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("solve: [3, 3] and [2, 2]");
        assertThatThrownBy(() -> Linalg.solve(random(2, 2), Tensor.ones(2))).isInstanceOf(DTypeException.class);
    }
}
