package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.Autograd;
import adjoint.autograd.GradCheck;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.AdjointException;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Layers that normalise: names, running values, edges, and that a large mean costs no digits. */
class NormalizationTest {
    private static Tensor randn(long... shape) {
        return Tensor.randn(Rng.torch(3), DType.F64, shape);
    }

    private static <M extends Model> M real(M layer) {
        layer.to(DType.F64);
        return layer;
    }

    @Test
    void tensorsHavePyTorchsNames() {
        var layer = new BatchNorm2d(3);
        assertThat(layer.namedParameters().keySet()).containsExactly("weight", "bias");
        assertThat(layer.namedBuffers().keySet()).containsExactly("running_mean", "running_var", "num_batches_tracked");
        assertThat(layer.stateDict().keySet())
                .containsExactly("weight", "bias", "running_mean", "running_var", "num_batches_tracked");
        assertThat(new BatchNorm1d(3, Normalization.untracked().withoutBias())
                        .stateDict()
                        .keySet())
                .containsExactly("weight");
        assertThat(new BatchNorm3d(3, Normalization.withoutAffine()).namedParameters())
                .isEmpty();
        assertThat(new InstanceNorm2d(3).stateDict()).isEmpty();
        assertThat(new InstanceNorm1d(3, Normalization.affine().tracked()).stateDict())
                .hasSize(5);
        assertThat(new LayerNorm(3, Normalization.withoutBias()).stateDict().keySet())
                .containsExactly("weight");
        assertThat(new GroupNorm(1, 3).stateDict().keySet()).containsExactly("weight", "bias");
        assertThat(new RMSNorm(3).stateDict().keySet()).containsExactly("weight");
    }

    @Test
    void runningValuesFollowTheBatchesAndAreUsedAfterwards() {
        var layer = new BatchNorm1d(1, Normalization.momentum(0.5));
        Tensor x = Tensor.of((Object) new double[][] {{1}, {3}}, DType.F32);
        layer.forward(x);
        assertThat(layer.runningMean().item()).isEqualTo(1);
        assertThat(layer.runningVar().item()).isEqualTo(1.5); // the variance over n − 1 is 2
        layer.eval();
        assertThat(layer.forward(x).toDoubles())
                .containsExactly(new double[] {0, 2 / Math.sqrt(1.5)}, Offset.offset(1e-5));
        assertThat(layer.runningMean().item()).isEqualTo(1);
        assertThat(layer.stateDict().get("num_batches_tracked").itemLong()).isEqualTo(1);
        layer.train();
        layer.forward(x);
        assertThat(layer.stateDict().get("num_batches_tracked").itemLong()).isEqualTo(2);
    }

    @Test
    void cumulativeIsTheAverageOfAllBatches() {
        var layer = new BatchNorm1d(1, Normalization.cumulative());
        for (double mean : new double[] {1, 2, 6}) {
            layer.forward(Tensor.of((Object) new double[][] {{mean - 1}, {mean + 1}}, DType.F32));
        }
        assertThat(layer.runningMean().item()).isCloseTo(3, Offset.offset(1e-6));
        assertThat(layer.toString()).contains("momentum=None");
    }

    @Test
    void whatIsRefusedChangesNothing() {
        var layer = new BatchNorm1d(3);
        for (Tensor x : List.of(Tensor.ones(1, 3), Tensor.ones(3), Tensor.ones(2, 4), Tensor.ones(DType.F64, 2, 3))) {
            assertThatThrownBy(() -> layer.forward(x)).isInstanceOf(AdjointException.class);
        }
        assertThat(layer.runningMean().version()).isZero();
        assertThat(layer.stateDict().get("num_batches_tracked").itemLong()).isZero();
        assertThatThrownBy(() -> layer.forward(Tensor.ones(DType.I64, 2, 3))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> new BatchNorm2d(3).forward(Tensor.ones(2, 3, 4)))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> new InstanceNorm1d(3).forward(Tensor.ones(2, 3, 1)))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> new LayerNorm(3).forward(Tensor.ones(3, 2))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> new GroupNorm(3, 4)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> new GroupNorm(2, 4).forward(Tensor.ones(2, 6, 2)))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Normalization.momentum(Double.NaN)).isInstanceOf(ValueException.class);
        Tensor x = Tensor.ones(2, 3);
        assertThatThrownBy(() -> Functional.layerNorm(x)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Functional.batchNorm(x, null, null, null, null, 1e-5))
                .isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Functional.batchNormTraining(x, Tensor.ones(3), null, null, null, 0.1, 1e-5))
                .isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Functional.batchNormTraining(x, null, null, null, null, 0.1, 0))
                .isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Functional.batchNorm(x, Tensor.ones(3), Tensor.ones(3), null, null, -1))
                .isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> Functional.localResponseNorm(Tensor.ones(2, 3, 1), 0, 1, 1, 1))
                .isInstanceOf(ValueException.class);
    }

    /** Running values of many batches at once would have to be many. */
    @Test
    void runningValuesAreNotMovedUnderVmap() {
        var layer = new BatchNorm1d(3);
        assertThatThrownBy(() -> Autograd.vmap(layer::forward).apply(Tensor.randn(2, 4, 3)))
                .isInstanceOf(AdjointException.class);
        assertThat(layer.runningMean().version()).isZero();
        assertThat(layer.stateDict().get("num_batches_tracked").itemLong()).isZero();
        layer.eval();
        assertThat(Autograd.vmap(layer::forward).apply(Tensor.randn(2, 4, 3)).shape())
                .hasToString("[2, 4, 3]");
    }

    @Test
    void emptyBatchesPass() {
        var layer = new BatchNorm1d(3);
        assertThat(layer.forward(Tensor.ones(0, 3)).shape()).hasToString("[0, 3]");
        assertThat(layer.runningMean().toDoubles()).containsOnly(0);
        assertThat(new LayerNorm(3).forward(Tensor.ones(0, 3)).shape()).hasToString("[0, 3]");
        assertThat(Functional.groupNorm(Tensor.ones(0, 4, 2), 2, null, null, 1e-5)
                        .numel())
                .isZero();
        assertThat(Functional.localResponseNorm(Tensor.ones(0, 4, 2), 2, 1, 1, 1)
                        .numel())
                .isZero();
    }

    /** In float32 the squares of such numbers have no digits left for their differences. */
    @Test
    void aLargeMeanCostsNoDigits() {
        Tensor x = Tensor.of((Object) new double[] {1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3}, DType.F32);
        double[] wanted = {-1.3416, -0.4472, 0.4472, 1.3416};
        assertThat(Functional.layerNorm(x, 4).toDoubles()).containsExactly(wanted, Offset.offset(1e-4));
        assertThat(new BatchNorm1d(1).forward(x.unsqueeze(1)).toDoubles()).containsExactly(wanted, Offset.offset(1e-4));
    }

    @Test
    void nanStaysInItsRow() {
        Tensor x = Tensor.of((Object) new double[][] {{Double.NaN, 1}, {1, 2}}, DType.F64);
        Tensor y = Functional.layerNorm(x, 2);
        assertThat(y.isNaN().toBooleans()).containsExactly(true, true, false, false);
    }

    @Test
    void derivativesOfAllKinds() {
        Map<Layer, Tensor> layers = new LinkedHashMap<>();
        layers.put(real(new BatchNorm1d(3, Normalization.untracked())), randn(4, 3));
        layers.put(real(new BatchNorm2d(2, Normalization.untracked().withoutAffine())), randn(2, 2, 3, 2));
        layers.put(real(new InstanceNorm1d(2, Normalization.affine())), randn(2, 2, 4));
        layers.put(real(new LayerNorm(new long[] {3, 2})), randn(2, 3, 2));
        layers.put(real(new RMSNorm(4)), randn(2, 4));
        layers.put(real(new GroupNorm(2, 4)), randn(2, 4, 2));
        layers.put(new LocalResponseNorm(3, 0.5, 0.75, 1), randn(2, 4, 2));
        var inUse = real(new BatchNorm1d(3));
        inUse.eval();
        layers.put(inUse, randn(4, 3));
        layers.forEach((layer, x) -> GradCheck.checkAll(in -> layer.forward(in.getFirst()), x));
    }

    @Test
    void batchedLikeALoop() {
        Tensor many = randn(3, 4, 6, 2);
        for (Layer layer : List.of(
                real(new BatchNorm1d(6, Normalization.untracked())),
                real(new LayerNorm(new long[] {6, 2})),
                real(new GroupNorm(3, 6)),
                new InstanceNorm1d(6))) {
            Tensor all = Autograd.vmap(layer::forward).apply(many);
            for (int i = 0; i < 3; i++) {
                assertThat(all.select(0, i).toDoubles())
                        .containsExactly(layer.forward(many.select(0, i)).toDoubles(), Offset.offset(1e-12));
            }
        }
    }

    @Test
    void waitsForItsFirstInput() {
        var layer = new LazyBatchNorm1d(Normalization.momentum(0.3));
        assertThat(layer)
                .hasToString("LazyBatchNorm1d(0, eps=1e-05, momentum=0.3, affine=True, bias=True,"
                        + " track_running_stats=True)");
        List<Tensor> parameters = layer.parameters();
        layer.eval();
        assertThat(layer.forward(Tensor.ones(1, 5)).mean().item()).isBetween(0.99, 1.0);
        assertThat(layer.parameters()).containsExactlyElementsOf(parameters);
        assertThat(parameters.getFirst().shape()).hasToString("[5]");
        assertThat(layer)
                .hasToString("BatchNorm1d(5, eps=1e-05, momentum=0.3, affine=True, bias=True,"
                        + " track_running_stats=True)");
        layer.train();
        layer.forward(Tensor.ones(2, 5));
        assertThat(layer.namedBuffers().get("running_mean").toDoubles()).containsOnly(0.3f);
        var bare = new LazyBatchNorm2d(Normalization.withoutAffine().untracked());
        assertThat(bare.forward(Tensor.randn(2, 3, 2, 2)).shape()).hasToString("[2, 3, 2, 2]");
        assertThat(bare.toString()).startsWith("BatchNorm2d(3,");
        var loaded = new LazyBatchNorm1d();
        loaded.loadStateDict(layer.stateDict());
        assertThat(loaded.forward(Tensor.ones(2, 5)).shape()).hasToString("[2, 5]");
    }
}
