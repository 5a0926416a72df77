package adjoint.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.tensor.Dim;
import adjoint.tensor.Tensor;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.LinalgException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NormsTest {
    private static final Tensor A = Tensor.of(new double[][] {{1, -2}, {3, 4}}, DType.F64);

    @ParameterizedTest
    @CsvSource({"1, 6", "-1, 4", "Infinity, 7", "-Infinity, 3", "2, 5.11667", "-2, 1.95440"})
    void ofANumber(double order, double norm) {
        assertThat(Linalg.matrixNorm(A, order).toDoubles())
                .usingComparatorWithPrecision(1e-5)
                .containsExactly(norm);
        assertThat(Linalg.norm(A, order, new int[0], Dim.DROP).toDoubles())
                .isEqualTo(Linalg.matrixNorm(A, order).toDoubles());
    }

    /** Each over other dimensions than the last, kept, is what it is over the last. */
    @ParameterizedTest
    @EnumSource(MatrixNorm.class)
    void dimensionsInAnyOrder(MatrixNorm norm) {
        Tensor many = Tensor.arange(24.0).reshape(2, 3, 4);
        Tensor kept = Linalg.matrixNorm(many, norm, new int[] {-1, 0}, Dim.KEEP);
        assertThat(kept.shape().sizes()).containsExactly(1, 3, 1);
        Tensor turned = Linalg.matrixNorm(many.permute(1, 2, 0), norm);
        assertThat(kept.flatten().allClose(turned)).isTrue();
        assertThat(Linalg.matrixNorm(many, norm, new int[] {2, 0}, Dim.DROP).equal(kept.flatten()))
                .isTrue();
    }

    /** The largest of nothing is 0, the smallest does not exist. */
    @ParameterizedTest
    @EnumSource(MatrixNorm.class)
    void ofEmptyMatrices(MatrixNorm norm) {
        Tensor none = Tensor.zeros(0, 0);
        if (norm.name().startsWith("SMALLEST")) {
            assertThatThrownBy(() -> Linalg.matrixNorm(none, norm)).isInstanceOf(AdjointException.class);
        } else {
            assertThat(Linalg.matrixNorm(none, norm).item()).isZero();
        }
        assertThat(Linalg.matrixNorm(Tensor.zeros(0, 2, 2), norm).shape().sizes())
                .containsExactly(0);
        assertThat(Linalg.cond(none, norm).item()).isZero();
    }

    @Test
    void conditions() {
        Tensor twice = Tensor.of(new double[][] {{1, 2}, {2, 4}});
        assertThat(Linalg.cond(twice, MatrixNorm.FROBENIUS).item()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Linalg.cond(Tensor.zeros(2, 2), MatrixNorm.LARGEST_ROW_SUM).item())
                .isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Linalg.cond(Tensor.zeros(2, 2)).item()).isNaN();
        assertThat(Linalg.cond(Tensor.eye(3)).item()).isEqualTo(1);
    }

    @Test
    void ranks() {
        Tensor falling = Tensor.of(1f, 1e-6f, 1e-8f).diag();
        assertThat(Linalg.matrixRank(falling).itemLong()).isEqualTo(2);
        assertThat(Linalg.matrixRank(falling.to(DType.F64)).itemLong()).isEqualTo(3);
        assertThat(Linalg.matrixRank(falling, 1e-7, 0.1, Structure.SYMMETRIC).itemLong())
                .isEqualTo(1);
        Tensor units = Tensor.eye(3).expand(2, 3, 3);
        assertThat(Linalg.matrixRank(units, Tensor.of(0.5, 1.0), Tensor.of(0.0), Structure.GENERAL)
                        .toLongs())
                .containsExactly(3, 0);
        assertThat(Linalg.matrixRank(Tensor.zeros(2, 3, 0)).toLongs()).containsExactly(0, 0);
        assertThat(Linalg.matrixRank(falling.requiresGrad(true)).dtype()).isEqualTo(DType.I64);
        assertThatThrownBy(() -> Linalg.matrixRank(Tensor.full(Double.NaN, 2, 2)))
                .isInstanceOf(LinalgException.class);
    }

    @Test
    void vectors() {
        assertThat(Linalg.vectorNorm(A, 0).item()).isEqualTo(4);
        assertThat(Linalg.vectorNorm(A, Double.POSITIVE_INFINITY, 1).toDoubles())
                .containsExactly(2, 4);
        assertThat(Linalg.vectorNorm(Tensor.zeros(0), 2).item()).isZero();
        assertThat(Linalg.norm(Tensor.of(3.0, 4.0), 1, new int[0], Dim.KEEP).toDoubles())
                .containsExactly(7);
        assertThat(Linalg.vecdot(A, Tensor.of(1.0, 10.0).to(DType.F64), -1).toDoubles())
                .containsExactly(-19, 43);
        assertThat(Linalg.vecdot(A, A, 0).toDoubles()).containsExactly(10, 20);
        assertThat(Linalg.vander(Tensor.of(2L, 3L), 4).toLongs()).containsExactly(1, 2, 4, 8, 1, 3, 9, 27);
        assertThat(Linalg.vander(Tensor.of(2.0, 3.0)).toDoubles()).containsExactly(1, 2, 1, 3);
    }

    @Test
    void refusals() {
        Tensor whole = Tensor.eye(2).to(DType.I64);
        Tensor many = Tensor.ones(2, 2, 3);
        for (Supplier<?> call : List.<Supplier<?>>of(
                () -> Linalg.matrixNorm(Tensor.ones(2)),
                () -> Linalg.matrixNorm(many, MatrixNorm.NUCLEAR, new int[] {1}, Dim.DROP),
                () -> Linalg.matrixNorm(many, MatrixNorm.NUCLEAR, new int[] {1, -2}, Dim.DROP),
                () -> Linalg.norm(many, 2, new int[0], Dim.DROP),
                () -> Linalg.norm(many, 2, new int[] {0, 1, 2}, Dim.DROP),
                () -> Linalg.norm(Tensor.scalar(3.0), 2, new int[0], Dim.DROP),
                () -> Linalg.cond(Tensor.ones(2, 3), MatrixNorm.NUCLEAR),
                () -> Linalg.matrixRank(Tensor.ones(3)),
                () -> Linalg.vander(Tensor.scalar(3.0)))) {
            assertThatThrownBy(call::get).isInstanceOf(ShapeException.class);
        }
        for (Supplier<?> call : List.<Supplier<?>>of(
                () -> Linalg.matrixNorm(whole),
                () -> Linalg.vectorNorm(whole, 2),
                () -> Linalg.cond(whole),
                () -> Linalg.matrixRank(whole),
                () -> Linalg.vecdot(A, Tensor.ones(2), -1))) {
            assertThatThrownBy(call::get).isInstanceOf(DTypeException.class);
        }
        assertThatThrownBy(() -> Linalg.matrixNorm(A, 3)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Linalg.vander(Tensor.ones(3), 1)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Linalg.matrixNorm(many, MatrixNorm.FROBENIUS, new int[] {0, 3}, Dim.DROP))
                .isInstanceOf(IndexException.class);
    }
}
