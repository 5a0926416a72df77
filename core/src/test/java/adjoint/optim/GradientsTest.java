package adjoint.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.tensor.GraphOption;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.ValueException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clipping. Its numbers are compared with PyTorch's in the reference cases. */
class GradientsTest {
    private static Tensor with(double... gradient) {
        Tensor p = Tensor.zeros(DType.F64, gradient.length).requiresGrad(true);
        p.grad(Tensor.of(gradient, DType.F64));
        return p;
    }

    @Test
    void normsOfAllTogether() {
        List<Tensor> parameters = List.of(with(3), Tensor.zeros(2).requiresGrad(true), with(0, 4));
        assertThat(Gradients.norm(parameters)).isEqualTo(5);
        assertThat(Gradients.norm(parameters, 1)).isEqualTo(7);
        assertThat(Gradients.norm(parameters, Double.POSITIVE_INFINITY)).isEqualTo(4);
        assertThat(Gradients.norm(List.of())).isZero();
        assertThat(Gradients.clipNorm(List.of(Tensor.zeros(1).requiresGrad(true)), 1))
                .isZero();
    }

    @Test
    void smallGradientsAreNotTouched() {
        Tensor p = with(0.5);
        int version = p.grad().version();
        assertThat(Gradients.clipNorm(List.of(p), 1)).isEqualTo(0.5);
        assertThat(p.grad().version()).isEqualTo(version);
    }

    @Test
    void refusalsChangeNothing() {
        Tensor p = with(3, Double.NaN);
        for (double limit : new double[] {-1, Double.NaN}) {
            assertThatThrownBy(() -> Gradients.clipNorm(List.of(p), limit)).isInstanceOf(ValueException.class);
            assertThatThrownBy(() -> Gradients.clipValue(List.of(p), limit)).isInstanceOf(ValueException.class);
        }
        assertThatThrownBy(() -> Gradients.clipNorm(List.of(p), 1, 2, Gradients.NonFinite.REFUSE))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("norm is NaN");
        assertThat(p.grad().toDoubles()).containsExactly(3, Double.NaN);
        Gradients.clipValue(List.of(p), 1);
        assertThat(p.grad().toDoubles()).containsExactly(1, Double.NaN);
    }

    @Test
    void isNotRecorded() {
        Tensor p = Tensor.ones(DType.F64, 2).requiresGrad(true);
        p.pow(3).sum().backward(GraphOption.CREATE_GRAPH);
        Gradients.clipNorm(List.of(p), 1);
        Gradients.clipValue(List.of(p), 0.5);
        assertThat(p.grad().toDoubles()).containsExactly(0.5, 0.5);
        assertThat(p.isLeaf()).isTrue();
    }
}
