package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adjoint.autograd.Autograd;
import adjoint.autograd.GradCheck;
import adjoint.tensor.Dim;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationsTest {
    private static Tensor doubles(double... values) {
        return Tensor.of((Object) values, DType.F64);
    }

    private static double slope(UnaryOperator<Tensor> f, double at) {
        Tensor x = doubles(at).requiresGrad(true);
        f.apply(x).sum().backward();
        return x.grad().item();
    }

    private static Arguments refused(Supplier<Tensor> call, Class<? extends AdjointException> type, String text) {
        return Arguments.of(call, type, text);
    }

    static Stream<Arguments> refusals() {
        Tensor x = Tensor.ones(2, 3);
        Tensor whole = Tensor.ones(2, 3).to(DType.I64);
        Tensor truth = Tensor.ones(2, 3).to(DType.BOOL);
        return Stream.of(
                refused(() -> Functional.gelu(whole), DTypeException.class, "gelu: of a int64"),
                refused(() -> Functional.leakyRelu(whole), DTypeException.class, "leaky_relu"),
                refused(() -> Functional.softsign(truth), DTypeException.class, "softsign: of a bool"),
                refused(() -> Functional.relu6(truth), DTypeException.class, "hardtanh: of a bool"),
                refused(() -> Functional.hardtanh(x, 1, -1), ValueException.class, "above the upper"),
                refused(() -> Functional.softshrink(x, -1), ValueException.class, "softshrink"),
                refused(() -> Functional.softshrink(x, Double.NaN), ValueException.class, "softshrink"),
                refused(() -> Functional.celu(x, 0), ValueException.class, "alpha 0"),
                refused(() -> Functional.rrelu(x, 0.3, 0.2), ValueException.class, "rrelu"),
                refused(() -> Functional.rrelu(x, 0.3, 0.2, Rng.global()), ValueException.class, "rrelu"),
                refused(() -> Functional.glu(x), ShapeException.class, "glu: of [2, 3] along dimension -1"),
                refused(() -> Functional.glu(Tensor.scalar(1.0)), ShapeException.class, "glu"),
                refused(() -> Functional.glu(x, 2), IndexException.class, "dimension 2"),
                refused(() -> Functional.prelu(x, Tensor.ones(2)), ShapeException.class, "3 channels"),
                refused(() -> Functional.prelu(x, Tensor.ones(1, 3)), ShapeException.class, "prelu"),
                refused(() -> Functional.prelu(x, doubles(1)), DTypeException.class, "prelu"),
                refused(() -> Functional.prelu(whole, Tensor.ones(1).to(DType.I64)), DTypeException.class, "prelu"),
                refused(() -> Functional.cosineSimilarity(x, Tensor.ones(2, 4)), ShapeException.class, "broadcast"),
                refused(() -> Functional.cosineSimilarity(whole, whole), DTypeException.class, "norm"),
                refused(() -> x.cdist(Tensor.ones(2, 4)), ShapeException.class, "cdist"),
                refused(() -> x.cdist(Tensor.ones(3)), ShapeException.class, "cdist"),
                refused(() -> x.cdist(Tensor.ones(2, 3).to(DType.F64)), DTypeException.class, "cdist"),
                refused(() -> x.cdist(x, -1), ValueException.class, "cdist"),
                refused(() -> new Softmax2d().forward(x), ShapeException.class, "Softmax2d"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWhatMakesNoSense(Supplier<Tensor> call, Class<? extends AdjointException> type, String text) {
        assertThatThrownBy(call::get).isInstanceOf(type).hasMessageContaining(text);
    }

    @Test
    void layersRefuseWhenTheyAreMade() {
        assertThatThrownBy(() -> new Hardtanh(1, 1)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> new RReLU(0.5, 0.1)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> new PReLU(0)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> new PReLU(Tensor.ones(1, 2))).isInstanceOf(ShapeException.class);
    }

    /** At a kink the side that PyTorch takes. */
    @Test
    void kinks() {
        assertThat(slope(Functional::relu, 0)).isZero();
        assertThat(slope(Functional::relu6, 6)).isZero();
        assertThat(slope(x -> x.clamp(0.0, 6.0), 6)).isOne();
        assertThat(slope(Functional::hardtanh, -1)).isZero();
        assertThat(slope(Functional::hardshrink, 0.5)).isZero();
        assertThat(slope(Functional::softshrink, -0.5)).isZero();
        assertThat(slope(x -> Functional.elu(x, 0.5), 0)).isEqualTo(0.5);
        assertThat(slope(x -> Functional.leakyRelu(x, 0.5), 0)).isEqualTo(0.5);
        assertThat(slope(Functional::hardswish, -3)).isZero();
        assertThat(slope(Functional::hardswish, 3)).isOne();
        assertThat(slope(x -> Functional.threshold(x, 1, 7), 1)).isZero();
    }

    /** Where the textbook formula overflows or cancels. */
    @Test
    void extremes() {
        assertThat(Functional.softplus(doubles(-50, 50, 800)).toDoubles()).containsExactly(Math.exp(-50), 50, 800);
        assertThat(Functional.softplus(doubles(800), 1, 1000).item()).isEqualTo(800);
        assertThat(Functional.logSigmoid(doubles(-800, 800)).toDoubles()).containsExactly(-800, 0);
        assertThat(Functional.mish(doubles(-800, 800)).toDoubles()).containsExactly(-0.0, 800);
        assertThat(Functional.silu(doubles(-800, 800)).toDoubles()).containsExactly(-0.0, 800);
        // Φ(−10) = 7.6198530241605e-24, where 1 + erf is 0.
        assertThat(Functional.gelu(doubles(-10)).item()).isCloseTo(-7.6198530241605e-23, within(1e-35));
        assertThat(slope(Functional::elu, -40)).isCloseTo(Math.exp(-40), within(1e-30));
        assertThat(slope(Functional::selu, Double.NaN)).isEqualTo(1.0507009873554805);
    }

    @Test
    void integersStayWhereTheyCan() {
        Tensor x = Tensor.of(new long[] {-5, 2, 9});
        assertThat(Functional.relu6(x).toLongs()).containsExactly(0, 2, 6);
        assertThat(Functional.threshold(x, 2, 7).toLongs()).containsExactly(7, 7, 9);
        assertThat(Functional.softsign(x).dtype()).isEqualTo(DType.F32);
    }

    @Test
    void batched() {
        Tensor x = Tensor.randn(Rng.torch(1), DType.F64, 4, 3, 6);
        Tensor w = doubles(0.1, 0.2, 0.3);
        assertSame(v -> Functional.glu(v, 1), x);
        assertSame(v -> Functional.softplus(v, 2, 1), x);
        assertSame(v -> Functional.normalize(v), x);
        Tensor rows = Autograd.vmap((Tensor v) -> Functional.prelu(v.t(), w)).apply(x);
        assertThat(rows.equal(
                        Functional.prelu(x.transpose(1, 2).reshape(24, 3), w).reshape(4, 6, 3)))
                .isTrue();
    }

    private static void assertSame(UnaryOperator<Tensor> f, Tensor x) {
        List<Tensor> each =
                Stream.of(0, 1, 2, 3).map(i -> f.apply(x.select(0, i))).toList();
        assertThat(Autograd.vmap(f).apply(x).equal(Tensor.stack(0, each))).isTrue();
    }

    @Test
    void slopesAreLearned() {
        var layer = new PReLU();
        layer.forward(Tensor.of(new float[] {-2, 3, -4})).sum().backward();
        assertThat(layer.namedParameters()).containsOnlyKeys("weight");
        assertThat(layer.weight().toFloats()).containsExactly(0.25f);
        assertThat(layer.weight().grad().item()).isEqualTo(-6);
        assertThat(new PReLU(3, 0.5).weight().toFloats()).containsExactly(0.5f, 0.5f, 0.5f);
    }

    @Test
    void drawsSlopesInTrainingOnly() {
        var layer = new RReLU(0.1, 0.9);
        Tensor x = doubles(1, -1, -1, -1, 0).requiresGrad(true);
        Tensor y = layer.forward(x);
        y.sum().backward();
        double[] slopes = x.grad().toDoubles();
        assertThat(slopes[0]).isOne();
        assertThat(Arrays.stream(slopes).skip(1)).allMatch(s -> s >= 0.1 && s < 0.9);
        assertThat(slopes[1]).isNotEqualTo(slopes[2]).isEqualTo(-y.toDoubles()[1]);
        layer.eval();
        assertThat(layer.forward(x).toDoubles()).containsExactly(1, -0.5, -0.5, -0.5, 0);
    }

    /** Forward mode, backward and examples at once, of what is composed. */
    @Test
    void derivativesOfDistances() {
        Tensor a = Tensor.randn(Rng.torch(1), DType.F64, 3, 4);
        Tensor b = Tensor.randn(Rng.torch(2), DType.F64, 3, 4);
        GradCheck.checkAll(in -> Functional.cosineSimilarity(in.get(0), in.get(1)), a, b);
        GradCheck.checkAll(in -> Functional.normalize(in.getFirst()), a);
        GradCheck.checkAll(in -> Functional.pairwiseDistance(in.get(0), in.get(1)), a, b);
        GradCheck.checkAll(in -> in.get(0).cdist(in.get(1)), a, b);
        GradCheck.checkAll(in -> Functional.prelu(in.get(0), in.get(1)), a, doubles(0.1, 0.2, 0.3, 0.4));
        GradCheck.checkAll(in -> Functional.glu(in.getFirst()), a);
    }

    @Test
    void distances() {
        Tensor a = Tensor.randn(Rng.torch(1), DType.F64, 300, 20);
        Tensor b = Tensor.randn(Rng.torch(2), DType.F64, 800, 20);
        Tensor all = a.cdist(b); // by a product
        Tensor some = a.slice(0, 0, 5).cdist(b);
        assertThat(all.slice(0, 0, 5).allClose(some, 1e-12, 1e-12)).isTrue();
        assertThat(a.cdist(a.cdist(a).matmul(a)).shape()).isEqualTo(adjoint.types.Shape.of(300, 300));
        assertThat(a.slice(0, 0, 0).cdist(b).shape()).isEqualTo(adjoint.types.Shape.of(0, 800));

        Tensor x = Tensor.ones(DType.F64, 2, 3).requiresGrad(true);
        x.cdist(Tensor.ones(DType.F64, 2, 3)).sum().backward();
        assertThat(x.grad().toDoubles()).containsOnly(0);
        assertThat(Functional.pairwiseDistance(a, a.add(1), 1, 0, Dim.KEEP).shape())
                .isEqualTo(adjoint.types.Shape.of(300, 1));
        assertThat(new CosineSimilarity(-1)
                        .forward(a, a.mul(-2))
                        .add(1)
                        .abs()
                        .max()
                        .item())
                .isLessThan(1e-12);
    }
}
