package adjoint.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.Autograd;
import adjoint.golden.Json;
import adjoint.tensor.GraphOption;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.GraphException;
import adjoint.types.ValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradient descent step by step against PyTorch's {@code torch.optim.SGD} (sgd.jsonl), and its misuse. */
class SGDTest {
    private record Case(Map<String, Object> values) {
        double hyper(String name) {
            Object value = ((Map<?, ?>) values.get("hyper")).get(name);
            return value == null ? 0 : number(value);
        }

        boolean flag(String name) {
            return Boolean.TRUE.equals(((Map<?, ?>) values.get("hyper")).get(name));
        }

        @Override
        public String toString() {
            return (String) values.get("id");
        }
    }

    private static double number(Object value) {
        return Json.doubles(value)[0];
    }

    private static Stream<Case> all() {
        return Json.lines(SGDTest.class, "/adjoint/optim/sgd.jsonl").stream().map(Case::new);
    }

    static Stream<Case> cases() {
        return all().filter(c -> c.values.containsKey("x0"));
    }

    private static Tensor quadratic(Tensor x) {
        Tensor a = Tensor.of((Object) new double[][] {{3, 1}, {1, 2}}, x.dtype());
        Tensor b = Tensor.of((Object) new double[] {1, -1}, x.dtype());
        return x.dot(a.matmul(x)).mul(0.5).sub(b.dot(x));
    }

    private static Tensor rosenbrock(Tensor x) {
        Tensor x0 = x.at(0);
        return x.at(1).sub(x0.pow(2)).pow(2).mul(100).add(x0.rsub(1).pow(2));
    }

    private static void assertClose(double found, double wanted, boolean single, String what) {
        double allowed = single ? 2e-6 + 1e-4 * Math.abs(wanted) : 1e-11 + 1e-9 * Math.abs(wanted);
        boolean same = Double.compare(found, wanted) == 0 || Math.abs(found - wanted) <= allowed;
        assertThat(same).as("%s: %s, not %s", what, found, wanted).isTrue();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void stepsAreTorchs(Case c) {
        boolean single = c.values.get("dtype").equals("float32");
        Tensor x = Tensor.of((Object) Json.doubles(c.values.get("x0")), single ? DType.F32 : DType.F64)
                .requiresGrad(true);
        var sgd = new SGD(List.of(x), c.hyper("lr"))
                .momentum(c.hyper("momentum"))
                .dampening(c.hyper("dampening"))
                .weightDecay(c.hyper("weight_decay"));
        sgd = c.flag("nesterov") ? sgd.nesterov() : sgd;
        sgd = c.flag("maximize") ? sgd.maximize() : sgd;
        int step = 0;
        for (Object wanted : (List<?>) c.values.get("steps")) {
            sgd.zeroGrad();
            Tensor loss = c.values.get("problem").equals("quadratic") ? quadratic(x) : rosenbrock(x);
            loss.backward();
            sgd.step();
            Map<?, ?> w = (Map<?, ?>) wanted;
            String what = "step " + step++;
            assertClose(loss.item(), number(w.get("loss")), single, what + " loss");
            double[] values = Json.doubles(w.get("x"));
            for (int i = 0; i < values.length; i++) {
                assertClose(x.toDoubles()[i], values[i], single, what + " x" + i);
            }
        }
        assertThat(x.isLeaf() && x.requiresGrad()).isTrue();
    }

    @Test
    void groupsHaveTheirOwnMomentum() {
        Case c = all().filter(k -> !k.values.containsKey("x0")).findFirst().orElseThrow();
        Tensor w = Tensor.of((Object) new double[] {1, -2}, DType.F64).requiresGrad(true);
        Tensor b = Tensor.of((Object) new double[] {0.5}, DType.F64).requiresGrad(true);
        var sgd = new SGD(
                1, new ParameterGroup(w).lr(0.1), new ParameterGroup(b).lr(0.01).set(Setting.MOMENTUM, 0.9));
        for (Object wanted : (List<?>) c.values.get("steps")) {
            sgd.zeroGrad();
            Tensor loss = w.sum().add(b).sub(3.0).pow(2).sum().add(w.pow(2).sum());
            loss.backward();
            sgd.step();
            Map<?, ?> step = (Map<?, ?>) wanted;
            assertClose(loss.item(), number(step.get("loss")), false, "loss");
            assertClose(w.toDoubles()[0], Json.doubles(step.get("w"))[0], false, "w");
            assertClose(w.toDoubles()[1], Json.doubles(step.get("w"))[1], false, "w");
            assertClose(b.item(), number(step.get("b")), false, "b");
        }
    }

    private static Tensor leaf(double... values) {
        return Tensor.of(values).requiresGrad(true);
    }

    @Test
    void groupsHaveTheirOwnRates() {
        Tensor a = leaf(1, 2);
        Tensor b = leaf(3);
        var first = new ParameterGroup(a);
        var second = new ParameterGroup(b).lr(1).weightDecay(0.5);
        var sgd = new SGD(0.1, first, second);
        a.sum().add(b.sum()).backward();
        sgd.step();
        assertThat(a.toFloats()).containsExactly(0.9f, 1.9f);
        assertThat(b.toFloats()).containsExactly(0.5f);
        sgd.groups().get(1).lr(0).weightDecay(0);
        first.lr(0.2);
        sgd.step();
        assertThat(a.toFloats()[0]).isEqualTo(0.7f);
        assertThat(b.toFloats()).containsExactly(0.5f);
    }

    @Test
    void whatHasNoGradientStays() {
        Tensor used = leaf(1);
        Tensor unused = leaf(1);
        Tensor frozen = leaf(1);
        var sgd = new SGD(List.of(used, unused, frozen), 1).momentum(0.9).weightDecay(0.1);
        used.mul(frozen).sum().backward();
        frozen.requiresGrad(false);
        sgd.step();
        assertThat(used.item()).isNotEqualTo(1);
        assertThat(unused.item()).isEqualTo(1);
        assertThat(frozen.item()).isEqualTo(1);
        assertThat(unused.version()).isZero();
        sgd.zeroGrad();
        assertThat(used.grad()).isNull();
        double before = used.item();
        sgd.step();
        assertThat(used.item()).isEqualTo(before);
    }

    @Test
    void stepsAreNotRecordedAndLeaveTheGradient() {
        Tensor x = leaf(1, 2);
        x.pow(3).sum().backward(GraphOption.CREATE_GRAPH);
        double[] g = x.grad().toDoubles();
        new SGD(List.of(x), 0.1).momentum(0.5).step();
        assertThat(x.isLeaf()).isTrue();
        assertThat(x.gradFn()).isNull();
        assertThat(x.grad().toDoubles()).containsExactly(g);
        assertThat(Autograd.isGradEnabled()).isTrue();
        Tensor stridden = Tensor.ones(2, 3).t().detach().requiresGrad(true);
        stridden.mul(2.0).sum().backward();
        new SGD(List.of(stridden), 0.5).step();
        assertThat(stridden.toDoubles()).containsOnly(0);
    }

    @Test
    void momentumIsForEachParameter() {
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(leaf(i));
        }
        var sgd = new SGD(all, 0.1).momentum(0.9);
        for (int step = 0; step < 2; step++) {
            sgd.zeroGrad();
            for (int i = 0; i < 3; i++) {
                all.get(i).mul((double) i).sum().backward();
            }
            sgd.step();
        }
        for (int i = 0; i < 3; i++) {
            assertThat(all.get(i).item()).isCloseTo(i - 0.1 * i - 0.19 * i, org.assertj.core.data.Offset.offset(1e-6));
        }
    }

    @Test
    void misuse() {
        Tensor x = leaf(1);
        Tensor y = x.mul(2.0);
        for (ThrowingCallable c : new ThrowingCallable[] {
            () -> new SGD(List.<Tensor>of(), 0.1),
            () -> new SGD(0.1),
            () -> new SGD(List.of(x, x), 0.1),
            () -> new SGD(0.1, new ParameterGroup(x), new ParameterGroup(leaf(1), x)),
            () -> new SGD(List.of(y), 0.1)
        }) {
            assertThatThrownBy(c).isInstanceOf(GraphException.class);
        }
        x.grad(Tensor.ones(1));
        for (ThrowingCallable c : new ThrowingCallable[] {
            () -> new SGD(List.of(x), -0.1),
            () -> new SGD(List.of(x), Double.NaN),
            () -> new SGD(List.of(x), 0.1).groups().getFirst().lr(-1),
            () -> new SGD(List.of(x), 0.1).momentum(-1),
            () -> new SGD(List.of(x), 0.1).weightDecay(-1),
            () -> new SGD(List.of(x), 0.1).nesterov().step(),
            () -> new SGD(List.of(x), 0.1)
                    .momentum(0.9)
                    .dampening(0.5)
                    .nesterov()
                    .step()
        }) {
            assertThatThrownBy(c).isInstanceOf(ValueException.class);
        }
        assertThat(x.item()).isEqualTo(1);
    }
}
