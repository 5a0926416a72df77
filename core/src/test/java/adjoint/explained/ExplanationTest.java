package adjoint.explained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.Autograd;
import adjoint.tensor.Tensor;
import adjoint.types.GraphException;
import org.junit.jupiter.api.Test;

/** What a user is told who asks why; in a package of the user's own, whose lines are to be named. */
class ExplanationTest {
    private static Tensor leaf() {
        return Tensor.of(1.0, 2.0, 0.0).requiresGrad(true);
    }

    @Test
    void saysWhatItIs() {
        assertThat(Tensor.zeros(2, 3).t().explain())
                .contains("tensor of shape [3, 2], 6 elements")
                .contains("strided, strides [1, 3]")
                .contains("a view")
                .contains("nothing it was made of requires grad");
        assertThat(Tensor.zeros(1).expand(4).explain()).contains("several elements share one place");
        Tensor changed = Tensor.zeros(2).addInPlace(1);
        assertThat(changed.explain()).contains("changed in place 1 times, last by add");
    }

    @Test
    void saysWhereGradientsFlow() {
        Tensor x = leaf();
        Tensor y = x.mul(2).add(Tensor.ones(3)).sum();
        assertThat(y.explain())
                .contains("flows, through 3 operations to 1 leaf")
                .contains("leaf of shape [3], grad() null")
                .contains("SumBackward0 of shape [] from AddBackward0 [3]")
                .contains("AddBackward0 of shape [3] from MulBackward0 [3], a value without gradient")
                .contains("call retainGrad()");
        assertThat(x.explain()).contains("a leaf that requires grad; grad() is null");
        y.backward();
        assertThat(x.explain()).contains("filled by backward");
    }

    @Test
    void saysWhereGradientsStop() {
        Tensor x = leaf();
        assertThat(x.mul(2).detach().add(1).explain()).contains("does not flow: it stops at detach() or data()");
        assertThat(Autograd.noGrad(() -> x.mul(2)).add(1).explain()).contains("stops at noGrad");
        assertThat(x.gt(0).explain()).contains("stops at an operation whose result is integers or truth values");
        assertThat(x.mul(x.detach()).explain())
                .contains("flows, through 1 operation")
                .contains("some of it stops at detach()");
        assertThat(Tensor.arange(3).explain()).contains("a int64 tensor has none");
    }

    @Test
    void anomalyModeNamesTheOperationAndTheLine() {
        Tensor x = leaf();
        try (var _ = Autograd.detectAnomaly()) {
            Tensor y = x.sqrt().sum();
            assertThatThrownBy(() -> y.backward())
                    .isInstanceOf(GraphException.class)
                    .hasMessageContaining("SqrtBackward0")
                    .hasMessageContaining("ExplanationTest.java:")
                    .hasMessageContaining("became Infinity");
            assertThat(x.grad()).isNull();
            assertThat(y.explain()).contains("ExplanationTest.java:");
        }
        x.sqrt().sum().backward();
        assertThat(x.grad().at(2).item()).isInfinite();
    }

    @Test
    void anomalyModeNamesTheLinesOfAConflict() {
        Tensor x = leaf();
        try (var _ = Autograd.detectAnomaly()) {
            Tensor y = x.mul(2);
            Tensor z = y.mul(y);
            y.addInPlace(1);
            assertThatThrownBy(() -> z.sum().backward())
                    .isInstanceOf(GraphException.class)
                    .hasMessageContaining("MulBackward0, made at ")
                    .hasMessageContaining("last changed by add at ");
            Tensor s = x.mul(x).sum();
            s.backward();
            assertThatThrownBy(() -> s.backward()).hasMessageContaining("ExplanationTest.java:");
        }
    }
}
