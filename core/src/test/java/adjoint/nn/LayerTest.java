package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.Adjoint;
import adjoint.autograd.Autograd;
import adjoint.tensor.Rng;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.DataException;
import adjoint.types.IndexException;
import adjoint.types.ShapeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Layers: how parameters are found and named, saved and loaded; the ready-made ones' numbers. */
class LayerTest {
    private static Tensor parameter(double... values) {
        return Tensor.of(values).requiresGrad(true);
    }

    private record Scaled(Linear inner, Tensor scale, int times, String name) implements Layer {
        @Override
        public Tensor forward(Tensor x) {
            return inner.forward(x).mul(scale);
        }
    }

    @SuppressWarnings("UnusedVariable") // read by reflection
    private static class Base {
        private final Tensor first = parameter(1);
    }

    private enum Mode {
        FAST
    }

    @SuppressWarnings("UnusedVariable") // read by reflection
    private static final class Rich extends Base implements Layer {
        private static final Tensor SHARED = parameter(9);
        private final Tensor second = parameter(2);
        private final List<Tensor> list = List.of(parameter(3), parameter(4));
        private final Map<String, Linear> map = new LinkedHashMap<>(Map.of("head", new Linear(2, 1)));
        private final Tensor[][] array = {{parameter(5)}, {parameter(6), parameter(7)}};
        private final Optional<Tensor> maybe = Optional.of(parameter(8));
        private final Optional<Tensor> none = Optional.empty();
        private final Object hidden = parameter(10);
        private final Layer function = Tensor::relu;
        private final Tensor table = Tensor.of(12.0, 13);
        private final Rich self = this;
        private final Mode mode = Mode.FAST;
        private final Runnable runnable = null;
        private final double number = 3;
        private final String text = "a";
        private final int[] numbers = {1, 2};

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    @Test
    void recordsAndTheirNames() {
        var layer = new Scaled(new Linear(3, 2), parameter(1, 2), 3, "name");
        assertThat(layer.namedParameters().keySet()).containsExactly("inner.weight", "inner.bias", "scale");
        assertThat(layer.parameters()).hasSize(3).contains(layer.scale());
        assertThat(layer.parameters().get(0)).isSameAs(layer.inner().weight());
    }

    @Test
    void everyKindOfField() {
        var layer = new Rich();
        assertThat(layer.namedParameters().keySet())
                .containsExactly(
                        "first",
                        "second",
                        "list.0",
                        "list.1",
                        "map.head.weight",
                        "map.head.bias",
                        "array.0.0",
                        "array.1.0",
                        "array.1.1",
                        "maybe",
                        "hidden");
        assertThat(layer.stateDict().keySet()).contains("table").hasSize(12);
    }

    @Test
    void functions() {
        assertThat(((Layer) Tensor::relu).parameters()).isEmpty();
        Tensor w = parameter(2, 3);
        Layer closure = x -> x.mul(w);
        assertThat(closure.parameters()).containsExactly(w);
        var net = new Sequential(closure, Tensor::tanh, x -> x.mul(w).add(1.0));
        assertThat(net.parameters()).containsExactly(w);
        Layer inner = new Layer() {
            private final Tensor own = parameter(1);

            @Override
            public Tensor forward(Tensor x) {
                return x.mul(w).mul(own);
            }
        };
        assertThat(inner.parameters()).hasSize(2).contains(w);
    }

    @Test
    void tiedWeightsCountOnce() {
        var linear = new Linear(2, 2);
        var net = new Sequential(linear, Tensor::tanh, linear);
        assertThat(net.namedParameters().keySet()).containsExactly("0.weight", "0.bias");
        assertThat(net.stateDict().keySet()).containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
        net.forward(Tensor.ones(1, 2)).sum().backward();
        assertThat(net.parameters()).allMatch(p -> p.grad() != null);
        net.zeroGrad();
        assertThat(net.parameters()).allMatch(p -> p.grad() == null);
    }

    @Test
    void frozenParameters() {
        var m = new Linear(2, 1);
        m.weight().requiresGrad(false);
        Autograd.noGrad(() -> {
            m.weight().fillInPlace(2.0);
            m.bias().fillInPlace(1.0);
        });
        assertThat(m.parameters()).hasSize(2);
        m.forward(Tensor.ones(1, 2)).sum().backward();
        assertThat(m.weight().grad()).isNull();
        assertThat(m.bias().grad().toDoubles()).containsExactly(1);
    }

    @Test
    void nestedNames() {
        var net = new Sequential(new Linear(2, 3), Tensor::relu, new Sequential(new Linear(3, 1)));
        assertThat(net.namedParameters().keySet()).containsExactly("0.weight", "0.bias", "2.0.weight", "2.0.bias");
        assertThat(net.parameters().stream().mapToLong(Tensor::numel).sum()).isEqualTo(13);
        assertThat(net.size()).isEqualTo(3);
        assertThat(net.get(-1)).isInstanceOf(Sequential.class);
        assertThat(net.get(0, Linear.class).weight().shape()).hasToString("[3, 2]");
        assertThatThrownBy(() -> net.get(3)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> net.get(-4)).isInstanceOf(IndexException.class);
        assertThatThrownBy(() -> net.get(1, Linear.class)).isInstanceOf(IndexException.class);
        net.get(0, Linear.class).weight().data().normalInPlace(0, 0.01);
        assertThat(net.get(0, Linear.class).weight().isLeaf()).isTrue();
        assertThat(net.toString())
                .startsWith("Sequential(\n  (0): Linear(in_features=2, out_features=3, bias=True)\n  (1): ")
                .endsWith("(2): Sequential(\n    (0): Linear(in_features=3, out_features=1, bias=True)\n  )\n)");
    }

    @Test
    void emptyNets() {
        var net = new Sequential();
        assertThat(net.parameters()).isEmpty();
        assertThat(net.forward(Tensor.ones(2)).toDoubles()).containsExactly(1, 1);
        assertThat(net.stateDict()).isEmpty();
        net.loadStateDict(Map.of());
    }

    @Test
    void statesAreSavedAndLoaded() {
        var from = new Sequential(new Linear(2, 3), Tensor::relu, new Linear(3, 1));
        var to = new Sequential(new Linear(2, 3), Tensor::relu, new Linear(3, 1));
        Tensor weight = to.get(0, Linear.class).weight();
        Tensor x = Tensor.ones(4, 2);
        to.forward(x).sum().backward();
        to.loadStateDict(from.stateDict());
        assertThat(to.get(0, Linear.class).weight()).isSameAs(weight);
        assertThat(weight.isLeaf() && weight.requiresGrad()).isTrue();
        assertThat(weight.grad()).isNotNull();
        assertThat(to.forward(x).equal(from.forward(x))).isTrue();
        assertThat(from.stateDict().values()).noneMatch(Tensor::requiresGrad);
        // The state shares memory, as in PyTorch.
        from.stateDict().get("2.bias").fillInPlace(5.0);
        assertThat(from.get(2, Linear.class).bias().item()).isEqualTo(5);
        to.loadStateDict(to.stateDict());
    }

    @Test
    void statesThatDoNotFit() {
        var net = new Linear(2, 1);
        double[] weight = net.weight().toDoubles();
        Tensor w = Tensor.ones(1, 2);
        Tensor b = Tensor.ones(1);
        assertThatThrownBy(() -> net.loadStateDict(Map.of("weight", w)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bias");
        assertThatThrownBy(() -> net.loadStateDict(Map.of("weight", w, "bias", b, "more", b)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("more");
        assertThatThrownBy(() -> net.loadStateDict(Map.of("weight", w, "Bias", b)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Bias")
                .hasMessageContaining("bias");
        Map<String, Tensor> misfit = new LinkedHashMap<>();
        misfit.put("weight", w);
        misfit.put("bias", Tensor.ones(2));
        assertThatThrownBy(() -> net.loadStateDict(misfit))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("bias");
        misfit.put("bias", Tensor.ones(1, 1));
        assertThatThrownBy(() -> net.loadStateDict(misfit)).isInstanceOf(ShapeException.class);
        assertThat(net.weight().toDoubles()).containsExactly(weight);
        net.loadStateDict(Map.of("weight", w.to(DType.F64), "bias", b.to(DType.I64)));
        assertThat(net.weight().dtype()).isEqualTo(DType.F32);
        assertThat(net.weight().toDoubles()).containsExactly(1, 1);
    }

    @Test
    void linearsNumbersAreTorchs() {
        Adjoint.seed(5);
        var net = new Sequential(new Linear(3, 2), Tensor::relu, new Linear(2, 1));
        float[][] wanted = {
            {0.381342f, -0.4317299f, 0.47050548f, 0.3694199f, 0.48509365f, -0.44265997f},
            {-0.3875273f, 0.27472565f},
            {-0.66006345f, 0.69888276f},
            {0.15051271f}
        };
        for (int i = 0; i < wanted.length; i++) {
            assertThat(net.parameters().get(i).toFloats()).containsExactly(wanted[i], Offset.offset(1e-7f));
        }
        var own = new Linear(3, 2, Rng.torch(5), DType.F32);
        assertThat(own.weight().toFloats()).containsExactly(wanted[0], Offset.offset(1e-7f));
        assertThat(own.bias().toFloats()).containsExactly(wanted[1], Offset.offset(1e-7f));
        Adjoint.seed(5);
        var bare = Linear.withoutBias(2, 2);
        assertThat(bare.weight().toFloats())
                .containsExactly(new float[] {0.46704668f, -0.528759f, 0.5762491f, 0.45244515f}, Offset.offset(1e-7f));
        assertThat(Tensor.rand(1).item()).isCloseTo(0.92010343, Offset.offset(1e-7));
        assertThat(bare.bias()).isNull();
        assertThat(bare.namedParameters().keySet()).containsExactly("weight");
    }

    @Test
    void linear() {
        Tensor w = Tensor.of((Object) new double[][] {{1, 2, 3}, {4, 5, 6}}).requiresGrad(true);
        var layer = new Linear(w, parameter(10, 20));
        assertThat(layer.forward(Tensor.of(1.0, 0, -1)).toDoubles()).containsExactly(8, 18);
        assertThat(layer.forward(Tensor.ones(2, 3)).toDoubles()).containsExactly(16, 35, 16, 35);
        assertThat(layer.forward(Tensor.ones(2, 4, 3)).shape()).hasToString("[2, 4, 2]");
        assertThat(layer.forward(Tensor.ones(0, 3)).shape()).hasToString("[0, 2]");
        Tensor x = Tensor.ones(5, 3);
        layer.forward(x).sum().backward();
        assertThat(w.grad().toDoubles()).containsOnly(5);
        assertThat(layer.bias().grad().toDoubles()).containsExactly(5, 5);
        assertThat(layer.forward(x).gradFn()).isEqualTo("AddmmBackward0");
        assertThatThrownBy(() -> layer.forward(Tensor.ones(2, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("inFeatures");
        assertThatThrownBy(() -> layer.forward(Tensor.scalar(1.0))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> layer.forward(Tensor.ones(DType.F64, 2, 3))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> layer.forward(Tensor.ones(DType.I64, 2, 3))).isInstanceOf(DTypeException.class);
        assertThatThrownBy(() -> new Linear(Tensor.ones(3), null)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> new Linear(w, Tensor.ones(3))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> new Linear(-1, 2)).isInstanceOf(ShapeException.class);
        assertThat(new Linear(0, 2).forward(Tensor.ones(3, 0)).shape()).hasToString("[3, 2]");
    }

    @Test
    void meanSquaredError() {
        Tensor a = parameter(1, 2, 4);
        Tensor b = Tensor.of(0.0, 0, 1);
        assertThat(new MSELoss().forward(a, b).item()).isCloseTo(14 / 3.0, Offset.offset(1e-6));
        assertThat(new MSELoss(Reduction.SUM).forward(a, b).item()).isEqualTo(14);
        assertThat(new MSELoss(Reduction.NONE).forward(a, b).toDoubles()).containsExactly(1, 4, 9);
        for (Reduction r : Reduction.values()) {
            assertThat(Functional.mseLoss(a, b, r).gradFn()).isEqualTo("MseLossBackward0");
        }
        Functional.mseLoss(a, b).backward();
        assertThat(a.grad().toDoubles()).containsExactly(new double[] {2 / 3.0, 4 / 3.0, 2}, Offset.offset(1e-6));
        Tensor column = Tensor.ones(3, 1);
        assertThatThrownBy(() -> new MSELoss().forward(column, b))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3, 1]")
                .hasMessageContaining("Reshape");
        assertThatThrownBy(() -> new MSELoss().forward(b, Tensor.scalar(1.0))).isInstanceOf(ShapeException.class);
        assertThat(new MSELoss().forward(Tensor.zeros(0), Tensor.zeros(0)).item())
                .isNaN();
    }
}
