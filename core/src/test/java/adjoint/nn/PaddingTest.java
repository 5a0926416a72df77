package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.GradCheck;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Padding at its edges: cutting off, whole turns, empty results, what is refused. Values as PyTorch 2.13 gives them. */
class PaddingTest {
    private static final Tensor X = Tensor.of(1.0, 2, 3, 4).reshape(1, 1, 4);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONSTANT  | -1,  2 | 2 3 4 0 0
            CONSTANT  |  2, -1 | 0 0 1 2 3
            CONSTANT  | -2, -2 |
            REFLECT   | -1,  2 | 2 3 4 3 2
            REFLECT   |  3,  0 | 4 3 2 1 2 3 4
            REPLICATE |  2, -1 | 1 1 1 2 3
            REPLICATE |  5,  0 | 1 1 1 1 1 1 2 3 4
            CIRCULAR  | -1,  2 | 2 3 4 2 3
            CIRCULAR  |  2, -1 | 2 3 1 2 3
            CIRCULAR  |  4,  0 | 1 2 3 4 1 2 3 4
            CIRCULAR  | -2, -2 |
            """)
    void valuesAtTheEdges(PadMode mode, String amounts, String values) {
        String[] numbers = amounts.split(",");
        Tensor y = Functional.pad(X, mode, Long.parseLong(numbers[0].strip()), Long.parseLong(numbers[1].strip()));
        String text = java.util.Arrays.stream(y.toLongs())
                .mapToObj(Long::toString)
                .collect(java.util.stream.Collectors.joining(" "));
        assertThat(text).isEqualTo(values == null ? "" : values);
        assertThat(y.dtype()).isEqualTo(DType.F32);
    }

    @Test
    void anyNumberOfDimensionsWithOneNumber() {
        Tensor y = Functional.padWith(Tensor.ones(DType.I64, 1, 1, 2), 7, 1, 0, 0, 1, -1, 1);
        assertThat(y.shape().sizes()).containsExactly(1, 2, 3);
        assertThat(y.toLongs()).containsOnly(7);
        assertThat(Functional.pad(Tensor.scalar(1.0)).item()).isEqualTo(1);
        assertThat(Functional.pad(Tensor.ones(0, 3), 1, 1).shape().sizes()).containsExactly(0, 5);
        assertThat(Functional.pad(Tensor.of(true, false), 1, 0).toBooleans()).containsExactly(false, true, false);
    }

    @ParameterizedTest
    @EnumSource
    void everyDerivative(PadMode mode) {
        Tensor x = Tensor.arange(DType.F64, 0, 12, 1).reshape(1, 3, 4);
        GradCheck.checkAll(in -> Functional.pad(in.getFirst(), mode, 2, -1, 1, 2), x);
    }

    @Test
    void refuses() {
        assertThatThrownBy(() -> Functional.pad(X, 1)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.pad(X, 1, 1, 1, 1, 1, 1, 1, 1)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.pad(X, -3, -2)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.pad(X, PadMode.REFLECT, 4, 0))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("3 elements to reflect");
        assertThatThrownBy(() -> Functional.pad(X, PadMode.REFLECT, -2, -2)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.pad(X, PadMode.CIRCULAR, 5, 0)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.pad(Tensor.ones(4), PadMode.REFLECT, 1, 1))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.pad(Tensor.ones(1, 0), PadMode.REPLICATE, 1, 1))
                .isInstanceOf(ShapeException.class);
    }
}
