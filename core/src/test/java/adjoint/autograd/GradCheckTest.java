package adjoint.autograd;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.op.CustomOp;
import adjoint.tensor.Engine;
import adjoint.tensor.Tensor;
import adjoint.types.DType;
import adjoint.types.GraphException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The check itself: it must see a rule that is wrong in each of the ways a rule can be. */
class GradCheckTest {
    /** x², with a factor in each rule that should be 1. */
    private record Square(double backward, double forward, double batched) implements CustomOp {
        @Override
        public String opName() {
            return "square";
        }

        @Override
        public Numbers compute(Numbers... in) {
            double[] y = in[0].values().clone();
            Arrays.setAll(y, i -> y[i] * y[i]);
            return new Numbers(in[0].shape(), in[0].dtype(), y);
        }

        @Override
        public long keeps(long needs) {
            return 1;
        }

        @Override
        public Tensor gradient(int i, Tensor g, Saved saved) {
            return g.mul(saved.input(0)).mul(2 * backward);
        }

        @Override
        public Tensor tangent(Tensor[] tangents, Saved values) {
            return tangents[0].mul(values.input(0)).mul(2 * forward);
        }

        @Override
        public Tensor batch(long size, boolean[] batched, Tensor... in) {
            return Engine.run(this, in).mul(batched());
        }
    }

    private static void check(Square op) {
        Function<List<Tensor>, Tensor> f = in -> Engine.run(op, in.getFirst());
        GradCheck.checkAll(f, Tensor.of(0.5, -1.5, 2.0).to(DType.F64));
    }

    @Test
    void acceptsRightRules() {
        assertThatCode(() -> check(new Square(1, 1, 1))).doesNotThrowAnyException();
    }

    @Test
    void seesEachWrongRule() {
        assertThatThrownBy(() -> check(new Square(1.001, 1.001, 1)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("differences give");
        assertThatThrownBy(() -> check(new Square(1, 1.001, 1)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("forward mode gives");
        assertThatThrownBy(() -> check(new Square(1, 1, 1.001)))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("a loop gives");
    }
}
