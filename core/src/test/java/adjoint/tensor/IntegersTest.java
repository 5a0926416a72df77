package adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Integers of all widths, against Java's own arithmetic cut to the width. */
final class IntegersTest {
    private static final long[] NUMBERS = {0, 1, 2, 3, 7, 100, 127, 128, 200, 255, 32767, 40000, -1, -7, -128, -32768};

    static Stream<DType> integers() {
        return Arrays.stream(DType.values()).filter(DType::isInteger);
    }

    private static long cut(DType type, long x) {
        return switch (type) {
            case U8 -> x & 0xff;
            case I8 -> (byte) x;
            case I16 -> (short) x;
            case I32 -> (int) x;
            default -> x;
        };
    }

    private interface Operation {
        Tensor of(Tensor a, Tensor b);
    }

    private static void compare(DType type, Operation operation, LongBinaryOperator expected) {
        Tensor a = Tensor.of(NUMBERS).to(type).unsqueeze(1);
        Tensor b = Tensor.of(NUMBERS).to(type);
        Tensor found = operation.of(a, b);
        assertThat(found.dtype()).isEqualTo(type);
        long[] values = found.toLongs();
        for (int i = 0; i < NUMBERS.length; i++) {
            for (int j = 0; j < NUMBERS.length; j++) {
                long wanted = cut(type, expected.applyAsLong(cut(type, NUMBERS[i]), cut(type, NUMBERS[j])));
                assertThat(values[i * NUMBERS.length + j]).isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("integers")
    void areCutToTheirWidth(DType type) {
        compare(type, Tensor::add, Long::sum);
        compare(type, Tensor::sub, (a, b) -> a - b);
        compare(type, Tensor::mul, (a, b) -> a * b);
        compare(type, Tensor::maximum, Math::max);
        compare(type, Tensor::bitwiseAnd, (a, b) -> a & b);
        compare(type, Tensor::bitwiseOr, (a, b) -> a | b);
        compare(type, Tensor::bitwiseXor, (a, b) -> a ^ b);
        compare(type, (a, b) -> a.neg().add(b.mul(0L)), (a, _) -> -a);
        compare(type, (a, b) -> a.bitwiseNot().add(b.mul(0L)), (a, _) -> ~a);
    }

    @ParameterizedTest
    @MethodSource("integers")
    void divideWithRemainder(DType type) {
        Operation one = (a, b) -> b.eq(0).to(type).add(b); // no 0
        compare(type, (a, b) -> a.floorDivide(one.of(a, b)), (a, b) -> Math.floorDiv(a, b == 0 ? 1 : b));
        compare(type, (a, b) -> a.remainder(one.of(a, b)), (a, b) -> Math.floorMod(a, b == 0 ? 1 : b));
        compare(type, (a, b) -> a.fmod(one.of(a, b)), (a, b) -> a % (b == 0 ? 1 : b));
        compare(type, (a, b) -> a.div(one.of(a, b), DivRounding.TRUNC), (a, b) -> a / (b == 0 ? 1 : b));
    }

    @ParameterizedTest
    @MethodSource("integers")
    void stayWhatTheyAreThroughViewsSumsAndProducts(DType type) {
        Tensor x = Tensor.arange(type, 0, 6, 1).reshape(2, 3);
        assertThat(x.dtype()).isEqualTo(type);
        assertThat(x.t().contiguous().toLongs()).containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(x.sum().dtype()).isEqualTo(DType.I64);
        assertThat(x.sum(0).toLongs()).containsExactly(3, 5, 7);
        assertThat(x.max().itemLong()).isEqualTo(5);
        assertThat(x.max().dtype()).isEqualTo(type);
        assertThat(x.matmul(x.t()).dtype()).isEqualTo(type);
        assertThat(x.matmul(x.t()).toLongs()).containsExactly(5, 14, 14, 50);
        assertThat(x.cumsum(1).toLongs()).containsExactly(0, 1, 3, 3, 7, 12);
        assertThat(x.add(1L).dtype()).isEqualTo(type);
        assertThat(x.add(0.5).dtype()).isEqualTo(DType.F32);
        assertThat(x.div(2L).dtype()).isEqualTo(DType.F32);
        Tensor y = x.clone();
        y.select(0, 1).addInPlace(200L);
        assertThat(y.toLongs()).containsExactly(0, 1, 2, cut(type, 203), cut(type, 204), cut(type, 205));
        y.fillInPlace(7L);
        assertThat(y.eq(7L).all().itemBoolean()).isTrue();
        assertThat(Tensor.cat(0, List.of(x, y).toArray(Tensor[]::new)).dtype()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "U8, I8, I16",
        "I8, U8, I16",
        "U8, I16, I16",
        "I8, I32, I32",
        "BOOL, U8, U8",
        "I64, F32, F32",
        "I16, I64, I64",
        "U8, F64, F64"
    })
    void promote(DType a, DType b, DType both) {
        assertThat(DType.promote(a, b)).isEqualTo(both);
        assertThat(Tensor.ones(a, 2).mul(Tensor.ones(b, 2)).dtype()).isEqualTo(both);
    }

    @Test
    void shifts() {
        Tensor x = Tensor.of(1L, -8L, 200L);
        assertThat(x.shiftLeft(3L).toLongs()).containsExactly(8, -64, 1600);
        assertThat(x.shiftRight(1L).toLongs()).containsExactly(0, -4, 100);
        assertThat(x.to(DType.U8).shiftLeft(1L).toLongs()).containsExactly(2, 240, 144);
    }

    @Test
    void quotientsOfRealNumbers() {
        Tensor a = Tensor.of(7.0, -7.0, 7.0, -7.0, 0.3, 5.0);
        Tensor b = Tensor.of(2.0, 2.0, -2.0, -2.0, 0.1, Double.POSITIVE_INFINITY);
        assertThat(a.floorDivide(b).toDoubles()).containsExactly(3, -4, -4, 3, 3, 0);
        assertThat(a.div(b, DivRounding.TRUNC).toDoubles()).containsExactly(3, -3, -3, 3, 3, 0);
        assertThat(a.remainder(2.0).toDoubles()).containsExactly(1, 1, 1, 1, 0.3f, 1);
        assertThat(a.fmod(2.0).toDoubles()).containsExactly(1, -1, 1, -1, 0.3f, 1);
        assertThat(Tensor.scalar(1.0).floorDivide(0.0).item()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Tensor.scalar(1.0).remainder(0.0).item()).isNaN();
    }

    @Test
    void rounding() {
        Tensor x = Tensor.of(0.5, 1.5, 2.5, -0.5, -1.7, 1.7, 8388609, Double.NEGATIVE_INFINITY);
        double inf = Double.NEGATIVE_INFINITY;
        assertThat(x.round().toDoubles()).containsExactly(0, 2, 2, -0.0, -2, 2, 8388609, inf);
        assertThat(x.floor().toDoubles()).containsExactly(0, 1, 2, -1, -2, 1, 8388609, inf);
        assertThat(x.ceil().toDoubles()).containsExactly(1, 2, 3, -0.0, -1, 2, 8388609, inf);
        assertThat(x.trunc().toDoubles()).containsExactly(0, 1, 2, -0.0, -1, 1, 8388609, inf);
        assertThat(Tensor.of(3L, -2L).floor().toLongs()).containsExactly(3, -2);
    }

    @Test
    void areRefusedWhereTheyHaveNoAnswer() {
        Tensor x = Tensor.of(1L, 2L);
        Tensor zero = Tensor.of(1L, 0L);
        assertThatThrownBy(() -> x.floorDivide(zero)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> x.remainder(0L)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> x.bitwiseAnd(Tensor.of(1.0))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> x.to(DType.U8).addInPlace(0.5)).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> x.to(DType.I32).requiresGrad(true)).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> Tensor.of(true).floorDivide(Tensor.of(true))).isInstanceOf(DTypeException.class);
        assertThat(x.toLongs()).containsExactly(1, 2);
    }

    @Test
    void print() {
        assertThat(Tensor.of(1L, 200L).to(DType.U8)).hasToString("tensor([  1, 200], dtype=torch.uint8)");
        assertThat(Tensor.of(1L, -2L).to(DType.I32)).hasToString("tensor([ 1, -2], dtype=torch.int32)");
    }
}
