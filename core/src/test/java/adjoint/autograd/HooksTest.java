package adjoint.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.tensor.GraphOption;
import adjoint.tensor.HookHandle;
import adjoint.tensor.Tensor;
import adjoint.types.GraphException;
import adjoint.types.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions that see gradients on their way, and backward passes from several outputs or into a few inputs. */
class HooksTest {
    @Test
    void seesAndChangesTheGradientInside() {
        Tensor x = Tensor.ones(2).requiresGrad(true);
        Tensor y = x.mul(2.0);
        List<Tensor> seen = new ArrayList<>();
        try (HookHandle handle = y.registerHook(g -> {
            seen.add(g);
            return g.mul(10.0);
        })) {
            assertThat(handle).isNotNull();
            y.mul(y).sum().backward(GraphOption.RETAIN_GRAPH);
        }
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().toDoubles()).containsExactly(4, 4);
        assertThat(x.grad().toDoubles()).containsExactly(80, 80);
        x.grad(null);
        y.mul(y).sum().backward();
        assertThat(x.grad().toDoubles()).containsExactly(8, 8);
    }

    @Test
    void seesTheWholeGradientOfALeafOnce() {
        Tensor x = Tensor.of(1.0, -2.0).requiresGrad(true);
        int[] calls = {0};
        x.registerHook(g -> {
            calls[0]++;
            return g.clampMin(0.0);
        });
        x.mul(x).add(x).add(x).sum().backward();
        assertThat(calls[0]).isEqualTo(1);
        assertThat(x.grad().toDoubles()).containsExactly(4, 0);
        assertThat(Autograd.grad(x.mul(-1.0).sum(), x).toDoubles()).containsExactly(0, 0);
    }

    @Test
    void severalInTheirOrderAndKeptGradientsAfterThem() {
        Tensor x = Tensor.ones(1).requiresGrad(true);
        Tensor y = x.mul(1.0).retainGrad();
        y.registerHook(g -> g.add(1.0));
        y.registerHook(g -> g.mul(3.0));
        y.registerHook(_ -> null);
        y.sum().backward();
        assertThat(y.grad().item()).isEqualTo(6);
        assertThat(x.grad().item()).isEqualTo(6);
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> Tensor.ones(1).registerHook(g -> g)).isInstanceOf(GraphException.class);
        Tensor x = Tensor.ones(2).requiresGrad(true);
        Tensor y = Tensor.ones(2).requiresGrad(true);
        x.registerHook(_ -> Tensor.ones(3));
        assertThatThrownBy(() -> y.mul(x).sum().backward()).isInstanceOf(ShapeException.class);
        assertThat(x.grad()).isNull();
        assertThat(y.grad()).isNull();
    }

    @Test
    void severalOutputs() {
        Tensor x = Tensor.of(1.0, 2.0).requiresGrad(true);
        Tensor a = x.mul(3.0);
        Tensor b = x.mul(x).sum();
        Autograd.backward(List.of(a, b), Arrays.asList(Tensor.of(1.0, 10.0), null));
        assertThat(x.grad().toDoubles()).containsExactly(5, 34);
        assertThatThrownBy(() -> Autograd.backward(List.of(a), List.of())).isInstanceOf(GraphException.class);
    }

    @Test
    void intoSomeInputsAlone() {
        Tensor x = Tensor.ones(1).requiresGrad(true);
        Tensor w = Tensor.full(3.0, 1).requiresGrad(true);
        Tensor y = x.mul(w);
        Autograd.backward(List.of(y.mul(y)), null, List.of(w), GraphOption.RETAIN_GRAPH);
        assertThat(w.grad().item()).isEqualTo(6);
        assertThat(x.grad()).isNull();
        Autograd.backward(List.of(y.mul(y)), null, List.of(w, y));
        assertThat(w.grad().item()).isEqualTo(12);
        assertThat(y.grad().item()).isEqualTo(6);
    }
}
