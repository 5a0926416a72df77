package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import adjoint.autograd.Autograd;
import adjoint.autograd.GradCheck;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.IndexException;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossesTest {
    private static final Tensor X = Tensor.randn(Rng.torch(1), DType.F64, 4, 3);
    private static final Tensor CLASSES = Tensor.of(0L, 2L, 1L, 2L);

    private static Tensor doubles(double... values) {
        return Tensor.of((Object) values, DType.F64);
    }

    private static Arguments refused(Supplier<Tensor> call, Class<? extends AdjointException> type, String text) {
        return Arguments.of(call, type, text);
    }

    static Stream<Arguments> refusals() {
        Tensor x = Tensor.ones(2, 3);
        Tensor t = Tensor.of(0L, 1L);
        Tensor half = Tensor.full(0.5, 2, 3);
        Tensor whole = x.to(DType.I64);
        return Stream.of(
                refused(() -> Functional.l1Loss(x, Tensor.ones(3)), ShapeException.class, "l1Loss: input [2, 3]"),
                refused(() -> Functional.l1Loss(x, x, Tensor.ones(3), Reduction.SUM), ShapeException.class, "weight"),
                refused(() -> Functional.l1Loss(whole, whole), DTypeException.class, "mean"),
                refused(() -> Functional.smoothL1Loss(x, x, -1, Reduction.SUM), ValueException.class, "beta -1.0"),
                refused(() -> Functional.smoothL1Loss(whole, whole), DTypeException.class, "smooth_l1_loss"),
                refused(() -> Functional.huberLoss(x, x, 0, Reduction.SUM), ValueException.class, "delta 0.0"),
                refused(() -> Functional.crossEntropy(x, Tensor.of(0L, 3L)), IndexException.class, "the class 3"),
                refused(() -> Functional.crossEntropy(x, Tensor.of(0L, -1L)), IndexException.class, "the class -1"),
                refused(() -> Functional.crossEntropy(x, Tensor.of(0L)), ShapeException.class, "the target is [2]"),
                refused(() -> Functional.crossEntropy(x, Tensor.of(0f, 1f)), DTypeException.class, "class numbers"),
                refused(() -> Functional.crossEntropy(whole, t), DTypeException.class, "crossEntropy"),
                refused(() -> Functional.crossEntropy(Tensor.scalar(1.0), t), ShapeException.class, "single number"),
                refused(
                        () -> new CrossEntropyLoss().weight(Tensor.ones(2)).forward(x, t),
                        ShapeException.class,
                        "3 classes"),
                refused(
                        () -> new CrossEntropyLoss()
                                .weight(Tensor.ones(DType.F64, 3))
                                .forward(x, t),
                        DTypeException.class,
                        "weights"),
                refused(
                        () -> new CrossEntropyLoss().ignoreIndex(1).forward(x, half),
                        ValueException.class,
                        "ignoreIndex 1"),
                refused(() -> Functional.nllLoss(x, half), DTypeException.class, "nllLoss"),
                refused(() -> Functional.binaryCrossEntropy(x.mul(1.5), half), ValueException.class, "of 1.5: it has"),
                refused(() -> Functional.binaryCrossEntropy(half, x.mul(-1)), ValueException.class, "target of -1.0"),
                refused(() -> Functional.binaryCrossEntropy(half, whole), DTypeException.class, "int64"),
                refused(() -> Functional.binaryCrossEntropyWithLogits(x, whole), DTypeException.class, "int64"),
                refused(
                        () -> new BCEWithLogitsLoss().posWeight(Tensor.ones(2)).forward(x, x),
                        ShapeException.class,
                        "posWeight"),
                refused(
                        () -> new BCELoss().weight(Tensor.ones(4, 2, 3)).forward(half, half),
                        ShapeException.class,
                        "weight"),
                refused(() -> Functional.klDiv(x, whole), DTypeException.class, "klDiv"),
                refused(() -> Functional.gaussianNllLoss(x, x, x.neg()), ValueException.class, "variance of -1.0"),
                refused(() -> Functional.gaussianNllLoss(x, x, Tensor.ones(1, 1)), ShapeException.class, "variances"),
                refused(() -> Functional.cosineEmbeddingLoss(x, x, Tensor.ones(2, 1)), ShapeException.class, "pairs"),
                refused(() -> Functional.marginRankingLoss(x, x, Tensor.ones(3)), ShapeException.class, "dimensions"),
                refused(() -> Functional.multiMarginLoss(x, Tensor.of(0L)), ShapeException.class, "2 examples"),
                refused(() -> Functional.multiMarginLoss(x, Tensor.of(0L, 3L)), IndexException.class, "class 3"),
                refused(() -> Functional.multiMarginLoss(x, Tensor.of(0f, 1f)), DTypeException.class, "float32"),
                refused(() -> Functional.multiLabelMarginLoss(x, t), ShapeException.class, "Pad it"),
                refused(() -> Functional.multiLabelMarginLoss(x, whole.mul(-2)), IndexException.class, "class -2"),
                refused(
                        () -> Functional.multiLabelSoftMarginLoss(Tensor.scalar(1.0), Tensor.scalar(1.0)),
                        ShapeException.class,
                        "single number"),
                refused(() -> Functional.tripletMarginLoss(x, x, Tensor.ones(3)), ShapeException.class, "triplet"),
                refused(() -> new TripletMarginLoss(0).forward(x, x, x), ValueException.class, "margin 0.0"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWhatMakesNoSense(Supplier<Tensor> call, Class<? extends AdjointException> type, String text) {
        assertThatThrownBy(call::get).isInstanceOf(type).hasMessageContaining(text);
    }

    @Test
    void refusesWhenItIsMade() {
        assertThatThrownBy(() -> new CrossEntropyLoss().labelSmoothing(1.5)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> new MultiMarginLoss().power(3)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> new MultiMarginLoss().weight(Tensor.ones(1, 2)))
                .isInstanceOf(ShapeException.class);
    }

    /** Where the textbook formula overflows. */
    @Test
    void extremes() {
        Tensor logits = doubles(1e4, -1e4);
        assertThat(Functional.binaryCrossEntropyWithLogits(logits, doubles(0, 1), Reduction.NONE)
                        .toDoubles())
                .containsExactly(1e4, 1e4);
        assertThat(Functional.softMarginLoss(doubles(-1000), doubles(1)).item()).isEqualTo(1000);
        assertThat(Functional.crossEntropy(doubles(1e300, 0), Tensor.scalar(1L)).item())
                .isEqualTo(1e300);
        assertThat(Functional.binaryCrossEntropy(doubles(0, 1), doubles(1, 0)).item())
                .isEqualTo(100);
    }

    @Test
    void onlyWhatCountsIsInTheMean() {
        Tensor weight = doubles(1, 2, 4);
        var loss = new CrossEntropyLoss().weight(weight).ignoreIndex(2);
        Tensor logs = X.logSoftmax(1);
        double wanted = -(logs.at(0, 0).item() + 2 * logs.at(2, 1).item()) / 3;
        assertThat(loss.forward(X, CLASSES).item()).isCloseTo(wanted, within(1e-12));
        assertThat(loss.reduction(Reduction.BATCH_MEAN).forward(X, CLASSES).item())
                .isCloseTo(wanted * 3 / 4, within(1e-12));
        Tensor ignored = Tensor.of(2L, 2L, 2L, 2L);
        assertThat(loss.forward(X, ignored).item()).isNaN();
        assertThat(loss.reduction(Reduction.SUM).forward(X, ignored).item()).isZero();
        Tensor x = X.detach().requiresGrad(true);
        loss.reduction(Reduction.SUM).forward(x, ignored).backward();
        assertThat(x.grad().toDoubles()).containsOnly(0);
    }

    /** Class numbers are distributions with all in one place; smoothing spreads them. */
    @Test
    void classNumbersAreDistributions() {
        Tensor oneHot = Functional.oneHot(CLASSES, 3).to(DType.F64);
        for (Reduction reduction : Reduction.values()) {
            var loss = new CrossEntropyLoss().labelSmoothing(0.3).reduction(reduction);
            assertThat(loss.forward(X, CLASSES).allClose(loss.forward(X, oneHot), 1e-12, 1e-12))
                    .as("%s", reduction)
                    .isTrue();
        }
        Tensor pictures = Tensor.randn(Rng.torch(1), DType.F64, 2, 3, 2, 2);
        assertThat(Functional.crossEntropy(pictures, Tensor.zeros(DType.I64, 2, 2, 2), Reduction.NONE)
                        .shape())
                .isEqualTo(Shape.of(2, 2, 2));
    }

    @Test
    void derivatives() {
        Tensor weight = doubles(0.5, 2, 1);
        GradCheck.checkAll(
                in -> new CrossEntropyLoss().weight(weight).labelSmoothing(0.2).forward(in.getFirst(), CLASSES), X);
        GradCheck.checkAll(
                in -> new CrossEntropyLoss().weight(weight).forward(in.get(0), in.get(1)),
                X,
                X.softmax(1).flip(0));
        GradCheck.checkAll(in -> new MultiMarginLoss().power(2).forward(in.getFirst(), CLASSES), X);
        Tensor lists =
                Tensor.of(1L, 0L, -1L, -1L, 0L, 1L, 2L, 1L, 0L, 0L, 0L, -1L).reshape(4, 3);
        GradCheck.checkAll(in -> Functional.multiLabelMarginLoss(in.getFirst(), lists), X);
        GradCheck.checkAll(
                in -> new TripletMarginLoss().swap().forward(in.get(0), in.get(1), in.get(2)), X, X.flip(0), X.flip(1));
        GradCheck.checkAll(
                in -> new GaussianNLLLoss().full().forward(in.get(0), in.get(1), in.get(2)),
                X,
                X.flip(0),
                X.square().add(0.5));
    }

    /** Each example for itself under vmap. */
    @Test
    void batched() {
        Tensor each = Autograd.vmap((Tensor x, Tensor t) -> Functional.crossEntropy(x, t))
                .apply(X, CLASSES);
        assertThat(each.allClose(Functional.crossEntropy(X, CLASSES, Reduction.NONE), 1e-12, 1e-12))
                .isTrue();
        Tensor p = X.sigmoid();
        Tensor losses = Autograd.vmap((Tensor a, Tensor b) -> Functional.binaryCrossEntropy(a, b))
                .apply(p, p.flip(0));
        assertThat(losses.allClose(
                        Functional.binaryCrossEntropy(p, p.flip(0), Reduction.NONE)
                                .mean(1),
                        1e-12,
                        1e-12))
                .isTrue();
        assertThatThrownBy(() -> Autograd.vmap((Tensor x, Tensor t) -> Functional.crossEntropy(x, t))
                        .apply(X, CLASSES.add(1)))
                .isInstanceOf(IndexException.class);
    }

    @Test
    void ofNothing() {
        Tensor none = Tensor.zeros(DType.F64, 0, 3);
        for (Tensor loss : List.of(
                Functional.l1Loss(none, none),
                Functional.binaryCrossEntropy(none, none),
                Functional.crossEntropy(none, Tensor.zeros(DType.I64, 0)),
                Functional.multiMarginLoss(none, Tensor.zeros(DType.I64, 0)))) {
            assertThat(loss.item()).isNaN();
        }
        assertThat(Functional.crossEntropy(none, Tensor.zeros(DType.I64, 0), Reduction.SUM)
                        .item())
                .isZero();
    }

    @Test
    void aDistanceOfOnesOwn() {
        var embed = new Linear(3, 2);
        var loss = new TripletMarginWithDistanceLoss(
                (a, b) -> embed.forward(a).sub(embed.forward(b)).norm(2, -1));
        Tensor x = X.to(DType.F32);
        loss.margin(9).forward(x, x.flip(0), x.flip(1)).backward();
        assertThat(embed.weight().grad()).isNotNull();
        assertThat(loss).hasToString("TripletMarginWithDistanceLoss()");
        assertThat(new TripletMarginWithDistanceLoss().models()).containsOnlyKeys("", "distance_function");
    }

    @Test
    void weightsAreSavedUnderTheirNames() {
        var loss = new BCEWithLogitsLoss().posWeight(Tensor.ones(3));
        assertThat(loss.namedBuffers()).containsOnlyKeys("pos_weight");
        assertThat(loss.namedParameters()).isEmpty();
        assertThat(new CrossEntropyLoss().weight(Tensor.ones(3)).stateDict()).containsOnlyKeys("weight");
    }
}
