package adjoint.op;

import static org.assertj.core.api.Assertions.assertThat;

import adjoint.autograd.GradCheck;
import adjoint.op.Samples.Layout;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every row of the operation tables owes: its formula's value, and right derivatives in every layout. */
class ElementwiseTest {
    private static final long[][] SHAPES = {{2, 3}, {4}, {2, 1, 3}};

    @ParameterizedTest
    @EnumSource
    void unaryIsItsFormula(Unary op) {
        var random = new Random(op.ordinal());
        for (Layout layout : Layout.values()) {
            for (long[] shape : SHAPES) {
                checkValue(op.op(), Samples.laidOut(random, op.domain(), layout, shape));
            }
        }
        checkValue(op.op(), Samples.dense(random, op.domain()));
        checkValue(op.op(), Samples.dense(random, op.domain(), 0, 3));
        checkValue(op.op(), Samples.dense(random, op.domain(), 133));
    }

    @ParameterizedTest
    @EnumSource
    void unaryDerivatives(Unary op) {
        var random = new Random(op.ordinal());
        Function<List<Tensor>, Tensor> f = in -> Engine.run(op.op(), in.getFirst());
        for (Layout layout : Layout.values()) {
            for (long[] shape : SHAPES) {
                checkDerivatives(f, Samples.laidOut(random, op.domain(), layout, shape));
            }
        }
        checkDerivatives(f, Samples.laidOut(random, op.domain(), Layout.DENSE));
        checkDerivatives(f, Samples.dense(random, op.domain(), 0, 3));
    }

    @ParameterizedTest
    @EnumSource
    void binaryIsItsFormula(Binary op) {
        var random = new Random(op.ordinal());
        Domain left = op.domain(0);
        Domain right = op.domain(1);
        for (Layout a : Layout.values()) {
            for (Layout b : Layout.values()) {
                checkValue(op.op(), Samples.laidOut(random, left, a, 3, 2), Samples.laidOut(random, right, b, 3, 2));
            }
            checkValue(op.op(), Samples.laidOut(random, left, a, 3, 1), Samples.laidOut(random, right, a, 2, 1, 4));
            checkValue(op.op(), Samples.laidOut(random, left, a, 3, 4), Samples.dense(random, right));
            checkValue(op.op(), Samples.dense(random, left), Samples.laidOut(random, right, a, 3, 4));
        }
        checkValue(op.op(), Samples.dense(random, left), Samples.dense(random, right));
        checkValue(op.op(), Samples.dense(random, left, 0, 1), Samples.dense(random, right, 4));
        checkValue(op.op(), Samples.dense(random, left, 77), Samples.dense(random, right, 77));
    }

    @ParameterizedTest
    @EnumSource
    void binaryDerivatives(Binary op) {
        var random = new Random(op.ordinal());
        Function<List<Tensor>, Tensor> f = in -> Engine.run(op.op(), in.get(0), in.get(1));
        Domain left = op.domain(0);
        Domain right = op.domain(1);
        for (Layout a : Layout.values()) {
            for (Layout b : Layout.values()) {
                checkDerivatives(f, Samples.laidOut(random, left, a, 3, 2), Samples.laidOut(random, right, b, 3, 2));
            }
            checkDerivatives(f, Samples.laidOut(random, left, a, 3, 1), Samples.laidOut(random, right, a, 2, 1, 2));
            checkDerivatives(f, Samples.laidOut(random, left, a, 2, 2), Samples.dense(random, right));
            checkDerivatives(f, Samples.dense(random, left), Samples.laidOut(random, right, a, 2, 2));
        }
        checkDerivatives(f, Samples.dense(random, left), Samples.dense(random, right));
        checkDerivatives(f, Samples.dense(random, left, 0, 1), Samples.dense(random, right, 4));
    }

    @ParameterizedTest
    @EnumSource
    void binaryWithNumbers(Binary op) {
        if (op.domain(0) == Domain.TRUTH) {
            return; // there are no forms with numbers
        }
        var random = new Random(op.ordinal());
        for (Layout layout : Layout.values()) {
            Tensor x = Samples.laidOut(random, op.domain(0), layout, 3, 2);
            double number = Samples.number(random, op.domain(1));
            checkValue(op.withRight(number), x);
            assertSame(Engine.run(op.withRight(number), x), Engine.run(op.op(), x, Tensor.scalar(number, DType.F64)));
            checkDerivatives(in -> Engine.run(op.withRight(number), in.getFirst()), x);

            Tensor y = Samples.laidOut(random, op.domain(1), layout, 3, 2);
            double base = Samples.number(random, op.domain(0));
            checkValue(op.withLeft(base), y);
            assertSame(Engine.run(op.withLeft(base), y), Engine.run(op.op(), Tensor.scalar(base, DType.F64), y));
            checkDerivatives(in -> Engine.run(op.withLeft(base), in.getFirst()), y);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ternary(Ternary op) {
        checkOf(op.op(), op.domains(), new Random(op.ordinal()));
    }

    @ParameterizedTest
    @EnumSource
    void parametric(Parametric op) {
        checkOf(op.sample(), op.domains(), new Random(op.ordinal()));
    }

    /** Values and derivatives with operands that broadcast, in every layout. */
    private static void checkOf(Elementwise op, List<Domain> domains, Random random) {
        long[][] shapes = {{3, 2}, {2}, {3, 1}};
        for (Layout layout : Layout.values()) {
            Tensor[] in = new Tensor[domains.size()];
            for (int i = 0; i < in.length; i++) {
                in[i] = Samples.laidOut(random, domains.get(i), layout, shapes[i]);
            }
            checkValue(op, in);
            List<Tensor> real =
                    Stream.of(in).filter(t -> t.dtype().isFloating()).toList();
            if (!real.isEmpty()) {
                checkDerivatives(
                        given -> Engine.run(op, withTruths(in, given).toArray(Tensor[]::new)),
                        real.toArray(Tensor[]::new));
            }
        }
    }

    /** The operands with those given in the places of the real ones. */
    private static List<Tensor> withTruths(Tensor[] in, List<Tensor> given) {
        var next = given.iterator();
        return Stream.of(in).map(t -> t.dtype().isFloating() ? next.next() : t).toList();
    }

    /** Compares with Java's arithmetic in F64, F32 and, where the formula has integer meaning, I64. */
    private static void checkValue(Elementwise op, Tensor... in) {
        checkValue(op, DType.F64, 4e-15, in);
        checkValue(op, DType.F32, 1e-6, in);
        if (WHOLE.contains(op.opName())) {
            checkValue(op, DType.I64, 0, in);
        }
    }

    private static final List<String> WHOLE = List.of(
            "add",
            "sub",
            "mul",
            "maximum",
            "minimum",
            "neg",
            "abs",
            "sign",
            "relu",
            "eq",
            "ne",
            "lt",
            "le",
            "gt",
            "ge",
            "where",
            "copy",
            "squared_difference");

    private static void checkValue(Elementwise op, DType type, double tolerance, Tensor... given) {
        Tensor[] in = new Tensor[given.length];
        double[][] elements = new double[in.length][];
        Shape shape = Shape.SCALAR;
        for (int i = 0; i < in.length; i++) {
            in[i] = given[i].dtype() == DType.BOOL ? given[i] : given[i].to(type);
            shape = Shape.broadcast(shape, in[i].shape());
        }
        for (int i = 0; i < in.length; i++) {
            elements[i] = in[i].expand(shape.sizes()).toDoubles();
        }
        double[] numbers = op.numbers();
        for (int i = 0; i < numbers.length; i++) {
            double number = numbers[i];
            numbers[i] = type == DType.I64 ? (long) number : type == DType.F32 ? (float) number : number;
        }
        Tensor out = Engine.run(op, in);
        assertThat(out.shape()).isEqualTo(shape);
        assertThat(out.dtype()).isEqualTo(op.formula().resultType(type));
        double[] found = out.toDoubles();
        for (int k = 0; k < found.length; k++) {
            double[] x = new double[in.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = elements[i][k];
            }
            double wanted = Reference.value(op.formula().expr(), x, numbers);
            double allowed = tolerance * Math.max(1, Math.abs(wanted));
            assertThat(found[k])
                    .as("%s of %s at %s in %s", op.opName(), shape, java.util.Arrays.toString(x), type)
                    .satisfiesAnyOf(
                            v -> assertThat(Math.abs(v - wanted)).isLessThanOrEqualTo(allowed),
                            v -> assertThat(v).isEqualTo(wanted));
        }
    }

    private static void assertSame(Tensor a, Tensor b) {
        assertThat(a.toDoubles()).containsExactly(b.toDoubles());
    }

    /** Differentiable results are checked; truth values must not be recorded at all. */
    private static void checkDerivatives(Function<List<Tensor>, Tensor> f, Tensor... in) {
        boolean real = true;
        for (Tensor t : in) {
            real &= t.dtype().isFloating();
        }
        List<Tensor> leaves = List.of(in).stream()
                .map(t -> t.dtype().isFloating() ? t.detach().requiresGrad(true) : t)
                .toList();
        Tensor y = f.apply(leaves);
        if (!real || !y.dtype().isFloating()) {
            assertThat(y.dtype()).isEqualTo(DType.BOOL);
            assertThat(y.requiresGrad()).isFalse();
            return;
        }
        assertThat(y.requiresGrad()).isTrue();
        GradCheck.checkAll(f, in);
    }
}
