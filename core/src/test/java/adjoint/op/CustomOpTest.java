package adjoint.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.autograd.GradCheck;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.Shape;
import adjoint.types.ShapeException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** An operation of a user's: a product, in reverse order, so that layouts would show. */
class CustomOpTest {
    record Reversed(Shape to) implements CustomOp {
        @Override
        public String opName() {
            return "reversed_product";
        }

        @Override
        public Numbers compute(Numbers... in) {
            double[] a = in[0].values();
            double[] b = in[1].values();
            double[] y = new double[a.length];
            Arrays.setAll(y, i -> a[a.length - 1 - i] * b[a.length - 1 - i]);
            return new Numbers(to, in[0].dtype(), y);
        }

        @Override
        public long keeps(long needs) {
            return 3;
        }

        @Override
        public Tensor gradient(int i, Tensor g, Saved saved) {
            Tensor other = saved.input(1 - i);
            Tensor ones = Tensor.onesLike(g);
            return Engine.run(new Reversed(to), g, ones).mul(other);
        }

        @Override
        public Tensor batch(long size, boolean[] batched, Tensor... in) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void isDifferentiatedLikeAnyOther() {
        var op = new Reversed(Shape.of(2, 3));
        Tensor x = Tensor.arange(DType.F64, 1, 7, 1).reshape(3, 2).t();
        Tensor y = Tensor.arange(DType.F64, 2, 8, 1).reshape(2, 3);
        Tensor out = Engine.run(op, x.clone().requiresGrad(true), y);
        assertThat(out.toDoubles()).containsExactly(42, 24, 10, 20, 9, 2);
        assertThat(out.gradFn()).isEqualTo("ReversedProductBackward0");
        GradCheck.checkSecond(in -> Engine.run(op, in.get(0), in.get(1)), x, y);
        Tensor single = Engine.run(op, x.to(DType.F32), y.to(DType.F32));
        assertThat(single.dtype()).isEqualTo(DType.F32);
        assertThat(single.toDoubles()).containsExactly(out.toDoubles());
    }

    @Test
    void wrongCountIsSaid() {
        Tensor x = Tensor.ones(2);
        assertThatThrownBy(() -> Engine.run(new Reversed(Shape.of(3)), x, x))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("reversed_product: it computed 2 numbers for shape [3]");
    }
}
