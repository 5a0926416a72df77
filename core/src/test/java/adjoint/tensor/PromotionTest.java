package adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.types.DType;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which type an operation on two types yields: PyTorch's rules, with a single number (0-d) on either side or none. */
class PromotionTest {
    private static final DType[] TYPES = {DType.F32, DType.F64, DType.I64, DType.BOOL};

    // Rows: left F32, F64, I64, BOOL; columns the same for the right. - is refused, . is not compared.
    private static final String USUAL = "F32 F64 F32 F32 F64 F64 F64 F64 F32 F64 I64 I64 F32 F64 I64 BOOL";
    private static final String USUAL_RIGHT_0D = "F32 F32 F32 F32 F64 F64 F64 F64 F32 F64 I64 I64 F32 F64 I64 BOOL";
    private static final String USUAL_LEFT_0D = "F32 F64 F32 F32 F32 F64 F64 F64 F32 F64 I64 I64 F32 F64 I64 BOOL";

    private enum Operation {
        ADD(Tensor::add, "I64", "BOOL"),
        MUL(Tensor::mul, "I64", "BOOL"),
        SUB(Tensor::sub, "I64", "-"),
        MAXIMUM(Tensor::maximum, "I64", "BOOL"),
        MINIMUM(Tensor::minimum, "I64", "BOOL"),
        DIV(Tensor::div, "F32", "F32"),
        POW(Tensor::pow, "I64", "-"),
        SQUARED_DIFFERENCE(Tensor::squaredDifference, "I64", "."),
        WHERE((a, b) -> Tensor.where(Tensor.scalar(1, DType.BOOL), a, b), "I64", "BOOL");

        final BinaryOperator<Tensor> f;
        /** The result for integers (also with truth values), and for truth values alone. */
        final String whole;

        final String truth;

        Operation(BinaryOperator<Tensor> f, String whole, String truth) {
            this.f = f;
            this.whole = whole;
            this.truth = truth;
        }

        String wanted(String usual) {
            return switch (usual) {
                case "I64" -> whole;
                case "BOOL" -> truth;
                default -> usual;
            };
        }
    }

    private static String result(BinaryOperator<Tensor> f, Tensor a, Tensor b) {
        try {
            return f.apply(a, b).dtype().name();
        } catch (adjoint.types.DTypeException e) {
            return "-";
        }
    }

    private static Tensor operand(DType type, boolean number) {
        return number ? Tensor.ones(type) : Tensor.ones(type, 2);
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoTensors(Operation op) {
        for (int kind = 0; kind < 4; kind++) {
            boolean left = kind % 2 == 1;
            boolean right = kind > 1;
            String[] table = (left == right ? USUAL : right ? USUAL_RIGHT_0D : USUAL_LEFT_0D).split(" ");
            for (int i = 0; i < TYPES.length; i++) {
                for (int j = 0; j < TYPES.length; j++) {
                    boolean refused = op == Operation.SUB && (i == 3 || j == 3);
                    String wanted = refused ? "-" : op.wanted(table[4 * i + j]);
                    if (!wanted.equals(".")) {
                        assertThat(result(op.f, operand(TYPES[i], left), operand(TYPES[j], right)))
                                .as(
                                        "%s of %s%s and %s%s",
                                        op, TYPES[i], left ? " 0-d" : "", TYPES[j], right ? " 0-d" : "")
                                .isEqualTo(wanted);
                    }
                }
            }
        }
    }

    @Test
    void withNumbers() {
        String[] whole = {"F32", "F64", "I64", "I64"};
        String[] real = {"F32", "F64", "F32", "F32"};
        for (int i = 0; i < TYPES.length; i++) {
            Tensor x = Tensor.ones(TYPES[i], 2);
            Tensor[] withWhole = {x.add(2), x.mul(2), x.maximum(2), x.minimum(2), x.pow(2), x.rpow(2)};
            for (Tensor y : withWhole) {
                assertThat(y.dtype().name()).as("%s with 2", TYPES[i]).isEqualTo(whole[i]);
            }
            Tensor[] withReal = {
                x.add(2.0),
                x.mul(2.0),
                x.maximum(2.0),
                x.minimum(2.0),
                x.pow(2.0),
                x.rpow(2.0),
                x.div(2),
                x.div(2.0),
                x.rdiv(2),
                x.rdiv(2.0)
            };
            for (Tensor y : withReal) {
                assertThat(y.dtype().name()).as("%s with 2.0", TYPES[i]).isEqualTo(real[i]);
            }
            for (Tensor y : new Tensor[] {x.eq(1), x.ne(1.0), x.lt(2), x.le(2.0), x.gt(0), x.ge(0.5)}) {
                assertThat(y.dtype()).isEqualTo(DType.BOOL);
                assertThat(y.numel()).isEqualTo(2);
            }
        }
        assertThat(Tensor.of(1, 2).sub(1).dtype()).isEqualTo(DType.I64);
        assertThat(Tensor.of(1, 2).rsub(1.0).dtype()).isEqualTo(DType.F32);
    }

    @Test
    void functionsOfOne() {
        Tensor i = Tensor.of(1, 4);
        Tensor b = Tensor.of(true, false);
        for (Tensor y : new Tensor[] {
            i.exp(),
            i.log(),
            i.log1p(),
            i.expm1(),
            i.sqrt(),
            i.sin(),
            i.cos(),
            i.tanh(),
            i.sigmoid(),
            i.reciprocal(),
            b.exp(),
            b.sqrt(),
            b.sigmoid()
        }) {
            assertThat(y.dtype()).isEqualTo(DType.F32);
        }
        for (Tensor y : new Tensor[] {
            i.neg(),
            i.abs(),
            i.sign(),
            i.relu(),
            i.square(),
            i.sum(),
            i.sum(0),
            b.sum(),
            i.max(),
            i.amin(),
            i.argmax(),
            i.dot(i)
        }) {
            assertThat(y.dtype()).isEqualTo(DType.I64);
        }
        assertThat(b.max().dtype()).isEqualTo(DType.BOOL);
        assertThat(b.sum().itemLong()).isEqualTo(1);
        assertThat(i.all().dtype()).isEqualTo(DType.BOOL);
        assertThat(Tensor.cat(0, i, b, Tensor.of(0.5, 1)).dtype()).isEqualTo(DType.F32);
    }

    @Test
    void divisionOfIntegersIsReal() {
        assertThat(Tensor.of(7, -7, 0).div(2).toDoubles()).containsExactly(3.5, -3.5, 0);
        assertThat(Tensor.of(2, 4).rdiv(7).toDoubles()).containsExactly(3.5, 1.75);
        assertThat(Tensor.of(1, -1, 0).div(Tensor.of(0, 0, 0)).toDoubles())
                .containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN);
    }

    @Test
    void integersAreExact() {
        long big = (1L << 53) + 1;
        Tensor x = Tensor.of(big);
        assertThat(x.add(1).itemLong()).isEqualTo(big + 1);
        assertThat(x.mul(3).itemLong()).isEqualTo(3 * big);
        assertThat(x.sub(big).itemLong()).isZero();
        assertThat(x.add(big).itemLong()).isEqualTo(2 * big);
        assertThat(x.rsub(big).itemLong()).isZero();
        assertThat(x.eq(big - 1).itemBoolean()).isFalse();
        assertThat(x.eq(big).itemBoolean()).isTrue();
        assertThat(x.gt(big - 1).itemBoolean()).isTrue();
        assertThat(x.sum().itemLong()).isEqualTo(big);
        assertThat(x.max().itemLong()).isEqualTo(big);
        assertThat(Tensor.of(Long.MAX_VALUE).add(1).itemLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(Tensor.of(3, -2, 0).pow(3).toLongs()).containsExactly(27, -8, 0);
        assertThat(Tensor.of(3, -2, 0).pow(0).toLongs()).containsExactly(1, 1, 1);
        assertThat(Tensor.of(0, 1, 62).rpow(2).toLongs()).containsExactly(1, 2, 1L << 62);
        assertThat(Tensor.zeros(DType.I64, 1).fillInPlace(big).itemLong()).isEqualTo(big);
        Tensor y = Tensor.zeros(DType.I64, 2);
        y.set(big, 1);
        assertThat(y.toLongs()).containsExactly(0, big);
    }

    @Test
    void truthValues() {
        Tensor a = Tensor.of(true, true, false, false);
        Tensor b = Tensor.of(true, false, true, false);
        assertThat(a.add(b).toBooleans()).containsExactly(true, true, true, false);
        assertThat(a.mul(b).toBooleans()).containsExactly(true, false, false, false);
        assertThat(a.logicalAnd(b).toBooleans()).containsExactly(true, false, false, false);
        assertThat(a.logicalOr(b).toBooleans()).containsExactly(true, true, true, false);
        assertThat(a.logicalXor(b).toBooleans()).containsExactly(false, true, true, false);
        assertThat(a.logicalNot().toBooleans()).containsExactly(false, false, true, true);
        assertThat(a.lt(b).toBooleans()).containsExactly(false, false, true, false);
        assertThat(a.add(1).toLongs()).containsExactly(2, 2, 1, 1);
        assertThat(Tensor.of(0.0, 2, Double.NaN).logicalNot().toBooleans()).containsExactly(true, false, false);
        assertThat(Tensor.of(1.0, Double.NaN).isNaN().toBooleans()).containsExactly(false, true);
        assertThat(a.all().itemBoolean()).isFalse();
        assertThat(a.any().itemBoolean()).isTrue();
        assertThat(Tensor.zeros(0).all().itemBoolean()).isTrue();
        assertThat(Tensor.zeros(0).any().itemBoolean()).isFalse();
    }

    @Test
    void comparingWithNaN() {
        Tensor x = Tensor.of(Double.NaN, 1);
        assertThat(x.eq(x).toBooleans()).containsExactly(false, true);
        assertThat(x.ne(x).toBooleans()).containsExactly(true, false);
        assertThat(x.ge(x).toBooleans()).containsExactly(false, true);
        assertThat(x.lt(2).toBooleans()).containsExactly(false, true);
        assertThat(x.equal(x)).isFalse();
        assertThat(x.maximum(0.0).toDoubles()).containsExactly(Double.NaN, 1);
    }
}
