package adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.types.AdjointException;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import org.junit.jupiter.api.Test;

/** Tensors from Java's arrays and numbers, and back. */
class CreationTest {
    private static void assertTensor(Tensor t, DType dtype, Shape shape, double... values) {
        assertThat(t.dtype()).isEqualTo(dtype);
        assertThat(t.shape()).isEqualTo(shape);
        assertThat(t.toDoubles()).containsExactly(values);
        assertThat(t.requiresGrad()).isFalse();
        assertThat(t.isLeaf()).isTrue();
        assertThat(t.version()).isZero();
    }

    @Test
    void arraysOfEveryPrimitiveAndBox() {
        Shape two = Shape.of(2);
        assertTensor(Tensor.of(1.5, -2), DType.F32, two, 1.5, -2);
        assertTensor(Tensor.of(1.5f, -2f), DType.F32, two, 1.5, -2);
        assertTensor(Tensor.of(1L, -2L), DType.I64, two, 1, -2);
        assertTensor(Tensor.of(1, -2), DType.I64, two, 1, -2);
        assertTensor(Tensor.of(true, false), DType.BOOL, two, 1, 0);
        Object[] arrays = {
            new double[] {1, 2}, new float[] {1, 2}, new Double[] {1.0, 2.0}, new Float[] {1f, 2f},
        };
        for (Object a : arrays) {
            assertTensor(Tensor.of(a), DType.F32, two, 1, 2);
        }
        Object[] whole = {
            new long[] {1, 2},
            new int[] {1, 2},
            new short[] {1, 2},
            new byte[] {1, 2},
            new Long[] {1L, 2L},
            new Integer[] {1, 2},
            new Short[] {1, 2},
            new Byte[] {1, 2}
        };
        for (Object a : whole) {
            assertTensor(Tensor.of(a), DType.I64, two, 1, 2);
            assertTensor(Tensor.of(a, DType.F64), DType.F64, two, 1, 2);
        }
        assertTensor(Tensor.of((Object) new Boolean[] {true, false}), DType.BOOL, two, 1, 0);
    }

    @Test
    void numbersAre0d() {
        assertTensor(Tensor.of((Object) 2.5), DType.F32, Shape.SCALAR, 2.5);
        assertTensor(Tensor.of((Object) 7L), DType.I64, Shape.SCALAR, 7);
        assertTensor(Tensor.of((Object) true), DType.BOOL, Shape.SCALAR, 1);
        assertTensor(Tensor.scalar(3), DType.I64, Shape.SCALAR, 3);
        assertTensor(Tensor.scalar(3.5), DType.F32, Shape.SCALAR, 3.5);
        assertTensor(Tensor.scalar(3, DType.F64), DType.F64, Shape.SCALAR, 3);
    }

    @Test
    void nestedArrays() {
        assertTensor(
                Tensor.of((Object) new double[][] {{1, 2, 3}, {4, 5, 6}}), DType.F32, Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        assertTensor(
                Tensor.of((Object) new Integer[][][] {{{1}, {2}}, {{3}, {4}}}),
                DType.I64,
                Shape.of(2, 2, 1),
                1,
                2,
                3,
                4);
        assertTensor(Tensor.of((Object) new boolean[][] {{true}, {false}}), DType.BOOL, Shape.of(2, 1), 1, 0);
        double third = 1.0 / 3;
        assertThat(Tensor.of((Object) new double[][] {{third}}, DType.F64).item())
                .isEqualTo(third);
        assertThat(Tensor.of((Object) new double[][] {{third}}).item()).isEqualTo((float) third);
        long exact = (1L << 53) + 1;
        assertThat(Tensor.of((Object) new long[][] {{exact}}).itemLong()).isEqualTo(exact);
    }

    @Test
    void emptyArrays() {
        assertTensor(Tensor.of(new double[0]), DType.F32, Shape.of(0));
        assertTensor(Tensor.of((Object) new long[2][0]), DType.I64, Shape.of(2, 0));
        assertTensor(Tensor.of((Object) new double[0][3]), DType.F32, Shape.of(0, 0));
        assertTensor(Tensor.of((Object) new Boolean[0][0][0]), DType.BOOL, Shape.of(0, 0, 0));
    }

    @Test
    void elementsAreCopied() {
        float[] row = {1, 2};
        Tensor t = Tensor.of(row);
        row[0] = 9;
        assertThat(t.toFloats()).containsExactly(1, 2);
        t.toFloats()[0] = 9;
        ((float[]) t.toArray())[0] = 9;
        assertThat(t.toFloats()).containsExactly(1, 2);
        long[] whole = {1, 2};
        Tensor i = Tensor.of(whole);
        whole[0] = 9;
        assertThat(i.toLongs()).containsExactly(1, 2);
    }

    @Test
    void whatIsNoTensor() {
        Object[] ragged = {
            new double[][] {{1, 2}, {3}},
            new double[][] {{1}, {2, 3}},
            new double[][] {{1}, null},
            new double[][] {null, {1}},
            new Double[] {1.0, null},
            new int[][][] {{{1}, {2}}, {{3}}},
            new long[][] {{}, {1}}
        };
        for (Object a : ragged) {
            assertThatThrownBy(() -> Tensor.of(a)).isInstanceOf(ShapeException.class);
        }
        Object[] others = {"text", new char[] {'a'}, new String[] {"a"}, new Object[] {1}, null, java.util.List.of(1)};
        for (Object a : others) {
            assertThatThrownBy(() -> Tensor.of(a)).isInstanceOf(DTypeException.class);
        }
    }

    @Test
    void ranges() {
        assertTensor(Tensor.arange(3.0), DType.F32, Shape.of(3), 0, 1, 2);
        assertTensor(Tensor.arange(3L), DType.I64, Shape.of(3), 0, 1, 2);
        assertTensor(Tensor.arange(2.5), DType.F32, Shape.of(3), 0, 1, 2);
        assertTensor(Tensor.arange(0.0), DType.F32, Shape.of(0));
        assertTensor(Tensor.arange(5L, 5L), DType.I64, Shape.of(0));
        assertTensor(Tensor.arange(1.0, 2.0, 0.25), DType.F32, Shape.of(4), 1, 1.25, 1.5, 1.75);
        assertTensor(Tensor.arange(3L, -2L, -2L), DType.I64, Shape.of(3), 3, 1, -1);
        assertTensor(Tensor.arange(1.0, 0.0, -0.5), DType.F32, Shape.of(2), 1, 0.5);
        assertTensor(Tensor.arange(DType.F64, 0, 1, 0.3), DType.F64, Shape.of(4), 0, 0.3, 0.6, 0.3 * 3);
        // PyTorch counts in double: 0.1 to 0.5 by 0.1 has 4 elements, -0.4 to 0.4 by 0.1 has 9.
        assertThat(Tensor.arange(0.1, 0.5, 0.1).numel()).isEqualTo(4);
        assertThat(Tensor.arange(0.1, 0.5, 0.1).toFloats()).containsExactly(0.1f, 0.2f, 0.3f, 0.4f);
        long big = (1L << 53) + 1;
        assertThat(Tensor.arange(big, big + 3).toLongs()).containsExactly(big, big + 1, big + 2);
        assertThat(Tensor.arange(Long.MAX_VALUE - 2, Long.MAX_VALUE, 5).toLongs())
                .containsExactly(Long.MAX_VALUE - 2);
        for (Runnable r : new Runnable[] {
            () -> Tensor.arange(0.0, 5.0, 0.0),
            () -> Tensor.arange(0L, 5L, 0L),
            () -> Tensor.arange(0.0, 5.0, -1.0),
            () -> Tensor.arange(5L, 0L),
            () -> Tensor.arange(-1.0),
            () -> Tensor.arange(0.0, Double.NaN),
            () -> Tensor.arange(0.0, Double.POSITIVE_INFINITY),
            () -> Tensor.arange(0L, Long.MAX_VALUE),
            () -> Tensor.arange(Long.MIN_VALUE, Long.MAX_VALUE)
        }) {
            assertThatThrownBy(r::run).isInstanceOf(AdjointException.class);
        }
    }

    @Test
    void constants() {
        assertTensor(Tensor.zeros(2, 0), DType.F32, Shape.of(2, 0));
        assertTensor(Tensor.zeros(), DType.F32, Shape.SCALAR, 0);
        assertTensor(Tensor.ones(DType.BOOL, 2), DType.BOOL, Shape.of(2), 1, 1);
        assertTensor(Tensor.full(DType.F64, 0.1, 2), DType.F64, Shape.of(2), 0.1, 0.1);
        assertTensor(Tensor.full(2.5, 2), DType.F32, Shape.of(2), 2.5, 2.5);
        assertTensor(Tensor.full(2, 2), DType.I64, Shape.of(2), 2, 2);
        assertTensor(Tensor.eye(2), DType.F32, Shape.of(2, 2), 1, 0, 0, 1);
        assertTensor(Tensor.eye(0), DType.F32, Shape.of(0, 0));
        assertTensor(Tensor.eye(2, 3), DType.F32, Shape.of(2, 3), 1, 0, 0, 0, 1, 0);
        assertTensor(Tensor.eye(2, 1), DType.F32, Shape.of(2, 1), 1, 0);
        Tensor like = Tensor.ones(DType.F64, 2, 1).requiresGrad(true);
        assertTensor(Tensor.zerosLike(like), DType.F64, Shape.of(2, 1), 0, 0);
        assertTensor(Tensor.onesLike(like), DType.F64, Shape.of(2, 1), 1, 1);
        assertTensor(Tensor.fullLike(like, 3), DType.F64, Shape.of(2, 1), 3, 3);
        assertThat(Tensor.randnLike(like).dtype()).isEqualTo(DType.F64);
        assertThat(Tensor.randLike(like).shape()).isEqualTo(like.shape());
        for (Runnable r : new Runnable[] {
            () -> Tensor.zeros(-1),
            () -> Tensor.eye(-1),
            () -> Tensor.zeros(1L << 31),
            () -> Tensor.zeros(1L << 32, 1L << 32),
            () -> Tensor.zeros(1 << 16, 1 << 16),
            () -> Tensor.randperm(-1),
        }) {
            assertThatThrownBy(r::run).isInstanceOf(ShapeException.class);
        }
        assertThat(Tensor.zeros(1L << 40, 0).numel()).isZero();
    }

    @Test
    void randomNumbersNeedASenseOfTheirType() {
        Rng rng = Rng.torch(0);
        Rng untouched = Rng.torch(0);
        for (Runnable r : new Runnable[] {
            () -> Tensor.randn(rng, DType.I64, 2),
            () -> Tensor.rand(rng, DType.BOOL, 2),
            () -> Tensor.zeros(DType.I64, 2).normalInPlace(rng, 0, 1),
            () -> Tensor.zeros(DType.I64, 2).uniformInPlace(rng, 0, 1),
            () -> Tensor.randint(rng, 5, 5, 2),
            () -> Tensor.randint(rng, 5, 4, 2),
            () -> Tensor.normal(rng, 0, -1, 2),
            () -> Tensor.normal(rng, 0, Double.NaN, 2),
            () -> Tensor.zeros(2).requiresGrad(true).normalInPlace(rng, 0, 1)
        }) {
            assertThatThrownBy(r::run).isInstanceOf(AdjointException.class);
        }
        // None of the refused calls drew a number.
        assertThat(Tensor.rand(rng, DType.F64, 4).equal(Tensor.rand(untouched, DType.F64, 4)))
                .isTrue();
    }

    @Test
    void toArrays() {
        assertThat(Tensor.of((Object) new double[][] {{1, 2}, {3, 4}}).t().toArray())
                .isEqualTo(new float[][] {{1, 3}, {2, 4}});
        assertThat(Tensor.of(1L, 2L).toArray()).isEqualTo(new long[] {1, 2});
        assertThat(Tensor.of(true).toArray()).isEqualTo(true);
        assertThat(Tensor.scalar(1.5).toArray()).isEqualTo(1.5f);
        assertThat(Tensor.scalar(2L).toArray()).isEqualTo(2L);
        assertThat(Tensor.zeros(DType.F64, 2, 0).toArray()).isEqualTo(new double[2][0]);
        assertThat(Tensor.zeros(DType.F64, 1, 2, 1).requiresGrad(true).toArray())
                .isEqualTo(new double[1][2][1]);
        assertThat(Tensor.of(1.9, -1.9).toLongs()).containsExactly(1, -1);
        assertThat(Tensor.of(0.5, 0).toBooleans()).containsExactly(true, false);
        assertThat(Tensor.arange(6.0).reshape(2, 3).slice(1, 1, 3).toFloats()).containsExactly(1, 2, 4, 5);
        assertThat(Tensor.of(5.0).expand(3).toDoubles()).containsExactly(5, 5, 5);
    }

    @Test
    void items() {
        assertThat(Tensor.full(2.5, 1, 1).item()).isEqualTo(2.5);
        assertThat(Tensor.arange(4.0).requiresGrad(true).at(2).item()).isEqualTo(2);
        long big = (1L << 53) + 1;
        assertThat(Tensor.of(big).itemLong()).isEqualTo(big);
        assertThat(Tensor.of(true).itemBoolean()).isTrue();
        assertThatThrownBy(() -> Tensor.ones(2).item()).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Tensor.ones(0).itemLong()).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Tensor.ones(2).itemBoolean()).isInstanceOf(ShapeException.class);
    }

    @Test
    void casts() {
        Tensor x = Tensor.of(1.5, -0.5, 0, Double.NaN);
        assertThat(x.to(DType.F32)).isSameAs(x);
        assertThat(x.to(DType.BOOL).toBooleans()).containsExactly(true, true, false, true);
        assertThat(Tensor.of(1.9, -1.9, 0.99).to(DType.I64).toLongs()).containsExactly(1, -1, 0);
        assertThat(Tensor.of(true, false).to(DType.F64).toDoubles()).containsExactly(1, 0);
        assertThat(Tensor.of((1L << 53) + 1).to(DType.F64).item()).isEqualTo(0x1p53);
        assertThat(Tensor.of((Object) 1e40, DType.F64).to(DType.F32).item()).isInfinite();
    }
}
