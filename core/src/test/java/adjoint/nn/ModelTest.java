package adjoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.Adjoint;
import adjoint.optim.SGD;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DTypeException;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be done with models: their parts by name, modes, types, states, summaries; layers that wait for an input. */
class ModelTest {
    private static final class Halving implements Layer {
        private final Mode mode = new Mode();

        @Override
        public Tensor forward(Tensor x) {
            return mode.isTraining() ? x.mul(0.5) : x;
        }
    }

    @SuppressWarnings("UnusedVariable") // read by reflection
    private static final class Pair implements Model {
        private final Linear first = new Linear(2, 3);
        private final List<Layer> rest = List.of(new Halving(), new Sequential(new Linear(3, 1)), Tensor::relu);
        private final Tensor mean = Tensor.zeros(3);
        private final Tensor count = Tensor.scalar(0L);

        Tensor forward(Tensor a, Tensor b) {
            return rest.get(0).forward(first.forward(a)).add(b);
        }
    }

    @Test
    void partsHaveNames() {
        var model = new Pair();
        assertThat(model.namedParameters().keySet())
                .containsExactly("first.weight", "first.bias", "rest.1.0.weight", "rest.1.0.bias");
        assertThat(model.namedBuffers().keySet()).containsExactly("mean", "count");
        assertThat(model.parameterCount()).isEqualTo(2 * 3 + 3 + 3 + 1);
        assertThat(model.children().keySet()).containsExactly("first", "rest.0", "rest.1", "rest.2");
        assertThat(model.models().keySet()).containsExactly("", "first", "rest.0", "rest.1", "rest.1.0", "rest.2");
        assertThat(model.structure()).isEqualTo("""
                Pair(
                  (first): Linear(in_features=2, out_features=3, bias=True)
                  (rest.0): Halving()
                  (rest.1): Sequential(
                    (0): Linear(in_features=3, out_features=1, bias=True)
                  )
                  (rest.2): Function()
                )""");
    }

    @Test
    void everyModelIsVisitedOnceTheInnerFirst() {
        var shared = new Linear(1, 1);
        var net = new Sequential(shared, new Sequential(shared, new Halving()));
        List<Model> seen = new ArrayList<>();
        net.apply(seen::add);
        assertThat(seen).hasSize(4).last().isSameAs(net);
        assertThat(seen.get(0)).isSameAs(shared);
        assertThat(net.models()).hasSize(4);
    }

    @Test
    void modes() {
        var model = new Pair();
        Tensor a = Tensor.ones(1, 2);
        Tensor b = Tensor.zeros(1, 3);
        Tensor training = model.forward(a, b);
        assertThat(model.isTraining()).isTrue();
        model.eval();
        assertThat(model.isTraining()).isFalse();
        assertThat(model.forward(a, b).mul(0.5).equal(training)).isTrue();
        model.train();
        assertThat(model.forward(a, b).equal(training)).isTrue();
        var plain = new Linear(1, 1);
        plain.eval();
        assertThat(plain.isTraining()).isTrue();
    }

    @Test
    void typesAreChangedInPlace() {
        var model = new Pair();
        Tensor weight = model.first.weight();
        float[] before = weight.toFloats();
        model.first.forward(Tensor.ones(1, 2)).sum().backward();
        model.to(DType.F64);
        assertThat(model.first.weight()).isSameAs(weight);
        assertThat(weight.dtype()).isEqualTo(DType.F64);
        assertThat(weight.grad().dtype()).isEqualTo(DType.F64);
        assertThat(weight.toFloats()).containsExactly(before);
        assertThat(model.namedBuffers().get("mean").dtype()).isEqualTo(DType.F64);
        assertThat(model.namedBuffers().get("count").dtype()).isEqualTo(DType.I64);
        model.zeroGrad();
        model.first.forward(Tensor.ones(DType.F64, 1, 2)).sum().backward();
        assertThat(weight.grad().toDoubles()).containsOnly(1);
        assertThatThrownBy(() -> model.to(DType.I64)).isInstanceOf(DTypeException.class);
        assertThat(weight.dtype()).isEqualTo(DType.F64);
    }

    @Test
    void leavesCanBeGivenOtherMemory() {
        Tensor x = Tensor.of(1.0, 2).requiresGrad(true);
        Tensor y = Tensor.of(3.0, 4, 5);
        x.mul(x).sum().backward();
        assertThat(x.data(y)).isSameAs(x);
        assertThat(x.grad()).isNull();
        assertThat(x.requiresGrad() && x.isLeaf() && x.isParameter()).isTrue();
        x.mul(x).sum().backward();
        assertThat(x.grad().toDoubles()).containsExactly(6, 8, 10);
        y.fillInPlace(7.0);
        assertThat(x.toDoubles()).containsOnly(7);
        Tensor same = Tensor.of(1.0, 1, 1);
        x.data(same);
        assertThat(x.grad()).isNotNull();
        assertThatThrownBy(() -> x.mul(2).data(y)).isInstanceOf(GraphException.class);
        assertThatThrownBy(() -> y.reshape(3, 1).data(y)).isInstanceOf(GraphException.class);
        assertThatThrownBy(() -> x.data(Tensor.of(1L, 2L))).isInstanceOf(DTypeException.class);
        assertThat(x.toDoubles()).containsOnly(1);
    }

    @Test
    void statesThatMatchInPart() {
        var net = new Sequential(new Linear(2, 1), new Linear(1, 1));
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("0.bias", Tensor.full(5.0, 1));
        state.put("head", Tensor.ones(1));
        Model.PassedOver left = net.loadMatching(state);
        assertThat(left.missing()).containsExactly("0.weight", "1.weight", "1.bias");
        assertThat(left.unexpected()).containsExactly("head");
        assertThat(net.get(0, Linear.class).bias().item()).isEqualTo(5);
        state.put("0.bias", Tensor.ones(2));
        assertThatThrownBy(() -> net.loadMatching(state)).isInstanceOf(ShapeException.class);
    }

    @Test
    void layersThatWaitForTheirInput() {
        Adjoint.seed(3);
        var net = new Sequential(new LazyLinear(4), Tensor::relu, LazyLinear.withoutBias(1));
        assertThat(net.get(0))
                .hasToString("LazyLinear(in_features=0, out_features=4, bias=True)")
                .isInstanceOfSatisfying(
                        LazyLinear.class, l -> assertThat(l.isBuilt()).isFalse());
        List<Tensor> parameters = net.parameters();
        var sgd = new SGD(parameters, 0.1);
        assertThat(net.forward(Tensor.ones(5, 3)).shape()).hasToString("[5, 1]");
        assertThat(net.parameters()).containsExactlyElementsOf(parameters);
        assertThat(net.get(0)).hasToString("Linear(in_features=3, out_features=4, bias=True)");
        Adjoint.seed(3);
        var eager = new Sequential(new Linear(3, 4), Tensor::relu, Linear.withoutBias(4, 1));
        assertThat(net.parameters().get(0).equal(eager.parameters().get(0))).isTrue();
        double[] before = net.parameters().get(2).toDoubles();
        net.forward(Tensor.ones(5, 3)).sum().backward();
        sgd.step();
        assertThat(net.parameters().get(2).toDoubles()).isNotEqualTo(before);
        assertThatThrownBy(() -> net.forward(Tensor.ones(5, 2))).isInstanceOf(ShapeException.class);
    }

    @Test
    void statesAreLoadedIntoLayersThatWait() {
        var from = new Linear(3, 2);
        var to = new LazyLinear(2);
        Tensor weight = to.weight();
        to.loadStateDict(from.stateDict());
        assertThat(to.weight()).isSameAs(weight);
        Tensor x = Tensor.ones(1, 3);
        assertThat(to.forward(x).equal(from.forward(x))).isTrue();
        assertThat(to.built()).isInstanceOf(Linear.class);
        from.weight().data().fillInPlace(0.0);
        assertThat(to.weight().toDoubles()).doesNotContain(0);
    }

    @Test
    void summary() {
        var net = new Sequential(new Linear(4, 256), new Halving(), new Sequential(new Linear(256, 10)));
        String table = net.summary(7, 4);
        assertThat(table).isEqualTo("""
                layer  kind        output    parameters
                       Sequential  [7, 10]        3,850
                0      Linear      [7, 256]       1,280
                1      Halving     [7, 256]           0
                2      Sequential  [7, 10]        2,570
                2.0    Linear      [7, 10]        2,570""");
        assertThat(net.isTraining()).isTrue();
        assertThat(net.parameters()).allMatch(p -> p.grad() == null);
        assertThatThrownBy(() -> net.summary(7, 5)).isInstanceOf(ShapeException.class);
        assertThat(net.isTraining()).isTrue();
    }
}
