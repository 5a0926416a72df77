package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Initial values: what they are for, what they refuse. The numbers are PyTorch's reference cases. */
class InitTest {
    @Test
    void parametersAreWrittenUnrecordedAndReturned() {
        Tensor w = Tensor.zeros(4, 4).requiresGrad(true);
        assertThat(Init.normal(w)).isSameAs(w);
        assertThat(Init.kaimingNormal(w)).isSameAs(w);
        assertThat(Init.truncNormal(w)).isSameAs(w);
        assertThat(Init.orthogonal(w)).isSameAs(w);
        assertThat(Init.constant(w, 3).isLeaf()).isTrue();
        assertThat(w.gradFn()).isNull();
        assertThat(w.detach().eq(3).all().itemBoolean()).isTrue();
    }

    @Test
    void aGivenStreamDecidesTheNumbersAndTheDefaultOneIsLeftAlone() {
        Rng before = Rng.global();
        Rng global = Rng.torch(3);
        Rng.global(global);
        try {
            for (Function<Rng, Tensor> f : List.<Function<Rng, Tensor>>of(
                    r -> Init.uniform(r, Tensor.zeros(3, 4), 0, 1),
                    r -> Init.truncNormal(r, Tensor.zeros(3, 4), 0, 1, 1, 2),
                    r -> Init.xavierUniform(r, Tensor.zeros(3, 4), 1),
                    r -> Init.kaimingNormal(r, Tensor.zeros(3, 4), FanMode.FAN_OUT, 1),
                    r -> Init.orthogonal(r, Tensor.zeros(3, 4), 1),
                    r -> Init.sparse(r, Tensor.zeros(3, 4), 0.5, 1))) {
                assertThat(f.apply(Rng.torch(9)).equal(f.apply(Rng.torch(9)))).isTrue();
            }
            assertThat(global.nextLong()).isEqualTo(Rng.torch(3).nextLong());
        } finally {
            Rng.global(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"5,5", "3,7", "7,3", "1,4", "4,1"})
    void orthogonalRowsOrColumns(int rows, int columns) {
        Tensor w = Init.orthogonal(Rng.torch(2), Tensor.zeros(DType.F64, rows, columns), 2);
        Tensor product = rows <= columns ? w.matmul(w.t()) : w.t().matmul(w);
        Tensor difference =
                product.sub(Tensor.eye(Math.min(rows, columns)).to(DType.F64).mul(4));
        assertThat(difference.abs().max().item()).isLessThan(1e-12);
    }

    @Test
    void orthogonalCountsFurtherDimensionsAsOne() {
        Tensor w = Init.orthogonal(Tensor.zeros(3, 2, 2)).reshape(3, 4);
        assertThat(w.matmul(w.t()).sub(Tensor.eye(3)).abs().max().item()).isLessThan(1e-6);
    }

    @ParameterizedTest
    @CsvSource({"-2,2", "2,3", "-0.1,0.1", "5,6"})
    void truncatedNumbersAreWithinTheirBounds(double low, double high) {
        Tensor w = Init.truncNormal(Rng.torch(1), Tensor.zeros(2000), 0, 1, low, high);
        assertThat(w.min().item()).isGreaterThanOrEqualTo(low);
        assertThat(w.max().item()).isLessThanOrEqualTo(high);
        assertThat(w.std().item()).isPositive();
    }

    @Test
    void aConvolutionThatPassesItsChannelsOn() {
        Tensor w = Init.dirac(Tensor.ones(4, 2, 3), 2);
        assertThat(w.select(2, 1).toDoubles()).containsExactly(1, 0, 0, 1, 1, 0, 0, 1);
        assertThat(w.sum().item()).isEqualTo(4);
        assertThat(Init.eye(Tensor.ones(2, 3)).toDoubles()).containsExactly(1, 0, 0, 0, 1, 0);
    }

    @Test
    void sparseColumns() {
        Tensor w = Init.sparse(Tensor.ones(10, 50), 0.25, 1);
        assertThat(w.eq(0).sum(0).eq(3).all().itemBoolean()).isTrue();
    }

    @Test
    void gains() {
        assertThat(Nonlinearity.LEAKY_RELU.gain()).isEqualTo(Nonlinearity.leakyRelu(0.01));
        assertThat(Nonlinearity.leakyRelu(0)).isEqualTo(Nonlinearity.RELU.gain());
        assertThat(Init.kaimingBound(7)).isCloseTo(1 / Math.sqrt(7), Offset.offset(1e-15));
    }

    @Test
    void whereThereIsNothingNothingIsDrawn() {
        Rng rng = Rng.torch(4);
        Init.kaimingUniform(rng, Tensor.zeros(0, 3), FanMode.FAN_IN, 1);
        Init.orthogonal(rng, Tensor.zeros(3, 0), 1);
        assertThat(Init.xavierNormal(rng, Tensor.zeros(0, 0), 1).numel()).isZero();
        assertThat(rng.nextLong()).isEqualTo(Rng.torch(4).nextLong());
    }

    @Test
    void whatCannotBeIsRefused() {
        for (Runnable r : new Runnable[] {
            () -> Init.fans(Tensor.zeros(3)),
            () -> Init.xavierNormal(Tensor.zeros(3)),
            () -> Init.kaimingUniform(Tensor.zeros(3)),
            () -> Init.orthogonal(Tensor.zeros(3)),
            () -> Init.eye(Tensor.zeros(3)),
            () -> Init.dirac(Tensor.zeros(3, 3)),
            () -> Init.dirac(Tensor.zeros(3, 3, 3), 2),
            () -> Init.dirac(Tensor.zeros(3, 3, 3), 0),
            () -> Init.sparse(Tensor.zeros(3), 0.5, 1)
        }) {
            assertThatThrownBy(r::run).isInstanceOf(ShapeException.class);
        }
        Tensor w = Tensor.zeros(3, 3);
        for (Runnable r : new Runnable[] {
            () -> Init.normal(w, 0, -1),
            () -> Init.uniform(w, 2, 1),
            () -> Init.sparse(w, 1.5, 1),
            () -> Init.truncNormal(w, 0, 1, 2, 2),
            () -> Init.truncNormal(w, 0, 0, -2, 2)
        }) {
            assertThatThrownBy(r::run).isInstanceOf(ValueException.class);
        }
        assertThatThrownBy(() -> Init.normal(Tensor.zeros(DType.I64, 3))).isInstanceOf(DTypeException.class);
    }
}
