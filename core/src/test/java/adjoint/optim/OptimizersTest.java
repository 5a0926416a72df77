package adjoint.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.Autograd;
import adjoint.tensor.GraphOption;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.DataException;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import adjoint.types.ValueException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What all optimizers have in common. Their numbers are compared with PyTorch's in the reference cases. */
class OptimizersTest {
    private record Kind(String name, Function<List<Tensor>, ParameterwiseOptimizer<?>> make) {
        ParameterwiseOptimizer<?> of(Tensor... parameters) {
            return make.apply(List.of(parameters));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Kind> KINDS = List.of(
            new Kind("SGD", SGD::new),
            new Kind(
                    "SGD, all on",
                    p -> new SGD(p, 0.1)
                            .momentum(0.9)
                            .weightDecay(0.1)
                            .nesterov()
                            .maximize()),
            new Kind("Adam", Adam::new),
            new Kind(
                    "Adam, all on",
                    p -> new Adam(p).amsgrad().weightDecay(0.1).betas(0.3, 0.9).maximize()),
            new Kind("AdamW", AdamW::new),
            new Kind("Adamax", p -> new Adamax(p).weightDecay(0.1)),
            new Kind("NAdam", p -> new NAdam(p).weightDecay(0.1).decoupledWeightDecay()),
            new Kind("RAdam", p -> new RAdam(p).betas(0.9, 0.9)),
            new Kind("Adagrad", p -> new Adagrad(p).lrDecay(0.1).initialAccumulatorValue(0.5)),
            new Kind("Adadelta", Adadelta::new),
            new Kind("RMSprop", RMSprop::new),
            new Kind(
                    "RMSprop, all on",
                    p -> new RMSprop(p).centered().momentum(0.5).weightDecay(0.1)),
            new Kind("Rprop", Rprop::new),
            new Kind("ASGD", p -> new ASGD(p, 0.1).t0(2)));

    private static Tensor leaf(double... values) {
        return Tensor.of(values, DType.F64).requiresGrad(true);
    }

    /** A step towards 0 with gradients that turn about. */
    private static void train(ParameterwiseOptimizer<?> optimizer, int from, int to, Tensor... parameters) {
        for (int i = from; i < to; i++) {
            optimizer.zeroGrad();
            for (Tensor p : parameters) {
                p.mul(p).mul(Math.cos(2.0 * i)).sum().backward();
            }
            optimizer.step();
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void goesOnWhereItWasSaved(Kind kind) {
        Tensor a = leaf(1, -2, 3);
        Tensor b = leaf(0.5);
        ParameterwiseOptimizer<?> first = kind.of(a, b);
        train(first, 0, 7, a, b);
        Tensor a2 = a.detach().clone().requiresGrad(true);
        Tensor b2 = b.detach().clone().requiresGrad(true);
        ParameterwiseOptimizer<?> second = kind.of(a2, b2).lr(123);
        second.loadStateDict(first.stateDict());
        train(first, 7, 14, a, b);
        train(second, 7, 14, a2, b2);
        assertThat(a2.toDoubles()).isEqualTo(a.toDoubles());
        assertThat(b2.toDoubles()).isEqualTo(b.toDoubles());
        assertThat(second.lr()).isEqualTo(first.lr());
        assertThat(second.stateDict().keySet()).isEqualTo(first.stateDict().keySet());
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void whatHasNoGradientStaysAndIsNotRemembered(Kind kind) {
        Tensor used = leaf(1);
        Tensor unused = leaf(1);
        Tensor frozen = leaf(1);
        ParameterwiseOptimizer<?> optimizer = kind.of(unused, used, frozen);
        assertThat(optimizer.stateDict().keySet()).noneMatch(name -> name.startsWith("state."));
        used.mul(frozen).sum().backward();
        frozen.requiresGrad(false);
        optimizer.step();
        assertThat(used.item()).isNotEqualTo(1);
        assertThat(unused.item()).isEqualTo(1);
        assertThat(frozen.item()).isEqualTo(1);
        assertThat(unused.version() + frozen.version()).isZero();
        assertThat(optimizer.stateDict().keySet())
                .noneMatch(name -> name.startsWith("state.0.") || name.startsWith("state.2."));
    }

    /** Nothing that a step makes belongs to a graph, which would grow from step to step. */
    @ParameterizedTest
    @FieldSource("KINDS")
    void stepsAreNotRecorded(Kind kind) {
        Tensor x = leaf(1, 2);
        ParameterwiseOptimizer<?> optimizer = kind.of(x);
        for (int i = 0; i < 3; i++) {
            optimizer.zeroGrad();
            x.pow(3).sum().backward(GraphOption.CREATE_GRAPH);
            double[] g = x.grad().toDoubles();
            optimizer.step();
            assertThat(x.grad().toDoubles()).isEqualTo(g);
        }
        assertThat(x.isLeaf() && x.gradFn() == null).isTrue();
        assertThat(Autograd.isGradEnabled()).isTrue();
        assertThat(optimizer.stateDict().values()).noneMatch(Tensor::requiresGrad);
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void ascendingIsDescendingOfTheOpposite(Kind kind) {
        if (kind.name.endsWith("on")) {
            return;
        }
        Tensor up = leaf(1, -2);
        Tensor down = leaf(1, -2);
        ParameterwiseOptimizer<?> ascent = kind.of(up).maximize();
        ParameterwiseOptimizer<?> descent = kind.of(down);
        for (int i = 0; i < 4; i++) {
            up.grad(Tensor.of(new double[] {0.5, i - 1.5}, DType.F64));
            down.grad(up.grad().neg());
            ascent.step();
            descent.step();
        }
        assertThat(up.toDoubles()).isEqualTo(down.toDoubles());
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void anyShapeLayoutAndType(Kind kind) {
        Tensor plain = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, DType.F64);
        Tensor strided = plain.reshape(2, 3).t().detach().clone().requiresGrad(true);
        Tensor view = plain.clone().reshape(2, 3).t().detach().requiresGrad(true);
        Tensor empty = Tensor.zeros(0, 3).requiresGrad(true);
        Tensor single = Tensor.scalar(2.0).requiresGrad(true);
        ParameterwiseOptimizer<?> optimizer = kind.of(strided, view, empty, single);
        for (int i = 0; i < 2; i++) {
            strided.grad(Tensor.ones(DType.F64, 1).expand(3, 2));
            view.grad(Tensor.ones(DType.F64, 3, 2));
            empty.grad(Tensor.zeros(0, 3));
            single.grad(Tensor.scalar(1.0));
            optimizer.step();
        }
        assertThat(view.toDoubles()).isEqualTo(strided.toDoubles());
        assertThat(single.item()).isNotEqualTo(2);
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void refusesAnothersState(Kind kind) {
        Tensor x = leaf(1, 2);
        ParameterwiseOptimizer<?> optimizer = kind.of(x);
        train(optimizer, 0, 3, x);
        Map<String, Tensor> good = optimizer.stateDict();
        Map<String, double[]> before = numbers(optimizer);
        Map<String, Tensor> missing = new HashMap<>(good);
        missing.remove("param_groups.0.lr");
        refused(optimizer, missing, DataException.class, "missing [lr]");
        Map<String, Tensor> more = new HashMap<>(good);
        more.put("param_groups.0.gravity", Tensor.scalar(9.81));
        refused(optimizer, more, DataException.class, "unexpected [gravity]");
        Map<String, Tensor> group = new HashMap<>(good);
        group.put("param_groups.1.lr", Tensor.scalar(1));
        refused(optimizer, group, DataException.class, "unexpected param_groups.1.lr");
        Map<String, Tensor> parameter = new HashMap<>(good);
        parameter.put("state.1.step", Tensor.scalar(1));
        refused(optimizer, parameter, DataException.class, "unexpected 1.step");
        Map<String, Tensor> unknown = new HashMap<>(good);
        unknown.put("state.0.nothing", Tensor.zeros(2));
        refused(optimizer, unknown, DataException.class, "unexpected 0.nothing");
        Map<String, Tensor> rate = new HashMap<>(good);
        rate.put("param_groups.0.lr", Tensor.scalar(-1));
        refused(optimizer, rate, ValueException.class, "lr -1.0");
        refused(optimizer, kind.of(leaf(1), leaf(2)).stateDict(), DataException.class, "of 2 parameters");
        ParameterwiseOptimizer<?> other = kind.of(leaf(1, 2, 3));
        if (good.keySet().stream().anyMatch(name -> name.startsWith("state.0."))) {
            assertThatThrownBy(() -> other.loadStateDict(good)).isInstanceOf(ShapeException.class);
        }
        assertThat(numbers(optimizer)).usingRecursiveComparison().isEqualTo(before);
    }

    private static Map<String, double[]> numbers(Optimizer optimizer) {
        Map<String, double[]> numbers = new HashMap<>();
        optimizer.stateDict().forEach((name, t) -> numbers.put(name, t.toDoubles()));
        return numbers;
    }

    private static void refused(Optimizer optimizer, Map<String, Tensor> state, Class<?> type, String part) {
        assertThatThrownBy(() -> optimizer.loadStateDict(state))
                .isInstanceOf(type)
                .hasMessageContaining(part);
    }

    static final List<ThrowingCallable> OUT_OF_RANGE = Stream.<Function<List<Tensor>, Optimizer>>of(
                    p -> new Adam(p, -1),
                    p -> new Adam(p).betas(1, 0.9),
                    p -> new Adam(p).betas(0.9, 1),
                    p -> new Adam(p).betas(-0.1, 0.9),
                    p -> new Adam(p).eps(-1e-8),
                    p -> new AdamW(p).weightDecay(-1),
                    p -> new Adamax(p).weightDecay(Double.NaN),
                    p -> new NAdam(p).momentumDecay(-1),
                    p -> new RAdam(p).lr(Double.POSITIVE_INFINITY),
                    p -> new Adagrad(p).lrDecay(-1),
                    p -> new Adagrad(p).initialAccumulatorValue(-1),
                    p -> new Adadelta(p).rho(1.5),
                    p -> new RMSprop(p).alpha(-1),
                    p -> new RMSprop(p).momentum(-1),
                    p -> new Rprop(p).etas(0.5, 0.9),
                    p -> new Rprop(p).etas(1.5, 1.9),
                    p -> new Rprop(p).stepSizes(-1, 1),
                    p -> new ASGD(p).lambd(Double.NaN),
                    p -> new LBFGS(p).maxIter(-1),
                    p -> new LBFGS(p).historySize(-1),
                    p -> new LBFGS(p).toleranceGrad(-1))
            .map(make -> (ThrowingCallable) () -> make.apply(List.of(leaf(1))))
            .toList();

    @ParameterizedTest
    @FieldSource("OUT_OF_RANGE")
    void numbersOutOfRangeAreRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ValueException.class).hasMessageContaining("it has to be");
    }

    @Test
    void aRefusedPairChangesNothing() {
        Adam adam = new Adam(List.of(leaf(1)));
        assertThatThrownBy(() -> adam.betas(0.5, 1)).isInstanceOf(ValueException.class);
        assertThat(adam.groups().getFirst().get(Setting.BETA1)).isEqualTo(0.9);
        SGD sgd = new SGD(List.of(leaf(1)), 0.1).momentum(0.9).nesterov();
        assertThatThrownBy(() -> sgd.dampening(0.5)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> sgd.momentum(0)).isInstanceOf(ValueException.class);
        assertThatThrownBy(() -> sgd.groups().getFirst().set(SGD.DAMPENING, 1)).isInstanceOf(ValueException.class);
        assertThat(sgd.groups().getFirst().get(SGD.DAMPENING)).isZero();
        assertThat(sgd.groups().getFirst().get(Setting.MOMENTUM)).isEqualTo(0.9);
    }

    @Test
    void groupsSetWhatTheyWantThemselves() {
        Tensor a = leaf(1);
        Tensor b = leaf(1);
        var first = new ParameterGroup(a).weightDecay(0.5).turnOn(Adam.AMSGRAD);
        var second = new ParameterGroup(b).lr(0.2);
        Adam adam = new Adam(0.1, first, second).weightDecay(0.25).lr(0.3);
        assertThat(first.weightDecay()).isEqualTo(0.5);
        assertThat(second.weightDecay()).isEqualTo(0.25);
        assertThat(first.lr()).isEqualTo(0.3).isEqualTo(adam.lr());
        assertThat(second.lr()).isEqualTo(0.2);
        assertThat(first.isOn(Adam.AMSGRAD)).isTrue();
        assertThat(second.isOn(Adam.AMSGRAD)).isFalse();
        // Each is what it would be in an optimizer of its own.
        Tensor c = leaf(1);
        Tensor d = leaf(1);
        Adam one = new Adam(List.of(c), 0.3).weightDecay(0.5).amsgrad();
        Adam other = new Adam(List.of(d), 0.2).weightDecay(0.25);
        for (int i = 0; i < 3; i++) {
            for (Tensor p : List.of(a, b, c, d)) {
                p.grad(Tensor.of(new double[] {Math.cos(i)}, DType.F64));
            }
            adam.step();
            one.step();
            other.step();
        }
        assertThat(a.item()).isEqualTo(c.item());
        assertThat(b.item()).isEqualTo(d.item());
        assertThat(adam.toString()).startsWith("Adam (").contains("Parameter Group 1", "weight_decay: 0.25");
    }

    @Test
    void groupsCanBeAdded() {
        Tensor a = leaf(1);
        Tensor b = leaf(1);
        SGD sgd = new SGD(List.of(a), 0.5).momentum(0.9);
        sgd.add(new ParameterGroup(b).lr(0.25));
        a.grad(Tensor.ones(DType.F64, 1));
        b.grad(Tensor.ones(DType.F64, 1));
        sgd.step();
        assertThat(a.item()).isEqualTo(0.5);
        assertThat(b.item()).isEqualTo(0.75);
        assertThat(sgd.groups().get(1).get(Setting.MOMENTUM)).isEqualTo(0.9);
        assertThatThrownBy(() -> sgd.add(new ParameterGroup(a))).isInstanceOf(GraphException.class);
        assertThatThrownBy(() -> sgd.add(new ParameterGroup(leaf(1)).set(Setting.EPS, 1)))
                .isInstanceOf(ValueException.class);
        assertThat(sgd.groups()).hasSize(2);
    }

    @Test
    void groupsBelongToOneOptimizer() {
        var group = new ParameterGroup(leaf(1)).lr(0.5);
        assertThat(group.lr()).isEqualTo(0.5);
        assertThatThrownBy(group::weightDecay).isInstanceOf(ValueException.class);
        var odd = new ParameterGroup(leaf(2)).set(Setting.BETA1, 0.5);
        assertThatThrownBy(() -> new SGD(0.1, group, odd))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("beta1", "no such setting");
        new Adam(0.1, group, odd); // the refusal left both free
        assertThatThrownBy(() -> new Adam(0.1, group)).isInstanceOf(GraphException.class);
        assertThatThrownBy(() -> new Rprop(List.of(leaf(1))).groups().getFirst().weightDecay(0.1))
                .isInstanceOf(ValueException.class);
    }

    @Test
    void aClosureComputesTheGradients() {
        Tensor x = leaf(3);
        SGD sgd = new SGD(List.of(x), 0.5);
        Tensor loss = Autograd.noGrad(() -> sgd.step(() -> {
            sgd.zeroGrad();
            Tensor y = x.mul(x).sum();
            y.backward();
            return y;
        }));
        assertThat(loss.item()).isEqualTo(9);
        assertThat(x.item()).isZero();
    }

    /** One's own, as the Javadoc of ParameterwiseOptimizer has it. */
    private static final class SignDescent extends ParameterwiseOptimizer<SignDescent> {
        SignDescent(List<Tensor> parameters, double lr) {
            super(List.of(new ParameterGroup(parameters)), java.util.Set.of(), Setting.LR.initially(lr));
        }

        @Override
        protected Rule rule(ParameterGroup group) {
            double lr = group.lr();
            return (p, g, state) -> p.subInPlace(g.sign().mul(lr));
        }
    }

    @Test
    void onesOwn() {
        Tensor x = leaf(1, 2);
        x.grad(Tensor.of(new double[] {-3, 4}, DType.F64));
        new SignDescent(List.of(x), 0.5).lr(0.25).step();
        assertThat(x.toDoubles()).containsExactly(1.25, 1.75);
        assertThatThrownBy(() -> new SignDescent(List.of(x), 0.5).maximize())
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("SignDescent: maximize");
    }

    @Test
    void averagesAreThere() {
        Tensor x = leaf(1);
        ASGD asgd = new ASGD(List.of(x), 0.5).lambd(0).t0(0);
        double sum = 0;
        for (int i = 1; i <= 3; i++) {
            x.grad(Tensor.ones(DType.F64, 1));
            asgd.step();
            sum += x.item();
        }
        // μ = 1 in the first two steps, then 1/2: the first is forgotten.
        assertThat(asgd.stateDict().get("state.0.ax").item()).isEqualTo((sum - 0.5) / 2);
        assertThat(Arrays.asList(0.5, 0.0, -0.5)).contains(x.item());
    }
}
